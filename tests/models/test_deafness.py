"""A PostgreSQL that says nothing is not waited for: the connection is closed, and the next one is new (R14)."""

import time

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from domain.ports import House
from models import deafness
from models.database import Database, take_time
from tests.services_here import postgres


@pytest.fixture
def database(monkeypatch: pytest.MonkeyPatch) -> Database:
    monkeypatch.setattr(deafness.Listening, "patience", 0.3)
    return Database(postgres(durable=False).create(), lambda _db: None)


def test_whoever_asked_in_vain_hangs_up_and_the_next_gets_an_answer(database: Database) -> None:
    began = time.monotonic()
    with pytest.raises(OperationalError, match="does not answer"), database.reading() as db:
        db.execute(text("SELECT pg_sleep(3)"))
    assert time.monotonic() - began < 2
    with database.reading() as db:
        assert db.execute(text("SELECT 1")).scalar() == 1
    database.close()


def test_who_takes_his_time_is_waited_for(database: Database) -> None:
    with database.reading() as db:
        take_time(db)
        assert db.execute(text("SELECT 1 FROM pg_sleep(0.6)")).scalar() == 1
    database.close()


def test_sqlite_needs_no_patience(house: House) -> None:
    with house.database.reading() as db:
        take_time(db)
        assert db.execute(text("SELECT 1")).scalar() == 1
