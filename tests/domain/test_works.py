"""重点工程: what dates say, and that whatever is late says why."""

from datetime import date

import pytest

from domain.work_refusals import DelayUnexplained, NotFinishedYet
from domain.works import Milestone, Standing, check_explained, check_finished, days_late

PLAN, TODAY = date(2026, 11, 10), date(2026, 11, 16)
CASES = {
    "on the day": (Milestone("路基", PLAN, actual=PLAN), Standing.DONE, "按期完成"),
    "three days before": (Milestone("路基", PLAN, actual=date(2026, 11, 7)), Standing.DONE, "提前3天完成"),
    "late": (Milestone("路基", PLAN, actual=date(2026, 11, 15)), Standing.DONE_LATE, "晚5天完成"),
    "overdue": (Milestone("路基", PLAN), Standing.OVERDUE, "已超过6天"),
    "moved, not yet due": (Milestone("路基", PLAN, expected=date(2026, 11, 30)), Standing.MOVED, "推迟20天"),
    "moved, overdue again": (Milestone("路基", PLAN, expected=date(2026, 11, 14)), Standing.OVERDUE, "已超过2天"),
    "moved and reached": (Milestone("路基", PLAN, expected=date(2026, 11, 14), actual=date(2026, 11, 14)), Standing.DONE_LATE, "晚4天完成"),
    "still ahead": (Milestone("路基", date(2026, 11, 16)), Standing.AHEAD, "未到期"),
}


@pytest.mark.parametrize("case", CASES)
def test_a_milestone_says_how_it_stands_in_days(case: str) -> None:
    milestone, standing, words = CASES[case]
    assert (milestone.standing(TODAY), milestone.words(TODAY)) == (standing, words)


def test_whatever_is_late_says_why() -> None:
    with pytest.raises(DelayUnexplained, match="delay"):
        check_explained((Milestone("路基", PLAN, expected=date(2026, 12, 1)),), TODAY)
    check_explained((Milestone("路基", PLAN, expected=date(2026, 12, 1), note="连续降雨"), Milestone("路面", TODAY)), TODAY)


def test_a_work_is_finished_when_all_its_milestones_are() -> None:
    with pytest.raises(NotFinishedYet) as refusal:
        check_finished((Milestone("路基", PLAN, actual=PLAN), Milestone("路面", TODAY)))
    assert "路面" in refusal.value.text


def test_a_work_is_as_late_as_its_worst_open_milestone() -> None:
    assert days_late((Milestone("路基", PLAN), Milestone("路面", TODAY, expected=date(2026, 11, 30))), TODAY) == 14
    assert days_late((Milestone("路基", PLAN, actual=TODAY),), TODAY) == 0
