"""Two clocks on one database over sixty due times, one of them killed thirty times: each due time once, none missing (R06)."""

import random
import time
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from gateways import clock
from models.letters import Letter
from models.slots import Slot
from tests.conftest import Clock
from tests.faults import pushing
from tests.faults.test_pushes import house_at
from tests.gateways.moody import moody
from tests.services_here import postgres

pytestmark = pytest.mark.faults
SLOTS, KILLS = 60, 30
_CLOCK = """
import app, settings
from datetime import UTC, datetime, timedelta
from scheduler import clock
from scheduler.duty import who_we_are
from services import duty, letters
house = app.build(settings.load())

def between(since, until):
    at, found = since.replace(microsecond=0) + timedelta(seconds=1), []
    while at <= until:
        found.append(at)
        at += timedelta(seconds=1)
    return found

TIMES = duty.Times("second", between, timedelta(seconds=1))

def tick(house):
    with house.database.reading() as db:
        due = duty.due(db, TIMES, house.now())
    for at in due:
        with house.database.transaction() as db:
            if duty.take(db, TIMES, at, who_we_are(), house.now()):
                letters.write(db, letters.Draft(f"slot:{at.isoformat()}", "pledge_submit", {}), house.now())

clock.run(house, (("tick", tick, 0.2),))
"""


def test_thirty_kills_double_nothing_and_miss_nothing(tmp_path: Path) -> None:
    url, chance = postgres().create(), random.Random(2010)
    with moody() as server:
        house = house_at(url, server, Clock(clock.now()), tmp_path)
        clocks = [pushing.process(_CLOCK, url, server, tmp_path) for _ in range(2)]
        try:
            wait_for_slots(house, 3)
            for _ in range(KILLS):
                time.sleep(2)
                at = chance.randrange(2)
                clocks[at].kill()
                clocks[at].wait()
                clocks[at] = pushing.process(_CLOCK, url, server, tmp_path)
            wait_for_slots(house, SLOTS)
        finally:
            for one in clocks:
                one.kill()
                one.wait()
    with house.database.reading() as db:
        slots = list(db.scalars(select(Slot).order_by(Slot.due_at)))
        letters = list(db.scalars(select(Letter.once).where(Letter.once.startswith("slot:"))))
    gaps = [later.due_at - earlier.due_at for earlier, later in zip(slots, slots[1:], strict=False)]
    late = sorted((slot.done_at - slot.due_at).total_seconds() for slot in slots)
    print(f"slots {len(slots)}, latest {late[-1]:.1f} s, median {late[len(late) // 2]:.1f} s")
    assert len(slots) >= SLOTS
    assert set(gaps) == {timedelta(seconds=1)}
    assert sorted(letters) == sorted(f"slot:{slot.due_at.isoformat()}" for slot in slots)
    house.database.close()  # type: ignore[attr-defined]


def test_a_standby_carries_on_within_five_seconds(tmp_path: Path) -> None:
    url = postgres().create()
    with moody() as server:
        house = house_at(url, server, Clock(clock.now()), tmp_path)
        clocks = [pushing.process(_CLOCK, url, server, tmp_path) for _ in range(2)]
        try:
            wait_for_slots(house, 3)
            time.sleep(3)  # until the other stands by
            with house.database.reading() as db:
                holder = db.scalars(select(Slot).order_by(Slot.due_at.desc())).first()
            assert holder is not None
            on_duty = next(one for one in clocks if f"-{one.pid}-" in holder.done_by)
            killed_at = clock.now()
            on_duty.kill()
            on_duty.wait()
            time.sleep(6)
        finally:
            for one in clocks:
                one.kill()
                one.wait()
    with house.database.reading() as db:
        taken = db.scalars(select(Slot.done_at).where(Slot.done_by != holder.done_by, Slot.done_at > killed_at).order_by(Slot.done_at)).first()
    assert taken is not None
    print(f"taken over after {(taken - killed_at).total_seconds():.1f} s")
    assert taken - killed_at <= timedelta(seconds=5)
    house.database.close()  # type: ignore[attr-defined]


def wait_for_slots(house: object, many: int) -> None:
    """Until so many due times were carried out."""
    for _ in range(600):
        with house.database.reading() as db:  # type: ignore[attr-defined]
            if len(db.scalars(select(Slot.due_at)).all()) >= many:
                return
        time.sleep(0.2)
    raise AssertionError("the clocks did not tick")
