"""Statements that wait in line are run in order, before anything that could see them missing, and never after a rollback."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import timedelta

import psycopg
import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session

import app
from domain.ports import House
from models import conversations, editions, inbox
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


def keep_both(db: Session) -> None:
    inbox.keep(db, [ROW | {"mark": b"n" * 16}])
    inbox.keep(db, [ROW])


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


def test_what_goes_with_the_commit_and_fails_undoes_everything(there: House) -> None:
    with there.database.transaction() as db:
        inbox.keep(db, [ROW])
    with pytest.raises(IntegrityError), there.database.transaction() as db:
        keep_both(db)
    assert count(there) == 1


def test_a_text_with_nul_is_refused_and_not_cut_off(there: House) -> None:
    with there.database.transaction() as db:
        if db.get_bind().dialect.name == "postgresql":
            with pytest.raises(DBAPIError):
                conversations.open_for(db, ["\0"])


def cut_all(url: str) -> None:
    """End every other connection to this database, as a restart of PostgreSQL does."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")


def keep_all(db: Session, marks: Sequence[bytes]) -> list[int]:
    inbox.keep(db, [ROW | {"mark": mark} for mark in marks])
    return [len(mark) for mark in marks]


def test_a_deed_is_done_though_the_connection_was_cut(there: House, both_urls: str) -> None:
    there.database.together(keep_all, b"a" * 16)
    if both_urls.startswith("postgresql"):
        cut_all(both_urls)
    assert there.database.together(keep_all, b"b" * 16) == 16
    with pytest.raises(IntegrityError):
        there.database.together(keep_all, b"b" * 16)


def test_many_rows_travel_at_once(there: House) -> None:
    marks = [n.to_bytes(16, "big") for n in range(3000)]
    with there.database.transaction() as db:
        for mark in marks:
            inbox._ADD.later(db, [ROW | {"mark": mark, "answer": "T" + "好" * 600}])
    with there.database.reading() as db:
        assert len(inbox.answered(db, marks[:500])) == 500
    assert count(there) == 3000


def keep_and_ask(db: Session, marks: Sequence[bytes]) -> list[int]:
    """Prepared statements, the session's own, and a savepoint that is taken back, in one transaction that the line leads."""
    inbox.keep(db, [ROW | {"mark": mark} for mark in marks])
    seen = [int(db.scalar(select(func.count()).select_from(Received)) or 0) for _ in marks]
    with suppress(RuntimeError), db.begin_nested():
        keep_and_fail(db)
    db.add(Received(mark=b"o" * 16, at=MONDAY, answer="T好"))
    return seen


def keep_ask_and_fail(db: Session, marks: Sequence[bytes]) -> list[int]:
    keep_and_ask(db, marks)
    raise RuntimeError


def test_the_session_joins_a_transaction_that_the_line_leads(there: House) -> None:
    assert there.database.together(keep_and_ask, b"m" * 16) == 1
    assert count(there) == 2


@pytest.mark.parametrize("handle", [keep_ask_and_fail, lambda db, marks: keep_and_fail(db)])
def test_what_fails_together_leaves_nothing_and_holds_nobody_up(there: House, handle: Callable[[Session, Sequence[bytes]], list[int]]) -> None:
    with pytest.raises(RuntimeError):
        there.database.together(handle, b"m" * 16)
    with there.database.transaction() as db:
        inbox.keep(db, [ROW])
    assert there.database.together(keep_and_ask, b"p" * 16) == 2
    assert count(there) == 3


def test_a_deed_that_says_nothing_to_the_database_is_answered(there: House) -> None:
    assert there.database.together(lambda _db, marks: list(marks), b"m") == b"m"
    assert there.database.together(keep_and_ask, b"p" * 16) == 1
