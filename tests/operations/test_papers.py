"""The pages of docs/ that list things say what the code says."""

import re
from pathlib import Path

import pytest

from operations.papers import PAPERS
from settings import Settings

DOCS = Path(__file__).parent.parent.parent / "docs"


@pytest.mark.parametrize("name", PAPERS)
def test_the_page_is_what_the_code_says(name: str) -> None:
    assert (DOCS / name).read_text(encoding="utf-8") == PAPERS[name](), "run `make papers`"


SECRETS = {"secret", "token", "encoding_aes_key", "previous_encoding_aes_key", "secret_key"}
ROW = re.compile(r"^\| `(\S+)` \| `(\S+)` \| `[^`]*` \| (.+) \|$", re.MULTILINE)


def settable() -> set[str]:
    """The path of everything that can be set, secrets apart."""
    found = set()
    for name, field in Settings.model_fields.items():
        inner = getattr(field.annotation, "model_fields", None) or getattr(field.annotation, "__dataclass_fields__", None) or {"": None}
        found |= {f"{name}.{key}" if key else name for key in inner}
    return {path for path in found if path.split(".")[-1] not in SECRETS}


def test_every_setting_has_its_line_and_its_sentence() -> None:
    told = {path: (variable, sentence) for path, variable, sentence in ROW.findall(PAPERS["settings.md"]())}
    assert set(told) == settable()
    assert [path for path, (variable, _) in told.items() if variable != f"LIANGNUO_{path.upper().replace('.', '__')}"] == []
    assert [path for path, (_, sentence) in told.items() if len(re.findall("[一-鿿]", sentence)) < 3] == []
    assert [name for name in SECRETS if name.upper() not in PAPERS["settings.md"]()] == []


def test_what_can_be_set_is_read_somewhere_or_said_to_be_spare() -> None:
    told = {path: sentence for path, _, sentence in ROW.findall(PAPERS["settings.md"]())}
    rooms = ("app.py", "front.py", "manage.py", "bot", "miniapp_api", "web", "scheduler", "services", "models", "gateways", "domain", "operations")
    files = [file for room in rooms for file in ([DOCS.parent / room] if room.endswith(".py") else (DOCS.parent / room).rglob("*.py"))]
    source = "\n".join(file.read_text(encoding="utf-8") for file in files)
    unread = {path for path in told if not re.search(rf"\.{path.split('.')[-1]}\b", source)}
    assert {path for path in unread if "备用" not in told[path] and "登记" not in told[path]} == set()
    assert {path for path in told if "备用" in told[path]} <= unread
