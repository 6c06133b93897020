"""Stuffing is flagged for a person, and nothing is dropped (R22)."""

import random

from sqlalchemy import func, select

from domain.actor import Actor
from domain.marks import Mark
from domain.policy import Policy
from domain.ports import House
from domain.ratings import RatingDeed
from models.ratings import Flag, Rating
from services import ratings, watch
from tests.bureau import Bureau
from tests.conftest import Clock


def rate(house: House, window: int, who: str, clock: Clock, note: str = "") -> None:
    with house.database.transaction() as db:
        ratings.rate_windows(db, [RatingDeed(Actor(contact=who, rater=who), window, Mark.VERY_SATISFIED, note)], clock.now())


def flags(house: House, kind: str) -> int:
    with house.database.reading() as db:
        return db.scalar(select(func.count()).select_from(Flag).where(Flag.kind == kind)) or 0


def stored(house: House) -> int:
    with house.database.reading() as db:
        return db.scalar(select(func.count()).select_from(Rating)) or 0


def burst(house: House, window: int, clock: Clock, size: int, name: str) -> None:
    """`size` ratings within fifteen minutes."""
    for n in range(size):
        rate(house, window, f"{name}-{n}", clock)
        clock.pass_(seconds=15 * 60 / size)


def test_bursts_are_flagged_nearly_always(bureau: Bureau, house: House, clock: Clock) -> None:
    for day in range(20):
        burst(house, bureau.windows[3], clock, 12, f"d{day}")
        clock.pass_(hours=24)
    assert flags(house, "burst") >= 19
    assert stored(house) == 240


def test_an_ordinary_hundred_days_raise_at_most_one_alarm(bureau: Bureau, house: House, clock: Clock) -> None:
    chance, alarms_before = random.Random(22), flags(house, "burst")
    with house.database.transaction() as db:
        for day in range(100):
            for _ in range(8 * 6):
                clock.pass_(seconds=chance.expovariate(6 / 3600))
                who = f"{day}-{clock.now():%H%M%S%f}"
                ratings.rate_windows(db, [RatingDeed(Actor(contact=who, rater=who), bureau.windows[3], Mark.SATISFIED, "")], clock.now())
            clock.pass_(hours=16)
    assert flags(house, "burst") - alarms_before <= 1


def test_one_voice_at_many_windows_is_flagged_once(bureau: Bureau, house: House, clock: Clock) -> None:
    strict = Policy(places_a_day=2)
    for who in ("busy", "calm"):
        for window in list(bureau.windows.values())[: 3 if who == "busy" else 2]:
            with house.database.transaction() as db:
                ratings.rate_windows(db, [RatingDeed(Actor(contact=who, rater=who), window, Mark.SATISFIED)], clock.now(), strict)
    assert flags(house, "voice") == 1
    assert stored(house) == 5


def test_one_text_many_times_is_flagged_once(bureau: Bureau, house: House, clock: Clock) -> None:
    for n in range(6):
        rate(house, bureau.windows[3], f"w{n}", clock, "服务非常好，值得表扬")
    assert flags(house, "note") == 1
    assert stored(house) == 6


def test_a_rush_that_goes_on_is_flagged_anew_each_quarter_and_not_with_every_rating(bureau: Bureau, house: House, clock: Clock) -> None:
    strict = Policy(burst_ratings=3)
    raised = []
    for n in range(24):
        with house.database.transaction() as db:
            deed = RatingDeed(Actor(contact=f"r{n}", rater=f"r{n}"), bureau.windows[3], Mark.SATISFIED)
            raised.append(len(watch.observe(db, [deed], clock.now(), strict)))
        clock.pass_(minutes=2)
    assert sum(raised) <= 24 * 2 // 5 + 1
    assert raised[:3] == [0, 0, 1]
    assert all(any(raised[at : at + 8]) for at in range(2, 16))
