"""工作日: working days by the State Council's yearly notice, 调休 included, and due days that explain themselves (design.md 5.7)."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from types import MappingProxyType
from zoneinfo import ZoneInfo

from chinese_calendar.constants import Holiday, holidays, workdays

SHANGHAI = ZoneInfo("Asia/Shanghai")
"""The whole country keeps one time; in the summers of 1986 to 1991 it was an hour ahead."""

_ONE_DAY = timedelta(days=1)
_WEEKDAYS = "一二三四五六日"
_NOTICED_YEARS = frozenset(day.year for day in holidays)
_FIXED_HOLIDAYS = {(1, 1): "元旦", (5, 1): "劳动节", (5, 2): "劳动节", (10, 1): "国庆节", (10, 2): "国庆节", (10, 3): "国庆节"}
_MOST_WEEKENDS_TOLD = 3


def local_day(moment: datetime) -> date:
    """The day in Asia/Shanghai of an aware moment."""
    return moment.astimezone(SHANGHAI).date()


def next_midnight(moment: datetime) -> datetime:
    """When the next day begins in Asia/Shanghai."""
    return datetime.combine(local_day(moment) + timedelta(days=1), time(), SHANGHAI)


@dataclass(frozen=True, slots=True)
class DayStatus:
    """Whether a day is worked and why: `reason` is 周末, a holiday's name, 调休上班, or “” for a plain working day."""

    day: date
    working: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class DueDate:
    """A due day with the words that tell a person how it came about."""

    date: date
    explanation: str


class WorkingCalendar:
    """Which days are worked, from the notices chinesecalendar carries and a table of overrides (True: worked).

    A year without a notice is reckoned by weekends and the statutory holidays of fixed date, and explanations say so; name it in
    `settled_years` once the overrides hold that year's whole notice.
    """

    def __init__(self, overrides: Mapping[date, bool] = MappingProxyType({}), settled_years: Collection[int] = ()) -> None:
        self._overrides: dict[date, bool] = {}
        self._settled = _NOTICED_YEARS
        self.adopt(overrides, settled_years)

    def adopt(self, overrides: Mapping[date, bool], settled_years: Collection[int] = ()) -> None:
        """Take over the bureau's own table in place of the one before; the composition root does so at the start (config.yaml: calendar)."""
        self._overrides = dict(overrides)
        self._settled = _NOTICED_YEARS | frozenset(settled_years)

    def knows(self, year: int) -> bool:
        """Whether that year's notice is known, so that reckoning in it is not only provisional."""
        return year in self._settled

    def status(self, day: date) -> DayStatus:
        """What kind of day it is."""
        if day in self._overrides:
            working = self._overrides[day]
            usual = day.weekday() < 5
            return DayStatus(day, working, "" if working and usual else "调休上班" if working else self._rest(day) or "调整休息")
        if day in workdays:
            return DayStatus(day, True, "调休上班")
        rest = self._rest(day)
        return DayStatus(day, not rest, rest)

    def _rest(self, day: date) -> str:
        """Why the day is free, “” when it is not."""
        if day in holidays:
            return str(Holiday(holidays[day]).chinese)
        if day.year not in _NOTICED_YEARS and (day.month, day.day) in _FIXED_HOLIDAYS:
            return _FIXED_HOLIDAYS[day.month, day.day]
        return "周末" if day.weekday() >= 5 else ""

    def is_working(self, day: date) -> bool:
        """Whether offices are open that day."""
        return self.status(day).working

    def add_working_days(self, day: date, n: int) -> date:
        """The nth working day after the day (before it when n < 0); for 0 the day itself, or the next working one."""
        if n == 0:
            return day if self.is_working(day) else self.add_working_days(day, 1)
        return self._walk(day, n)[-1].day

    def working_days_between(self, a: date, b: date) -> int:
        """Working days after a, up to and including b; negative when b is before a."""
        if b < a:
            return -self.working_days_between(b, a)
        return sum(self.is_working(a + timedelta(days=n)) for n in range(1, (b - a).days + 1))

    def explain_due(self, opened: date, n: int) -> DueDate:
        """The nth working day after the opening day, counted from the next day, with its reckoning in words. Raises ValueError for n < 1."""
        if n < 1:
            raise ValueError("a time limit is at least one working day")
        walked = self._walk(opened, n)
        due = walked[-1].day
        told = [f"自{_named(opened, opened)}起第{n}个工作日"]
        skipped = "，".join(_skips([one for one in walked if not one.working], opened))
        made_up = _dates([one.day for one in walked if one.reason == "调休上班"], opened)
        notes = [f"跳过{skipped}"] if skipped else []
        notes += [f"{made_up}调休上班，计入"] if made_up else []
        words = "：".join([*told, "；".join(notes)] if notes else told)
        return DueDate(due, f"{words}，到期日{_named(due, opened)}。{self._caution(opened, due)}")

    def _walk(self, start: date, n: int) -> list[DayStatus]:
        """Every day passed on the way to the nth working one, that one last; the start itself is not counted."""
        step, left, walked = (_ONE_DAY if n > 0 else -_ONE_DAY), abs(n), list[DayStatus]()
        day = start
        while left:
            day += step
            walked.append(self.status(day))
            left -= walked[-1].working
        return walked

    def _caution(self, opened: date, due: date) -> str:
        years = [str(year) for year in range(opened.year, due.year + 1) if year not in self._settled]
        if not years:
            return ""
        return f"{'、'.join(years)}年放假安排尚未录入，暂按周末和元旦、劳动节、国庆节推算，未计春节、清明、端午、中秋及调休，以国务院办公厅通知为准。"


def _day(day: date, since: date) -> str:
    """11月21日, with its year when it is not the year the reckoning began in."""
    year = f"{day.year}年" if day.year != since.year else ""
    return f"{year}{day.month}月{day.day}日"


def _named(day: date, since: date) -> str:
    return f"{_day(day, since)}（周{_WEEKDAYS[day.weekday()]}）"


def _runs(days: list[date]) -> Iterator[list[date]]:
    """Days cut into unbroken runs."""
    for _, run in groupby(enumerate(days), key=lambda item: item[1] - timedelta(days=item[0])):
        yield [day for _, day in run]


def _run_words(run: list[date], since: date) -> str:
    first, last = run[0], run[-1]
    if first == last:
        return _day(first, since)
    same_month = (first.year, first.month) == (last.year, last.month)
    return f"{_day(first, since)}{'、' if len(run) == 2 else '至'}{f'{last.day}日' if same_month else _day(last, since)}"


def _dates(days: list[date], since: date) -> str:
    return "、".join(_run_words(run, since) for run in _runs(days))


def _skips(free: list[DayStatus], since: date) -> list[str]:
    """Free days in order, run by run with their reason; the weekends are counted instead of listed when they are many."""
    runs = [(run, reason) for reason in {one.reason for one in free} for run in _runs([one.day for one in free if one.reason == reason])]
    weekends = [run for run, reason in runs if reason == "周末"]
    many = len(weekends) > _MOST_WEEKENDS_TOLD
    told = sorted((run, reason) for run, reason in runs if not (many and reason == "周末"))
    words = [f"{_run_words(run, since)}{reason}" for run, reason in told]
    return [f"期间周末{sum(map(len, weekends))}天", *words] if many else words


CALENDAR = WorkingCalendar()
"""The calendar of the notices known to this version, and of the bureau's own table."""
