"""The sender dies ten times among 2,000 letters; WeChat answers in every mood; its day is used up: nobody missed, nobody told thrice."""

import random
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

import app
from domain.letters import LetterState
from domain.ports import House
from gateways import clock
from models import migrations
from models.letters import Letter
from scheduler.jobs.deliver import deliver
from services.letters import counts as letter_counts
from tests.conftest import Clock, settings_for
from tests.faults import pushing
from tests.gateways.moody import Moody, moody
from tests.gateways.test_wechat import ANSWERS
from tests.phones import wait_until
from tests.services_here import postgres

pytestmark = pytest.mark.faults
MEMBERS, KILLS, HANDS = 2_000, 10, 8
_SENDER = """
import time, app, settings
from scheduler.jobs.deliver import deliver
house = app.build(settings.load())
while True:
    deliver(house) or time.sleep(0.05)
"""


@pytest.fixture
def server() -> Iterator[Moody]:
    with moody() as state:
        state.mood = {"errcode": 0, "msgid": 7}
        yield state


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bureau of thousands on SQLite, written down once."""
    file = tmp_path_factory.mktemp("template") / "liangnuo.db"
    with moody() as nobody:
        house = house_at(f"sqlite:///{file}", nobody, Clock(), file.parent)
        pushing.phones(house, MEMBERS)
        house.database.close()  # type: ignore[attr-defined]
    return file


def copy_of(template: Path, server: Moody, clock: Clock, folder: Path, **more: Any) -> House:
    shutil.copy(template, folder / "liangnuo.db")
    return house_at(f"sqlite:///{folder}/liangnuo.db", server, clock, folder, **more)


def house_at(url: str, server: Moody, clock: Clock, folder: Path, **more: Any) -> House:
    given = {"wechat": pushing.account(server), "clock": {"pace": 0, "journal": str(folder), **more}}
    house = app.build(settings_for(url, **given), clock.now)
    migrations.climb(house.database.engine)  # type: ignore[attr-defined]
    return house


def letters(house: House) -> list[Letter]:
    with house.database.reading() as db:
        return list(db.scalars(select(Letter).where(Letter.kind == pushing.KIND).order_by(Letter.id)))


def open_letters(house: House) -> int:
    with house.database.reading() as db:
        return sum(n for state, n in letter_counts(db).items() if state in (LetterState.WAITING, LetterState.SENDING))


def test_ten_kills_miss_nobody_and_tell_nobody_thrice(server: Moody, tmp_path: Path) -> None:
    url, chance = postgres().create(), random.Random(2010)
    house = house_at(url, server, Clock(clock.now()), tmp_path)
    pushing.phones(house, MEMBERS)
    pushing.write(house, MEMBERS)
    server.wait = 0.1
    killed = 0
    while killed < KILLS:
        sender = pushing.process(_SENDER, url, server, tmp_path, CLOCK__HANDS=str(HANDS), CLOCK__STALE_SECONDS="5")
        before = len(server.bodies)
        try:
            wait_until(lambda: len(server.bodies) > before, 120)  # noqa: B023 -- asked at once
            time.sleep(chance.uniform(0.1, 0.6))
        finally:
            sender.kill()
            sender.wait()
        killed += 1
    server.wait = 0
    sender = pushing.process(_SENDER, url, server, tmp_path, CLOCK__HANDS=str(HANDS), CLOCK__STALE_SECONDS="5")
    try:
        wait_until(lambda: open_letters(house) == 0, 120)
    finally:
        sender.kill()
        sender.wait()
    told, found = pushing.copies(server), letters(house)
    doubted = {pushing.openid((one.person_id or 0) - pushing.FIRST) for one in found if one.doubts}
    extra = sum(told.values()) - MEMBERS
    print(f"kills {killed}, copies {sum(told.values())}, extra {extra}, doubted {len(doubted)}")
    assert len(told) == MEMBERS
    assert extra <= KILLS * HANDS
    assert max(told.values()) <= 2
    assert {who for who, n in told.items() if n > 1} <= doubted
    assert {one.state for one in found} == {LetterState.SENT}
    house.database.close()  # type: ignore[attr-defined]


_ENDS = {"passing": {"waiting"}, "token": {"waiting"}, "unknown": {"waiting"}, "minute": {"waiting"}, "tomorrow": {"waiting"}}
_ENDS |= {"unreachable": {"todo"}, "permanent": {"failed"}}
MOST = 200


@pytest.mark.parametrize(("answer", "mood"), ANSWERS.values(), ids=ANSWERS.keys())
def test_every_mood_two_hundred_times_books_nothing_as_sent(template: Path, server: Moody, tmp_path: Path, answer: Any, mood: Any) -> None:
    many = MOST if not (isinstance(answer, bytes) and len(answer) > 1_000_000) else 20  # 2 GB through one loop prove nothing more
    house = copy_of(template, server, Clock(), tmp_path)
    pushing.write(house, many)
    server.mood = answer
    deliver(house)
    found = letters(house)
    assert {one.state for one in found} == _ENDS[mood.value]
    assert all(one.outcome for one in found)
    assert len(server.calls) <= 2 * many
    assert server.tokens <= 3
    house.database.close()  # type: ignore[attr-defined]


def test_a_used_up_day_holds_the_rest_until_midnight(template: Path, server: Moody, tmp_path: Path) -> None:
    hours, left = Clock(), 600
    house = copy_of(template, server, hours, tmp_path, hands=HANDS)
    pushing.write(house, MEMBERS)
    server.quota = left
    deliver(house)
    assert len(server.calls) <= left + HANDS
    called = len(server.calls)
    for _ in range(5):
        hours.pass_(hours=1)
        deliver(house)
    assert len(server.calls) == called
    server.quota = None
    hours.pass_(hours=10)
    deliver(house)
    told = pushing.copies(server)
    assert (len(told), max(told.values())) == (MEMBERS, 1)
    house.database.close()  # type: ignore[attr-defined]
