"""The disk is full for a while: who writes is told to come again, who reads is served, and it mends itself when there is room (R15)."""

import resource
import threading
import time
from pathlib import Path

import pytest

from services import figures, steps
from tests.faults.town import Citizen, Town, ask, town

pytestmark = pytest.mark.faults
_FULL = 4096
"""Bytes beyond which no file may be written: the database, its log and the log of records are all larger."""


def test_a_full_disk_loses_nothing_and_mends_itself(tmp_path: Path) -> None:
    with town(f"sqlite:///{tmp_path / 'full.db'}", "", tmp_path / "serve.log", workers=1) as here:
        citizens = [Citizen(here, f"c{n}", tries=400) for n in range(4)]
        done = threading.Event()
        threads = [threading.Thread(target=citizen.write, args=(10_000, done)) for citizen in citizens]
        for thread in threads:
            thread.start()
        time.sleep(1.5)
        _let_grow(here, _FULL)
        time.sleep(0.5)
        before = _acknowledged(citizens)
        time.sleep(2)
        assert _acknowledged(citizens) == before > 0, "what cannot be written is not called noted"
        assert ask(here.base, "GET", f"/p/{here.bureau.codes[3]}")[0] == 200
        assert ask(here.base, "GET", "/board")[0] == 200
        assert ask(here.base, "GET", "/healthz")[0] == 200
        _let_grow(here, resource.RLIM_INFINITY)
        time.sleep(2)
        done.set()
        for thread in threads:
            thread.join(30)
        print(f"acknowledged {before} before, {_acknowledged(citizens)} in all")
        assert _acknowledged(citizens) > before, "there is room again, and nobody had to lend a hand"
        assert [strange for citizen in citizens for strange in citizen.strange] == []
        _check(here, _acknowledged(citizens))


def _let_grow(here: Town, most: int) -> None:
    for process in (here.process.pid, *here.workers()):
        resource.prlimit(process, resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))


def _acknowledged(citizens: list[Citizen]) -> int:
    return sum(len(citizen.acknowledged) for citizen in citizens)


def _check(here: Town, acknowledged: int) -> None:
    """Each acknowledged rating stands once with all that belongs to it."""
    (rows,) = here.sql("SELECT count(*), count(DISTINCT event) FROM ratings")
    assert rows[0] == rows[1] == acknowledged
    assert here.sql("PRAGMA integrity_check") == [("ok",)]
    with here.house.database.reading() as db:
        assert figures.differences(db, here.house.now()) == 0
        assert steps.verify(db, here.house.pseudonyms.steps_key).sound
