"""The pages of docs/ that list things say what the code says."""

from pathlib import Path

import pytest

from operations.papers import PAPERS
from settings import Settings

DOCS = Path(__file__).parent.parent.parent / "docs"


@pytest.mark.parametrize("name", PAPERS)
def test_the_page_is_what_the_code_says(name: str) -> None:
    assert (DOCS / name).read_text(encoding="utf-8") == PAPERS[name](), "run `make papers`"


def test_every_setting_has_a_line() -> None:
    page = PAPERS["settings.md"]()
    for name, field in Settings.model_fields.items():
        inner = getattr(field.annotation, "model_fields", None) or getattr(field.annotation, "__dataclass_fields__", None) or {"": None}
        for key in inner:
            path = f"{name}.{key}" if key else name
            assert f"`{path}`" in page or path.split(".")[-1].upper() in page, path
