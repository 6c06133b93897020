"""`manage.py doctor` says in words what is wrong and what to do; a healthy house gets a clean sheet."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

import app
from operations.examination import examine
from operations.schema import migrate
from settings import Settings, faults_of
from tests.bureau import Bureau
from tests.conftest import settings_for
from tests.gateways.moody import Moody, moody
from tests.services_here import free_port


@pytest.fixture
def server() -> Iterator[Moody]:
    with moody() as state:
        yield state


def with_server(server: Moody, url: str, **more: Any) -> Settings:
    plain = settings_for(url)
    return settings_for(url, **{name: getattr(plain, name).model_dump() | {"api_base": server.base} for name in ("wechat", "miniprogram")} | more)


def said(settings: Settings) -> dict[str, tuple[bool, str]]:
    return {name: (well, words) for name, well, words in examine(settings, faults_of(settings))}


def test_a_healthy_house_gets_a_clean_sheet(server: Moody, tmp_path: Path) -> None:
    settings = with_server(server, f"sqlite:///{tmp_path}/x.db")
    migrate(app.build(settings))
    assert all(well for well, _ in said(settings).values())


def test_a_schema_that_is_behind_is_named(server: Moody, tmp_path: Path) -> None:
    well, words = said(with_server(server, f"sqlite:///{tmp_path}/x.db"))["数据库"]
    assert not well
    assert "manage.py migrate" in words


def test_a_database_that_is_not_there_is_named(server: Moody) -> None:
    well, words = said(with_server(server, f"postgresql://nobody@127.0.0.1:{free_port()}/x"))["数据库"]
    assert not well
    assert "database.url" in words


def test_a_hand_in_the_record_is_named(server: Moody, bureau: Bureau) -> None:
    house = bureau.house
    with house.database.transaction() as db:
        db.execute(text("DROP TRIGGER IF EXISTS steps_no_update"))
        db.execute(text("UPDATE steps SET why = 'edited' WHERE no = 2"))
    well, words = said(with_server(server, house.settings.database.url))["办理记录与数据"]
    assert not well
    assert "第2步" in words


def test_a_redis_that_is_not_there_is_named(server: Moody, tmp_path: Path) -> None:
    settings = with_server(server, f"sqlite:///{tmp_path}/x.db", redis={"url": f"redis://127.0.0.1:{free_port()}/0"})
    well, words = said(settings)["存储"]
    assert not well
    assert "redis.url" in words


def test_a_clock_that_is_off_is_named(server: Moody, tmp_path: Path) -> None:
    server.ahead = 3600
    well, words = said(with_server(server, f"sqlite:///{tmp_path}/x.db"))["时钟"]
    assert not well
    assert "慢60分钟" in words


@pytest.mark.parametrize(
    ("answer", "word"),
    [
        ({"errcode": 40164, "errmsg": "invalid ip"}, "IP 白名单"),
        ({"errcode": 40125, "errmsg": "secret"}, "wechat.secret"),
        ({"errcode": 40013}, "wechat.appid"),
    ],
    ids=["whitelist", "secret", "appid"],
)
def test_what_wechat_refuses_is_said_in_words(server: Moody, tmp_path: Path, answer: dict[str, Any], word: str) -> None:
    settings = with_server(server, f"sqlite:///{tmp_path}/x.db")
    migrate(app.build(settings))
    server.token_mood = answer
    well, words = said(settings)["服务号"]
    assert not well
    assert word in words
