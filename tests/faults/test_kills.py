"""A web process dies every half second; no rating that was answered is lost, none is there twice (R01)."""

import os
import random
import signal
import threading
import time
from pathlib import Path

import pytest

from domain.marks import Mark
from models import rectifications
from services import figures, steps
from tests.faults.town import Citizen, Town, town
from tests.services_here import postgres, redis_server

pytestmark = pytest.mark.faults
KILLS = 20


def test_twenty_kills_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    url = postgres().create()
    with town(url, redis_server().url, tmp_path / "serve.log", workers=3) as here:
        citizens = [Citizen(here, f"c{n}") for n in range(12)]
        done = threading.Event()
        threads = [threading.Thread(target=citizen.write, args=(10_000, done)) for citizen in citizens]
        for thread in threads:
            thread.start()
        killed = kill_now_and_then(here)
        done.set()
        for thread in threads:
            thread.join(60)
        acknowledged = [who for citizen in citizens for who in citizen.acknowledged]
        print(f"kills {killed}, acknowledged {len(acknowledged)}")
        assert [strange for citizen in citizens for strange in citizen.strange] == []
        assert killed == KILLS
        assert len(acknowledged) > 300
        check(here, len(acknowledged), len(citizens))


def kill_now_and_then(here: Town) -> int:
    chance, killed = random.Random(2010), 0
    for _ in range(KILLS * 4):
        time.sleep(0.5)
        workers = here.workers()
        if len(workers) >= 2:
            os.kill(chance.choice(workers), signal.SIGKILL)
            killed += 1
        if killed == KILLS:
            break
    return killed


def check(here: Town, acknowledged: int, in_flight: int) -> None:
    """Every citizen wrote as a new person: rows are people. Beyond the acknowledged only the last ones in flight may stand."""
    (rows,) = here.sql("SELECT count(*), count(DISTINCT event) FROM ratings")
    assert rows[0] == rows[1]
    assert acknowledged <= rows[0] <= acknowledged + in_flight
    assert here.sql("SELECT count(*) FROM inbox")[0][0] == rows[0]
    assert here.sql("SELECT count(*) FROM steps WHERE thing = 'rating'")[0][0] == rows[0]
    assert here.sql("SELECT count(*) FROM letters WHERE kind = 'rectification_open'") == here.sql("SELECT count(*) FROM rectifications")
    with here.house.database.reading() as db:
        assert figures.differences(db, here.house.now()) == 0
        assert steps.verify(db, here.house.pseudonyms.steps_key).sound
        assert rectifications.without_one(db, [mark for mark in Mark if mark.is_negative]) == []
