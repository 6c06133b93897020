"""Working days by the State Council's notice, and due days in words."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import CALENDAR, WorkingCalendar, local_day

DAYS = st.dates(date(2005, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2026, 11, 20), True), (date(2026, 11, 21), False), (date(2026, 10, 1), False), (date(2026, 9, 20), True), (date(2026, 10, 10), True),
        (date(2026, 2, 14), True), (date(2026, 2, 23), False), (date(2010, 8, 22), False), (date(2027, 1, 1), False), (date(2027, 5, 2), False),
        (date(2027, 10, 8), True),
    ],
    ids=str,
)  # fmt: skip
def test_offices_open_by_the_notice_with_adjusted_days(day: date, working: bool) -> None:
    assert CALENDAR.is_working(day) is working


def test_the_bureaus_own_table_wins_over_the_notice() -> None:
    calendar = WorkingCalendar({date(2026, 11, 20): False, date(2026, 11, 21): True})
    assert not calendar.is_working(date(2026, 11, 20))
    assert calendar.is_working(date(2026, 11, 21))


@given(DAYS, st.integers(1, 60))
def test_counting_forward_and_counting_between_agree(day: date, n: int) -> None:
    due = CALENDAR.add_working_days(day, n)
    assert CALENDAR.is_working(due)
    assert CALENDAR.working_days_between(day, due) == n
    assert CALENDAR.working_days_between(due, day) == -n


@given(DAYS, st.integers(1, 60))
def test_counting_back_undoes_counting_forward_from_a_working_day(day: date, n: int) -> None:
    start = CALENDAR.add_working_days(day, 0)
    assert CALENDAR.add_working_days(CALENDAR.add_working_days(start, n), -n) == start


@pytest.mark.parametrize(("day", "same_or_next"), [(date(2026, 11, 20), date(2026, 11, 20)), (date(2026, 11, 21), date(2026, 11, 23))])
def test_no_days_at_all_means_today_or_the_next_opening(day: date, same_or_next: date) -> None:
    assert CALENDAR.add_working_days(day, 0) == same_or_next


EXPLAINED = {
    "over a weekend": (date(2026, 11, 20), 5, "自11月20日（周五）起第5个工作日：跳过11月21日、22日周末，到期日11月27日（周五）。"),
    "nothing skipped": (date(2026, 11, 23), 2, "自11月23日（周一）起第2个工作日，到期日11月25日（周三）。"),
    "a long holiday": (
        date(2026, 9, 29), 3, "自9月29日（周二）起第3个工作日：跳过10月1日至7日国庆节，到期日10月9日（周五）。",
    ),
    "a worked Saturday": (
        date(2026, 2, 11), 4, "自2月11日（周三）起第4个工作日：跳过2月15日至23日春节；2月14日调休上班，计入，到期日2月24日（周二）。",
    ),
    "many weekends": (
        date(2026, 4, 20), 30, "自4月20日（周一）起第30个工作日：跳过期间周末9天，5月1日至5日劳动节；5月9日调休上班，计入，到期日6月3日（周三）。",
    ),
    "opened on a Sunday": (date(2026, 11, 22), 1, "自11月22日（周日）起第1个工作日，到期日11月23日（周一）。"),
}  # fmt: skip


@pytest.mark.parametrize(("opened", "n", "words"), EXPLAINED.values(), ids=EXPLAINED)
def test_a_due_day_says_how_it_came_about(opened: date, n: int, words: str) -> None:
    assert CALENDAR.explain_due(opened, n).explanation == words


def test_a_year_without_a_notice_is_reckoned_and_says_so() -> None:
    due = CALENDAR.explain_due(date(2026, 12, 25), 5)
    assert due.date == date(2027, 1, 4)
    assert "2027年1月1日元旦" in due.explanation
    assert "2027年放假安排尚未录入" in due.explanation


def test_a_year_whose_notice_was_entered_needs_no_caution() -> None:
    calendar = WorkingCalendar({date(2027, 2, 5): False, date(2027, 2, 7): True}, settled_years=[2027])
    words = calendar.explain_due(date(2027, 2, 3), 5).explanation
    assert words == "自2月3日（周三）起第5个工作日：跳过2月5日调整休息，2月6日周末；2月7日调休上班，计入，到期日2月10日（周三）。"


@given(DAYS, st.integers(1, 60))
def test_the_explained_day_is_the_reckoned_day(opened: date, n: int) -> None:
    due = CALENDAR.explain_due(opened, n)
    assert due.date == CALENDAR.add_working_days(opened, n)
    assert f"{due.date.month}月{due.date.day}日（周" in due.explanation


def test_a_limit_of_no_days_cannot_be_explained() -> None:
    with pytest.raises(ValueError, match="at least one"):
        CALENDAR.explain_due(date(2026, 11, 20), 0)


def test_the_day_of_a_rating_is_the_day_in_shanghai() -> None:
    late = datetime(2026, 11, 20, 15, 59, tzinfo=UTC)
    assert [local_day(late), local_day(late + timedelta(minutes=1))] == [date(2026, 11, 20), date(2026, 11, 21)]
