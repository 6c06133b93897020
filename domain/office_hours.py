"""办公时间: hours in which the office is open, half days included, and due moments reckoned in them (F25)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from types import MappingProxyType

from domain.calendar import CALENDAR, SHANGHAI, WorkingCalendar, local_day

_WEEKDAYS = "一二三四五六日"
_ONE_DAY = timedelta(days=1)
_FURTHEST = 3660


class Half(StrEnum):
    """The only part of a day in which the office is open: 妇女节 afternoon off, a move, a training."""

    MORNING = "上午"
    AFTERNOON = "下午"


@dataclass(frozen=True, slots=True)
class DueMoment:
    """A due moment with the words that tell a person how it came about."""

    moment: datetime
    explanation: str


@dataclass(frozen=True)
class OfficeHours:
    """Two sessions a working day, in Asia/Shanghai; `half_days` are open in one of them."""

    morning: tuple[time, time] = (time(9), time(12))
    afternoon: tuple[time, time] = (time(13, 30), time(17, 30))
    half_days: Mapping[date, Half] = field(default_factory=lambda: MappingProxyType({}))
    calendar: WorkingCalendar = CALENDAR

    def sessions(self, day: date) -> list[tuple[datetime, datetime]]:
        """When the office is open that day; nothing on a free one."""
        if not self.calendar.is_working(day):
            return []
        half = self.half_days.get(day)
        hours = [self.morning] if half is not Half.AFTERNOON else []
        hours += [self.afternoon] if half is not Half.MORNING else []
        return [(datetime.combine(day, first, SHANGHAI), datetime.combine(day, last, SHANGHAI)) for first, last in hours]

    def is_open(self, moment: datetime) -> bool:
        """Whether somebody is there at this moment; at the closing stroke nobody is."""
        return any(first <= moment < last for first, last in self.sessions(local_day(moment)))

    def next_opening(self, moment: datetime) -> datetime:
        """The moment itself while the office is open, else when it opens next."""
        first, _ = next(self._ahead(moment))
        return first

    def add(self, moment: datetime, span: timedelta) -> datetime:
        """The moment at which so much office time has passed. Raises ValueError for a span that is not longer than nothing."""
        return self.explain(moment, span).moment

    def explain(self, moment: datetime, span: timedelta) -> DueMoment:
        """As `add`, with the days that were counted. Raises ValueError."""
        if span <= timedelta(0):
            raise ValueError("a time limit is longer than nothing")
        left, days = span, dict[date, timedelta]()
        for first, last in self._ahead(moment):
            used = min(left, last - first)
            days[first.date()] = days.get(first.date(), timedelta(0)) + used
            left -= used
            if not left:
                return DueMoment(first + used, self._words(moment, span, days, first + used))
        raise ValueError("no end within ten years")

    def _ahead(self, moment: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Sessions from now on, the present one from now."""
        here = moment.astimezone(SHANGHAI)
        for n in range(_FURTHEST):
            for first, last in self.sessions(here.date() + n * _ONE_DAY):
                if last > here:
                    yield max(first, here), last

    def _words(self, moment: datetime, span: timedelta, days: Mapping[date, timedelta], due: datetime) -> str:
        counted = "，".join(f"{_day(day)}计{_hours(used)}" for day, used in days.items())
        halves = "".join(f"；{_day(day)}只有{self.half_days[day].value}办公" for day in days if day in self.half_days)
        return f"自{_moment(moment)}起{_hours(span)}办公时间：{counted}{halves}，到期{_moment(due)}。"


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日（周{_WEEKDAYS[day.weekday()]}）"


def _moment(moment: datetime) -> str:
    here = moment.astimezone(SHANGHAI)
    return f"{_day(here.date())}{here:%H:%M}"


def _hours(span: timedelta) -> str:
    hours, minutes = divmod(int(span.total_seconds()) // 60, 60)
    return (f"{hours}小时" if hours else "") + (f"{minutes}分钟" if minutes else "")
