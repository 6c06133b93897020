"""Wordings of official papers and the days they stand for (F02)."""

from datetime import date

import pytest

from domain.campaign.wording import Course, Window, names_several, resolve

AUGUST_TO_JUNE = Course(2010, date(2010, 8, 11), date(2011, 6, 30))
APRIL_TO_DECEMBER = Course(2014, date(2014, 4, 1), date(2014, 12, 31))


def during(first: str, last: str) -> Window:
    return Window(date.fromisoformat(first), date.fromisoformat(last))


def until(day: str) -> Window:
    return Window(due_on=date.fromisoformat(day))


WORDINGS = {
    "8月上旬": during("2010-08-01", "2010-08-10"),
    "8月中旬": during("2010-08-11", "2010-08-20"),
    "8月下旬": during("2010-08-21", "2010-08-31"),
    "9月下旬": during("2010-09-21", "2010-09-30"),
    "八月下旬": during("2010-08-21", "2010-08-31"),
    "８月 下旬": during("2010-08-21", "2010-08-31"),
    "2011年6月下旬": during("2011-06-21", "2011-06-30"),
    "二〇一一年六月下旬": during("2011-06-21", "2011-06-30"),
    "6月下旬": during("2011-06-21", "2011-06-30"),
    "2011年2月下旬": during("2011-02-21", "2011-02-28"),
    "2012年2月下旬": during("2012-02-21", "2012-02-29"),
    "9月": during("2010-09-01", "2010-09-30"),
    "9月份": during("2010-09-01", "2010-09-30"),
    "9月3日": during("2010-09-03", "2010-09-03"),
    "9月3日至15日": during("2010-09-03", "2010-09-15"),
    "9月上旬至10月中旬": during("2010-09-01", "2010-10-20"),
    "11月至12月": during("2010-11-01", "2010-12-31"),
    "12月至次年1月": during("2010-12-01", "2011-01-31"),
    "12月至1月": during("2010-12-01", "2011-01-31"),
    "8月24日前": until("2010-08-24"),
    "8月24日之前报送办公室": until("2010-08-24"),
    "八月二十四日以前": until("2010-08-24"),
    "8月底前": until("2010-08-31"),
    "8月底": until("2010-08-31"),
    "年底前": until("2010-12-31"),
    "次年1月底前": until("2011-01-31"),
    "9月前": until("2010-08-31"),
    "8月下旬前": until("2010-08-20"),
    "8月下旬开始，贯穿活动全过程": during("2010-08-21", "2011-06-30"),
    "8月25日起": Window(date(2010, 8, 25)),
    "适时召开会议": Window(),
    "定期": Window(),
    "每月10日前": Window(),
    "3个月内": Window(),
    "9月中旬、11月中旬": Window(),
}


@pytest.mark.parametrize(("wording", "window"), WORDINGS.items(), ids=WORDINGS)
def test_a_wording_stands_for_these_days(wording: str, window: Window) -> None:
    assert resolve(wording, AUGUST_TO_JUNE) == window


def test_a_month_before_the_course_stays_in_its_year_when_next_year_is_outside_too() -> None:
    assert resolve("3月中旬", APRIL_TO_DECEMBER) == during("2014-03-11", "2014-03-20")


def test_a_leap_day_is_found_in_the_year_that_has_one() -> None:
    course = Course(2011, date(2011, 9, 1), date(2012, 6, 30))
    assert resolve("2月29日前", course) == until("2012-02-29")


@pytest.mark.parametrize("wording", ["13月", "2月30日前", "2011年2月29日", "9月31日", "0201年3月", "9999年3月"])
def test_a_day_that_does_not_exist_is_refused(wording: str) -> None:
    with pytest.raises(ValueError, match="."):
        resolve(wording, AUGUST_TO_JUNE)


def test_several_dates_in_one_wording_are_noticed() -> None:
    assert names_several("3月中旬、5月中旬、9月中旬")
    assert not names_several("5月至10月")
