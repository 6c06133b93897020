"""催办: one letter a person, joined with the day's digest when that has not left, at a decent hour (F41)."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from domain.calendar import SHANGHAI
from domain.letter_texts import spoken
from domain.ports import House
from models.letters import Letter
from models.reminders import Reminder
from scheduler.jobs.remind import remind
from services import arrears
from tests.bureau import Bureau
from tests.conftest import Clock
from tests.services.test_arrears import overview
from tests.services.test_todos import start

RULES = "制定实施细则并报送"


@pytest.fixture
def running(bureau: Bureau, clock: Clock) -> Bureau:
    """The campaign runs, and the letters of its start have gone; it is the seventeenth, on which the rules are told of in a digest."""
    start(bureau)
    with bureau.house.database.transaction() as db:
        db.execute(update(Letter).values(state="sent"))
    return bureau


def at(clock: Clock, day: int, hour: int, minute: int = 0) -> None:
    clock.time = datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI)


def urge(bureau: Bureau, *tasks: str, words: str = "明天开会要用") -> int:
    owed = [todo.id for todo in overview(bureau).all if todo.task in tasks]
    with bureau.house.database.transaction() as db:
        return arrears.urge(db, bureau.actor("office"), owed, words, bureau.house.now())


def round_of_the_day(house: House) -> None:
    """Rounds of days before are done with: only that of today writes letters that count here."""
    remind(house)


def going(house: House, bureau: Bureau, name: str = "secretary") -> list[tuple[str, str]]:
    """(when, what) of the letters that wait for this person."""
    mine = select(Letter).where(Letter.person_id == bureau.people[name], Letter.state == "waiting").order_by(Letter.due_at)
    with house.database.reading() as db:
        return [(f"{one.due_at.astimezone(SHANGHAI):%d %H:%M}", spoken(one.kind, one.words)) for one in db.scalars(mine)]


def test_urged_before_the_round_it_waits_and_goes_in_the_digest(running: Bureau, house: House, clock: Clock) -> None:
    at(clock, 17, 8, 30)
    assert urge(running, RULES) == 2
    assert going(house, running) == [("17 09:05", "请尽快报送“制定实施细则并报送”（11月24日截止）。明天开会要用。")]
    at(clock, 17, 9, 0)
    round_of_the_day(house)
    ((_, said),) = going(house, running)
    assert said == "您有1项任务要报送：“制定实施细则并报送”（11月24日截止）。请尽快报送：明天开会要用。发送“待办”逐项办理。"
    with house.database.reading() as db:
        told = db.scalars(select(Reminder.letter).where(Reminder.person_id == running.people["secretary"], Reminder.day == clock.now().date()))
        assert set(told) == {f"reminder:2026-11-17:{running.people['secretary']}"}


def test_urged_after_the_round_it_joins_the_digest_that_has_not_left(running: Bureau, house: House, clock: Clock) -> None:
    at(clock, 17, 9, 0)
    round_of_the_day(house)
    at(clock, 17, 10, 0)
    urge(running, RULES, "汇总报审", words="")
    ((_, said),) = going(house, running)
    assert said.startswith("您有2项任务要报送：“制定实施细则并报送”（11月24日截止）；“汇总报审”（12月31日截止）。请尽快报送。")


def test_what_has_left_is_left_and_the_rest_goes_at_once(running: Bureau, house: House, clock: Clock) -> None:
    at(clock, 17, 9, 0)
    round_of_the_day(house)
    with house.database.transaction() as db:
        db.execute(update(Letter).values(state="sent"))
    at(clock, 17, 10, 0)
    urge(running, RULES)
    assert going(house, running) == [("17 10:00", "请尽快报送“制定实施细则并报送”（11月24日截止）。明天开会要用。")]


def test_all_that_somebody_owes_is_one_letter_and_each_thing_once_a_day(running: Bureau, house: House, clock: Clock) -> None:
    at(clock, 18, 10, 0)
    urge(running, RULES)
    urge(running, RULES, "汇总报审", words="今天下班前")
    urge(running, RULES, "汇总报审", words="第三次")
    ((_, said),) = going(house, running)
    assert said == "请尽快报送“制定实施细则并报送”（11月24日截止）；“汇总报审”（12月31日截止）。明天开会要用。今天下班前。"
    with house.database.transaction() as db:
        db.execute(update(Letter).values(state="sent"))
    clock.pass_(hours=1)
    urge(running, RULES, "党员制定措施")
    assert [said for _, said in going(house, running)] == ["请尽快报送“党员制定措施”（12月31日截止）。明天开会要用。"]


@pytest.mark.parametrize(("day", "hour", "goes"), [(17, 20, "18 09:05"), (20, 19, "23 09:05"), (21, 10, "23 09:05"), (18, 3, "18 09:05")])
def test_nobody_is_urged_in_quiet_hours_or_on_a_day_off(running: Bureau, house: House, clock: Clock, day: int, hour: int, goes: str) -> None:
    at(clock, day, hour)
    urge(running, RULES)
    assert [when for when, _ in going(house, running)] == [goes]


def test_an_evening_s_word_goes_in_the_next_mornings_digest(running: Bureau, house: House, clock: Clock) -> None:
    at(clock, 19, 20, 0)
    urge(running, RULES)
    at(clock, 20, 9, 0)
    round_of_the_day(house)
    assert [said.count("请尽快报送：明天开会要用。") for _, said in going(house, running) if "制定实施细则" in said][-1:] == [1]
    assert all(not said.startswith("请尽快") for _, said in going(house, running))
    assert clock.now() - datetime(2026, 11, 20, 9, tzinfo=SHANGHAI) == timedelta(0)
