"""When somebody is reminded: working days, decent hours, the nearest moment wins, what was missed is made good or says why not."""

from datetime import UTC, date, datetime, timedelta

import pytest

from domain.calendar import CALENDAR, SHANGHAI
from domain.campaign.parts import Span
from domain.reminders import STANDARD, Moment, decent, moments, passed, spare

LEADS = (Span(7, "day"), Span(3, "day"), Span(1, "day"))


def plan(due_on: date) -> list[Moment]:
    return moments(due_on, LEADS, STANDARD, CALENDAR)


def days(due_on: date) -> dict[str, str]:
    return {moment.key: moment.day.isoformat() for moment in plan(due_on)}


def test_an_ordinary_deadline_has_its_moments() -> None:
    found = {"before:7": "2026-11-18", "before:3": "2026-11-20", "before:1": "2026-11-24", "due": "2026-11-25"}
    after = {"overdue:1": "2026-11-26", "overdue:3": "2026-11-30", "above:3": "2026-11-30", "overdue:7": "2026-12-04", "overdue:15": "2026-12-16"}
    assert days(date(2026, 11, 25)) == found | after  # the third day before is a Sunday: Friday


def test_where_two_moments_meet_the_nearer_stays() -> None:
    found = days(date(2026, 11, 22))  # a Sunday: the day itself and the day before fall on Friday
    assert (found["due"], "before:1" in found, found["before:3"]) == ("2026-11-20", False, "2026-11-19")


def test_the_long_holiday_moves_moments_before_it_and_behind_it() -> None:
    found = days(date(2026, 10, 5))
    assert all(CALENDAR.is_working(date.fromisoformat(day)) for day in found.values())
    assert found["due"] < "2026-10-01"
    assert found["overdue:1"] > "2026-10-07"


@pytest.mark.parametrize(
    ("key", "today", "why"),
    [
        ("before:7", date(2026, 11, 18), ""),
        ("before:7", date(2026, 11, 19), ""),
        ("before:7", date(2026, 11, 20), "过期未发：已有更近的一次提醒"),
        ("before:1", date(2026, 11, 26), "过期未发：截止日期已过"),
        ("overdue:1", date(2026, 11, 27), ""),
        ("overdue:1", date(2026, 11, 30), "过期未发：已有更近的一次提醒"),
        ("above:3", date(2026, 12, 4), ""),
    ],
)
def test_a_missed_moment_is_made_good_while_it_is_of_use(key: str, today: date, why: str) -> None:
    due_on = date(2026, 11, 25)
    moment = next(one for one in plan(due_on) if one.key == key)
    assert passed(moment, plan(due_on), due_on, today) == why


def test_the_last_consent_waits_for_the_last_useful_reminder() -> None:
    found = plan(date(2026, 11, 25))
    assert [spare(moment, found) for moment in found if moment.before] == [3, 2, 1, 0]
    assert {spare(moment, found) for moment in found if not moment.before} == {0}


@pytest.mark.parametrize(
    ("now", "then"),
    [
        ("2026-11-16 09:30", "2026-11-16 09:30"),
        ("2026-11-16 06:00", "2026-11-16 09:00"),
        ("2026-11-16 21:00", "2026-11-17 09:00"),
        ("2026-11-20 18:00", "2026-11-23 09:00"),
        ("2026-11-21 10:00", "2026-11-23 09:00"),
        ("2026-09-30 20:00", "2026-10-08 09:00"),
    ],
)
def test_nobody_is_disturbed_at_an_indecent_hour(now: str, then: str) -> None:
    said = datetime.fromisoformat(now).replace(tzinfo=SHANGHAI)
    assert decent(said.astimezone(UTC), STANDARD, CALENDAR) == datetime.fromisoformat(then).replace(tzinfo=SHANGHAI)


def test_every_moment_of_a_year_of_deadlines_is_a_working_day_and_comes_once() -> None:
    for n in range(365):
        due_on = date(2026, 1, 1) + timedelta(days=n)
        found = plan(due_on)
        assert all(CALENDAR.is_working(moment.day) for moment in found)
        assert len({(moment.day, moment.to_superior) for moment in found}) == len(found)
        assert all((moment.day <= due_on) == moment.before for moment in found)
