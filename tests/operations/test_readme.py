"""The READMEs and ARCHITECTURE.md name nothing that is not there: links, commands, settings, addresses, and words that the chat takes."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import manage
from bot import texts
from domain.ports import House
from operations import secret
from settings import Settings, load
from tests.bureau import Bureau
from tests.conftest import AES_KEY
from tests.frames import flask_of
from tests.operations.test_papers import SECRETS, settable
from tests.phones import Phone
from tests.web.walking import both

ROOT = Path(__file__).parent.parent.parent
PAGES = ("README.md", "README.zh-CN.md", "ARCHITECTURE.md", "miniprogram/README.md", "emulator/README.md", "docs/operations.md")
READMES = PAGES[:2]
Phones = Callable[..., Phone]


def text(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def code(page: str) -> list[str]:
    """What stands between backticks, and the lines of the blocks."""
    blocks = re.findall(r"```\n(.*?)```", text(page), re.DOTALL)
    return [*re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", text(page), flags=re.DOTALL)), *"".join(blocks).splitlines()]


@pytest.mark.parametrize("page", PAGES)
def test_every_link_and_picture_is_there(page: str) -> None:
    near = [*re.findall(r"\]\(([^)#:]+)\)", text(page)), *re.findall(r'src="([^":]+)"', text(page))]
    assert [one for one in near if not ((ROOT / page).parent / one).exists()] == []


@pytest.mark.parametrize("page", PAGES)
def test_every_command_is_one(page: str) -> None:
    targets = re.findall(r"^([a-z-]+):", text("Makefile"), re.MULTILINE)
    ours = [found[1] for one in code(page) if (found := re.match(r"(?:\.venv/bin/)?(?:python )?manage\.py (\w+)", one))]
    makes = [target for one in code(page) if (found := re.match(r"(?:\w+=\d+ )*make((?: [a-z-]+)+)", one)) for target in found[1].split()]
    assert [one for one in ours if one not in manage.COMMANDS] == []
    assert [one for one in makes if one not in targets] == []
    assert page not in READMES or (len(ours), len(makes)) >= (7, 3)


@pytest.mark.parametrize("page", READMES)
def test_every_setting_and_variable_is_one(page: str) -> None:
    words, settings = code(page), settable()
    sections = {name.partition(".")[0] for name in settings if "." in name}
    named = [one.partition(":")[0].strip() for one in words if one.partition(".")[0] in sections and "." in one]
    assert len(named) >= 4
    assert [one for one in named if one not in settings] == []
    known = {f"LIANGNUO_{path.upper().replace('.', '__')}" for path in settings}
    known |= {f"LIANGNUO_{account}__{name.upper()}" for account in ("WECHAT", "MINIPROGRAM") for name in SECRETS} | {"LIANGNUO_SECRET_KEY"}
    told = re.findall(r"LIANGNUO_[A-Z_]*[A-Z]", text(page))
    assert len(told) > 3
    assert [one for one in told if one not in known | {"LIANGNUO_MINIPROGRAM", "LIANGNUO_WECHAT"}] == []


@pytest.mark.parametrize("page", READMES)
def test_every_address_answers(house: House, bureau: Bureau, page: str) -> None:
    routes = [rule.rule.rstrip("/") or "/" for flask in both(flask_of(house)) for rule in flask.url_map.iter_rules()]
    routes += ["/wechat", "/wechat/mini"]
    named = [re.sub(r"^https://[^/]+", "", one).rstrip("/") for one in code(page) if re.match(r"(https://[^/]+)?/[a-z]", one)]
    assert len(named) >= 8
    assert [one for one in named if one not in routes and one.removeprefix("/console") not in routes] == []


def test_both_readmes_name_the_same() -> None:
    told = []
    for page in READMES:
        words = " ".join(code(page))
        told.append((set(re.findall(r"manage\.py (\w+)", words)) - {"campaign"}, set(re.findall(r"LIANGNUO_[A-Z_]+", words)), words.count("/wechat")))
    assert told[0] == told[1]


SAID = re.compile(r"“(评价[^”]+|三号[^”]+|进度[^”]+|我要评价|我)”")


@pytest.mark.parametrize("page", READMES)
def test_every_message_is_understood(phone: Phones, bureau: Bureau, page: str) -> None:
    said = SAID.findall(text(page))
    assert len(said) >= 4
    assert [one for n, one in enumerate(said) if phone(f"p{n}").say(one) in ("", texts.NOT_UNDERSTOOD)] == []


def test_what_the_readme_asks_for_is_enough_to_start() -> None:
    """Step 2, and nothing else."""
    key = CliRunner().invoke(secret.command).output.strip().split()[-1]
    asked: dict[str, Any] = {"bureau": "青禾县住房和城乡建设局", "base_url": "https://zj.example.gov.cn", "production": True, "secret_key": key}
    asked |= {"database": {"url": "postgresql://x/y"}, "redis": {"url": "redis://x"}, "serve": {"workers": 2}}
    secrets = {"secret": "0123456789abcdef" * 2, "token": "bureau-token", "encoding_aes_key": AES_KEY}
    assert isinstance(load(**asked, wechat=secrets | {"appid": "wx1"}), Settings)
    step = text("README.md").partition("2. **Settings**")[2].partition("3. **Look**")[0]
    assert [
        name for name in ("bureau", "base_url", "production", "database.url", "redis.url", "serve.workers", "wechat.appid") if name not in step
    ] == []
    assert [name for name in ("SECRET_KEY", "WECHAT__SECRET", "WECHAT__TOKEN", "WECHAT__ENCODING_AES_KEY") if name not in step] == []


def test_the_meters_of_the_page_for_operators_are_told() -> None:
    named = re.findall(r"`(liangnuo_\w+)`", text("docs/operations.md"))
    source = text("web/metrics.py")
    assert len(named) == 5
    assert [one for one in named if f'"{one.removesuffix("_total")}"' not in source] == []


def test_every_place_on_the_plan_of_the_house_is_there() -> None:
    named = [one.partition(":")[0].strip() for one in code("ARCHITECTURE.md") if re.match(r"[\w./]+(\.py|/)(:|$)", one)]
    rooms = re.findall(r"\b([a-z_]+)/(?=\s)", text("ARCHITECTURE.md").partition("```")[2].partition("```")[0])
    assert len(named) > 20
    assert [one for one in named if not (ROOT / one).exists() and not list(ROOT.glob(f"*/{one}"))] == []
    assert rooms
    assert [one for one in rooms if not (ROOT / one).exists()] == []
    assert len(text("ARCHITECTURE.md").splitlines()) <= 60, "one page"
