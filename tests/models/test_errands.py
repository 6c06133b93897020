"""Statements that wait in line are run in order, before anything that could see them missing, and never after a rollback."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

import app
from domain.ports import House
from models import editions, inbox
from models.inbox import Received
from operations.schema import migrate
from tests.conftest import MONDAY, settings_for

ROW = {"mark": b"m" * 16, "at": MONDAY, "answer": "T好"}


@pytest.fixture
def there(both_urls: str) -> Iterator[House]:
    house = app.build(settings_for(both_urls), lambda: MONDAY)
    migrate(house)
    yield house
    house.database.close()  # type: ignore[attr-defined]


def keep_and_fail(db: Session) -> None:
    inbox.keep(db, [ROW | {"mark": b"n" * 16}])
    raise RuntimeError


def count(house: House) -> int:
    with house.database.reading() as db:
        return int(db.scalar(select(func.count()).select_from(Received)) or 0)


def test_what_was_put_in_line_is_seen_by_the_next_statement(there: House) -> None:
    with there.database.transaction() as db:
        inbox.keep(db, [ROW])
        assert db.scalar(select(Received.answer)) == "T好"


def test_what_is_still_in_line_is_written_by_the_commit(there: House) -> None:
    with there.database.transaction() as db:
        inbox.keep(db, [ROW])
    assert count(there) == 1


def test_a_rollback_forgets_the_line(there: House) -> None:
    with pytest.raises(RuntimeError), there.database.transaction() as db:
        keep_and_fail(db)
    with there.database.transaction() as db:
        editions.current(db)
    assert count(there) == 0


def test_a_savepoint_takes_back_only_its_own(there: House) -> None:
    with there.database.transaction() as db:
        inbox.keep(db, [ROW])
        with pytest.raises(RuntimeError), db.begin_nested():
            keep_and_fail(db)
    assert count(there) == 1


def test_a_twin_fails_the_whole_transaction(there: House) -> None:
    with there.database.transaction() as db:
        inbox.keep(db, [ROW])
    with pytest.raises(IntegrityError), there.database.transaction() as db:
        inbox.keep(db, [ROW | {"at": MONDAY + timedelta(seconds=1)}])
    assert count(there) == 1


def test_announced_rows_are_found_among_those_asked_for(there: House) -> None:
    with there.database.transaction() as db:
        inbox.keep(db, [ROW, ROW | {"mark": b"n" * 16}])
    with there.database.transaction() as db:
        inbox._FIND.announce(db, [b"m" * 16, b"n" * 16])
        assert inbox.answered(db, [b"m" * 16]) == {b"m" * 16: (MONDAY, "T好")}


def test_the_edition_seen_is_the_one_grown_here(there: House) -> None:
    with there.database.transaction() as db:
        before = editions.current(db)
        editions.grow(db)
        assert editions.current(db) == before + 1
