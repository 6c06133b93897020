"""What every story starts from: a house on a real database, a small bureau in it, and phones that write to it."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import app
from domain.ports import House
from settings import Settings
from tests.bureau import Bureau, found
from tests.phones import Phone
from tests.services_here import database_urls

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
    }
    return Settings(**(given | {"wechat": account, "miniprogram": account | {"appid": "wxfedcba0987654321"}} | more))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=["sqlite", "postgresql"])
def both_urls(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database, once on SQLite and once on a real PostgreSQL."""
    with database_urls(request.param, tmp_path) as url:
        yield url


@pytest.fixture
def house(clock: Clock, tmp_path: Path) -> Iterator[House]:
    built = app.build(settings_for(f"sqlite:///{tmp_path}/liangnuo.db"), clock.now)
    app.migrate(built)
    yield built
    built.database.close()  # type: ignore[attr-defined]


@pytest.fixture
def bureau(house: House, clock: Clock) -> Bureau:
    """A small bureau with three windows; see tests/bureau.py."""
    return found(house, clock.now())


@pytest.fixture
def application(house: House) -> Any:
    return app.create_app(house)


@pytest.fixture
def phone(application: Any, bureau: Bureau, clock: Clock) -> Callable[..., Phone]:
    """`phone("wang")` is a citizen's phone that writes in safe mode."""

    def take(name: str = "wang", **how: Any) -> Phone:
        return Phone(application, name, clock.now, AES_KEY, **how)

    return take
