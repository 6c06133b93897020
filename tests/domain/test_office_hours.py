"""办公时间 and 时限 in words: half days, extensions and pauses each say how they came in (F25)."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import CALENDAR, SHANGHAI, WorkingCalendar
from domain.office_hours import Half, OfficeHours
from domain.time_limits import Longer, Pause, TimeLimit

FRIDAY = datetime(2026, 11, 20, 16, 30, tzinfo=SHANGHAI)


def test_hours_say_on_which_days_they_were_counted() -> None:
    due = OfficeHours().explain(FRIDAY, timedelta(hours=4, minutes=30))
    assert due.explanation == (
        "自11月20日（周五）16:30起4小时30分钟办公时间：11月20日（周五）计1小时，11月23日（周一）计3小时30分钟，到期11月23日（周一）14:00。"
    )


def test_a_half_day_counts_only_its_half_and_says_so() -> None:
    hours = OfficeHours(half_days={date(2026, 11, 23): Half.AFTERNOON})
    due = hours.explain(FRIDAY, timedelta(hours=2))
    assert due.moment == datetime(2026, 11, 23, 14, 30, tzinfo=SHANGHAI)
    assert "11月23日（周一）只有下午办公" in due.explanation
    assert not hours.is_open(datetime(2026, 11, 23, 10, tzinfo=SHANGHAI))


def test_the_office_opens_next_on_the_next_working_morning() -> None:
    assert OfficeHours().next_opening(datetime(2026, 9, 30, 18, tzinfo=SHANGHAI)) == datetime(2026, 10, 8, 9, tzinfo=SHANGHAI)
    assert OfficeHours().next_opening(FRIDAY) == FRIDAY


def test_no_time_at_all_and_an_office_that_never_opens_are_refused() -> None:
    with pytest.raises(ValueError, match="longer than nothing"):
        OfficeHours().add(FRIDAY, timedelta(0))
    never = WorkingCalendar({date(2026, 11, 20) + timedelta(days=n): False for n in range(4000)})
    with pytest.raises(ValueError, match="ten years"):
        OfficeHours(calendar=never).add(FRIDAY, timedelta(hours=1))


@given(st.datetimes(datetime(2009, 1, 1), datetime(2027, 12, 1)), st.integers(1, 60), st.integers(1, 60))
def test_office_time_adds_up(start: datetime, first: int, second: int) -> None:
    hours, here = OfficeHours(), start.replace(tzinfo=SHANGHAI)
    both = hours.add(here, timedelta(hours=first + second))
    assert hours.add(hours.add(here, timedelta(hours=first)), timedelta(hours=second)) == both


def test_a_limit_says_its_extension_and_its_pause() -> None:
    limit = TimeLimit(date(2026, 11, 20), 5, (Longer(5, "材料复杂"),), (Pause(date(2026, 12, 1), date(2026, 12, 1), "等待补件"),))
    assert limit.due().explanation.endswith(
        "到期日12月7日（周一）。其中：原时限5个工作日；延长5个工作日（材料复杂）；12月1日至12月1日暂停，不计1个工作日（等待补件）。"
    )
    assert TimeLimit(date(2026, 11, 20), 5).due() == CALENDAR.explain_due(date(2026, 11, 20), 5)


def test_the_bureaus_own_table_is_taken_over_and_given_back() -> None:
    calendar = WorkingCalendar()
    calendar.adopt({date(2027, 2, 7): True}, [2027])
    assert calendar.is_working(date(2027, 2, 7))
    assert calendar.knows(2027)
    calendar.adopt({})
    assert not calendar.is_working(date(2027, 2, 7))
    assert not calendar.knows(2027)
