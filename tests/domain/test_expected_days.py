"""The table of days that were worked out by hand: month ends, 29 February, New Year, 调休, 旬, July 1990, a host in UTC (R08)."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from domain.calendar import CALENDAR, SHANGHAI, local_day
from domain.campaign.wording import Course, Window, resolve
from domain.office_hours import OfficeHours
from domain.time_limits import Longer, Pause, TimeLimit

TABLE: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "expected_days.yaml").read_text(encoding="utf-8"))


def named(row: Any) -> str:
    return " ".join(map(str, row)) if isinstance(row, list | tuple) else str(row)


def test_the_table_holds_at_least_two_hundred_days() -> None:
    assert sum(map(len, TABLE.values())) >= 200


@pytest.mark.parametrize(("day", "said"), TABLE["working"].items(), ids=str)
def test_a_day_is_worked_or_free_as_the_notice_says(day: date, said: tuple[str, str]) -> None:
    status = CALENDAR.status(day)
    assert (status.working, status.reason.removesuffix("节")) == (said[0] == "是", said[1].removesuffix("节"))


@pytest.mark.parametrize("row", TABLE["nth"], ids=named)
def test_the_nth_working_day_is_the_one_on_paper(row: tuple[date, int, date]) -> None:
    start, n, expected = row
    assert CALENDAR.add_working_days(start, n) == expected
    assert n < 0 or CALENDAR.explain_due(start, n).date == expected


@pytest.mark.parametrize("row", TABLE["wording"], ids=named)
def test_a_wording_means_the_days_that_papers_mean_by_it(row: tuple[int, date, date, str, date | None, date | None, date | None]) -> None:
    year, first, last, words, starts_on, ends_on, due_on = row
    assert resolve(words, Course(year, first, last)) == Window(starts_on, ends_on, due_on)


@pytest.mark.parametrize("row", TABLE["local"], ids=named)
def test_a_moment_belongs_to_the_day_on_the_wall_in_beijing(row: tuple[str, date]) -> None:
    assert local_day(datetime.fromisoformat(row[0]).replace(tzinfo=UTC)) == row[1]


@pytest.mark.parametrize("row", TABLE["hours"], ids=named)
def test_office_hours_are_counted_while_the_office_is_open(row: tuple[str, int, str]) -> None:
    start, hours, expected = row
    due = OfficeHours().add(datetime.fromisoformat(start).replace(tzinfo=SHANGHAI), timedelta(hours=hours))
    assert due == datetime.fromisoformat(expected).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize("row", TABLE["limits"], ids=named)
def test_extensions_and_pauses_move_the_due_day(row: tuple[date, int, int, tuple[date, date] | None, date]) -> None:
    opened, days, longer, pause, expected = row
    limit = TimeLimit(opened, days, (Longer(longer, "材料复杂"),) if longer else (), (Pause(*pause, "等待补件"),) if pause else ())
    assert limit.due().date == expected
