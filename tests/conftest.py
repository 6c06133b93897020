"""What every story starts from: a house on a real database, a small bureau in it, and phones that write to it."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import gettempdir
from typing import Any

import pytest
import redis
from playwright.sync_api import Browser, sync_playwright

import app
from domain.ports import House
from operations.schema import migrate
from settings import Settings
from tests.bureau import Bureau, found
from tests.copies import Copies
from tests.frames import flask_of
from tests.phones import Phone
from tests.services_here import database_urls, postgres, redis_server

MONDAY = datetime(2026, 11, 16, 1, 30, tzinfo=UTC)
"""Half past nine in Shanghai on an ordinary Monday."""

AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"


class Clock:
    """A clock that tests set."""

    def __init__(self, now: datetime = MONDAY) -> None:
        self.time = now

    def now(self) -> datetime:
        return self.time

    def pass_(self, **span: float) -> None:
        self.time += timedelta(**span)


def settings_for(url: str, **more: Any) -> Settings:
    account = {
        "appid": "wx1234567890abcdef",
        "secret": "s" * 32,
        "token": "bureau-token",
        "encoding_aes_key": AES_KEY,
        "api_base": "http://127.0.0.1:9",
    }
    given: dict[str, Any] = {
        "secret_key": "k" * 40,
        "bureau": "青禾县住房和城乡建设局",
        "base_url": "http://127.0.0.1:8000",
        "database": {"url": url},
        "clock": {"pace": 0, "journal": f"{gettempdir()}/liangnuo-journal-{os.getpid()}"},
    }
    return Settings(**(given | {"wechat": account, "miniprogram": account | {"appid": "wxfedcba0987654321"}} | more))


class Founded:
    """A founded bureau as a template: a file on SQLite, a template database on PostgreSQL."""

    def __init__(self, kind: str, folder: Path) -> None:
        self.kind = kind
        self.source = f"sqlite:///{folder}/liangnuo.db" if kind == "sqlite" else postgres(durable=False).create()
        house = app.build(settings_for(self.source), lambda: MONDAY)
        migrate(house)
        self.bureau = found(house, MONDAY)
        house.database.close()  # type: ignore[attr-defined]
        self._copies = Copies(postgres(durable=False), self.source) if kind == "postgresql" else None

    @contextmanager
    def copy(self, folder: Path) -> Iterator[tuple[str, str]]:
        """(address of a copy, address of an empty Redis or “”)."""
        if self._copies is None:
            shutil.copy(self.source.removeprefix("sqlite:///"), folder / "liangnuo.db")
            yield f"sqlite:///{folder}/liangnuo.db", ""
            return
        url = self._copies.take()
        redis.Redis.from_url(redis_server().url).flushall()
        yield url, redis_server().url
        self._copies.give_back(url)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser a process: a second one beside it finds the first one's event loop and refuses to start."""
    with sync_playwright() as play:
        running = play.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"])
        yield running
        running.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=["sqlite", "postgresql"])
def both_urls(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database, once on SQLite and once on a real PostgreSQL."""
    with database_urls(request.param, tmp_path, durable=False) as url:
        yield url


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--on", choices=["sqlite", "postgresql"], default="sqlite", help="tell the stories on SQLite alone, or on PostgreSQL and Redis")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long ones first: when two processes share out the files, none is left alone with one at the end."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


@pytest.fixture(scope="session")
def founded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Founded:
    """The small bureau, written down once: each story starts from a copy of its own."""
    return Founded(request.config.getoption("--on"), tmp_path_factory.mktemp("founded"))


@pytest.fixture
def given() -> dict[str, Any]:
    """Settings that a room's stories need besides."""
    return {}


@pytest.fixture
def house(founded: Founded, clock: Clock, tmp_path: Path, given: dict[str, Any]) -> Iterator[House]:
    """A house on a copy of the founded bureau, on the database that `--on` names."""
    with founded.copy(tmp_path) as (url, store):
        own = {"redis": {"url": store}, "files": {"folder": str(tmp_path / "files")}}
        built = app.build(settings_for(url, **(own | given)), clock.now)
        yield built
        built.database.close()  # type: ignore[attr-defined]


@pytest.fixture
def bureau(house: House, founded: Founded) -> Bureau:
    """A small bureau with three windows; see tests/bureau.py."""
    return replace(founded.bureau, house=house)


@pytest.fixture
def application(house: House) -> Any:
    return app.create_app(house, flask_of(house))


@pytest.fixture
def phone(application: Any, bureau: Bureau, clock: Clock) -> Callable[..., Phone]:
    """`phone("wang")` is a citizen's phone that writes in safe mode."""

    def take(name: str = "wang", **how: Any) -> Phone:
        return Phone(application, name, clock.now, AES_KEY, **how)

    return take
