"""`manage.py menu` publishes the bot's menu, or says in words why not."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import app
from bot.menu import menu
from domain.ports import House
from operations import menus
from tests.conftest import settings_for
from tests.gateways.moody import Moody, moody

SITE = "https://zj.example.gov.cn"


@pytest.fixture
def server() -> Iterator[Moody]:
    with moody() as state:
        state.mood = {"errcode": 0, "errmsg": "ok"}
        yield state


@pytest.fixture
def house(server: Moody, tmp_path: Path) -> House:
    url = f"sqlite:///{tmp_path}/x.db"
    return app.build(settings_for(url, wechat=settings_for(url).wechat.model_dump() | {"api_base": server.base}, base_url=f"{SITE}/"))


def test_the_menu_is_published_as_it_is_drawn(house: House, server: Moody) -> None:
    assert "菜单已发布" in menus.publish(house)
    (body,) = server.bodies
    assert json.loads(body) == menu(SITE)
    assert "我要评价".encode() in body, "raw signs: escapes have been shown to people as they are"
    assert server.calls[0].startswith("/cgi-bin/menu/create?")


def test_the_menu_keeps_within_what_the_platform_takes() -> None:
    """Three entries of at most 4 signs, five below each of at most 8; no button without its deed (wechat-platform.md §7)."""
    entries: list[dict[str, Any]] = menu(SITE)["button"]
    assert len(entries) <= 3
    assert all(len(one["name"]) <= 4 and len(one.get("sub_button", [])) <= 5 for one in entries)
    buttons = [inner for one in entries for inner in one.get("sub_button", [one])]
    assert all(len(one["name"]) <= 8 and ("key" in one or one["url"].startswith(SITE)) for one in buttons)


@pytest.mark.parametrize(("answer", "word"), [({"errcode": 40164}, "IP 白名单"), ({"errcode": 65301}, "65301")], ids=["whitelist", "unknown"])
def test_a_refusal_is_said_in_words(house: House, server: Moody, answer: dict[str, int], word: str) -> None:
    server.mood = answer
    told = menus.publish(house)
    assert "没有发布成功" in told
    assert word in told


def test_nothing_is_published_without_a_yes(server: Moody) -> None:
    done = CliRunner().invoke(menus.command, input="n\n")
    assert "将覆盖" in done.output
    assert server.calls == []
