"""Two clocks on one database over sixty due times, one of them killed thirty times: each due time once, none missing, none late (R06)."""

import random
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from domain.ports import House
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
import app, os, settings
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

with house.database.transaction() as db:
    letters.write(db, letters.Draft(f"here:{os.getpid()}", "pledge_submit", {}), house.now())
clock.run(house, (("tick", tick, 0.2),))
"""


def test_thirty_kills_double_nothing_miss_nothing_and_are_taken_over_in_five_seconds(tmp_path: Path) -> None:
    """Every other kill comes whenever it comes, both may be down; the rest find a standby, and are measured by the rows it writes."""
    url, chance = postgres().create(), random.Random(2010)
    killed: list[tuple[datetime, int]] = []
    with moody() as server:
        house = house_at(url, server, Clock(clock.now()), tmp_path)
        clocks = [pushing.process(_CLOCK, url, server, tmp_path) for _ in range(2)]
        try:
            wait_for_slots(house, 3)
            for n in range(KILLS):
                killed += kill_one(house, clocks, lambda: pushing.process(_CLOCK, url, server, tmp_path), chance, watched=n % 2 == 1)
            wait_for_slots(house, SLOTS)
            spans = sorted(taken_over(house, *one) for one in killed)
        finally:
            for one in clocks:
                one.kill()
                one.wait()
    with house.database.reading() as db:
        slots = list(db.scalars(select(Slot).order_by(Slot.due_at)))
        letters = list(db.scalars(select(Letter.once).where(Letter.once.startswith("slot:"))))
    gaps = [later.due_at - earlier.due_at for earlier, later in zip(slots, slots[1:], strict=False)]
    assert len(slots) >= SLOTS
    assert set(gaps) == {timedelta(seconds=1)}
    assert sorted(letters) == sorted(f"slot:{slot.due_at.isoformat()}" for slot in slots)
    assert len(spans) == KILLS // 2
    assert spans[-1] <= timedelta(seconds=5)
    assert spans[-1] >= timedelta(seconds=2), "at least one of the killed was on duty"
    house.database.close()  # type: ignore[attr-defined]


def kill_one(house: House, clocks: list[Any], start: Callable[[], Any], chance: random.Random, *, watched: bool) -> list[tuple[datetime, int]]:
    """Kill one of them and start it again. When it is `watched`, both stood before and a due time was carried out after: (when, which)."""
    if watched:
        wait_until(lambda: all(stands(house, one.pid) for one in clocks))
    time.sleep(chance.uniform(0.1, 0.9))
    at = chance.randrange(2)
    moment, pid = clock.now(), clocks[at].pid
    clocks[at].kill()
    clocks[at].wait()
    clocks[at] = start()
    if not watched:
        return []
    wait_until(lambda: taken_over(house, moment, pid) is not None)
    return [(moment, pid)]


def stands(house: House, pid: int) -> bool:
    """Whether this clock has come up, on duty or not."""
    with house.database.reading() as db:
        return db.scalar(select(Letter.id).where(Letter.once == f"here:{pid}")) is not None


def taken_over(house: House, killed_at: datetime, pid: int) -> timedelta | None:
    """From the kill to the first due time that another clock carried out."""
    others = select(Slot.done_at).where(Slot.done_at > killed_at, Slot.done_by.not_like(f"%-{pid}-%"))
    with house.database.reading() as db:
        found = db.scalar(others.order_by(Slot.done_at).limit(1))
    return found - killed_at if found else None


def wait_for_slots(house: House, many: int) -> None:
    """Until so many due times were carried out."""

    def there() -> bool:
        with house.database.reading() as db:
            return len(db.scalars(select(Slot.due_at)).all()) >= many

    wait_until(there)


def wait_until(there: Callable[[], bool]) -> None:
    for _ in range(1_200):
        if there():
            return
        time.sleep(0.1)
    raise AssertionError("the clocks did not tick")
