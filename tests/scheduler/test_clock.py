"""A clock keeps its duty while it asks for it again, and loses it when it can no longer ask."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from domain.ports import House
from scheduler.clock import Watch
from services import duty
from tests.bureau import Bureau
from tests.conftest import Clock

pytestmark = pytest.mark.usefixtures("bureau")


class Watched:
    """A database that notes, at the beginning of each transaction, whether the clock is on duty; or does not answer."""

    def __init__(self, database: Any) -> None:
        self._database, self.seen, self.silent = database, [], False
        self.watch: Watch | None = None

    @contextmanager
    def transaction(self) -> Iterator[Any]:
        assert self.watch is not None
        self.seen.append(self.watch.on_duty)
        if self.silent:
            raise OSError("no answer")
        with self._database.transaction() as db:
            yield db


@pytest.fixture
def watched(house: House) -> Watched:
    database = Watched(house.database)
    database.watch = Watch(replace(house, database=database))  # type: ignore[arg-type]
    return database


def test_it_is_on_duty_while_it_asks_for_another_term(watched: Watched, clock: Clock) -> None:
    assert watched.watch is not None
    for _ in range(3):
        watched.watch.beat()
        clock.pass_(seconds=1)
    assert watched.seen == [False, True, True]


def test_a_silent_database_ends_the_duty_with_its_term(watched: Watched, clock: Clock) -> None:
    assert watched.watch is not None
    watched.watch.beat()
    watched.silent = True
    clock.pass_(seconds=1)
    with pytest.raises(OSError, match="no answer"):
        watched.watch.beat()
    assert watched.watch.on_duty
    clock.pass_(seconds=duty.TERM / timedelta(seconds=1) - 1)
    assert not watched.watch.on_duty


def test_the_clock_on_duty_asks_once_a_second_and_a_standby_twice(watched: Watched, clock: Clock) -> None:
    assert watched.watch is not None
    watched.watch.beat()
    watched.silent = True
    clock.pass_(seconds=0.5)
    watched.watch.beat()  # not asked: it was a moment ago
    assert watched.watch.on_duty
    watched.watch.leave()
    with pytest.raises(OSError, match="no answer"):
        watched.watch.beat()


def test_a_clock_that_is_told_to_stop_takes_no_more(watched: Watched) -> None:
    assert watched.watch is not None
    watched.watch.beat()
    watched.watch.leave()
    assert not watched.watch.on_duty


def test_only_one_of_two_clocks_is_on_duty(house: House, bureau: Bureau) -> None:
    with house.database.transaction() as db:
        assert duty.on_duty(db, "another clock", house.now())
    watch = Watch(house)
    watch.beat()
    assert not watch.on_duty
