"""时限 time_limit in working days, with extensions and pauses: the due day says how each of them came in (F25)."""

from dataclasses import dataclass
from datetime import date, timedelta

from domain.calendar import CALENDAR, DueDate, WorkingCalendar

_MOST_ROUNDS = 60


@dataclass(frozen=True, slots=True)
class Longer:
    """延长: so many working days more, and why."""

    days: int
    why: str


@dataclass(frozen=True, slots=True)
class Pause:
    """暂停: from one day to another, both of which do not count, and why."""

    first: date
    last: date
    why: str

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """`days` working days after `opened`, lengthened and paused with a reason each."""

    opened: date
    days: int
    longer: tuple[Longer, ...] = ()
    pauses: tuple[Pause, ...] = ()

    def due(self, calendar: WorkingCalendar = CALENDAR) -> DueDate:
        """The due day. Raises ValueError for a limit of less than a day."""
        total = self.days + sum(one.days for one in self.longer)
        lost, due = 0, calendar.explain_due(self.opened, total)
        for _ in range(_MOST_ROUNDS):
            again = self._lost(due.date, calendar)
            if again == lost:
                break
            lost, due = again, calendar.explain_due(self.opened, total + again)
        return DueDate(due.date, due.explanation + self._notes(calendar, due.date))

    def _lost(self, until: date, calendar: WorkingCalendar) -> int:
        """Working days of the pauses after the opening and up to the day; a day in two pauses is lost once."""
        days = {one.first + timedelta(days=n) for one in self.pauses for n in range((one.last - one.first).days + 1)}
        return sum(self.opened < day <= until and calendar.is_working(day) for day in days)

    def _notes(self, calendar: WorkingCalendar, until: date) -> str:
        notes = [f"原时限{self.days}个工作日"] if self.longer or self.pauses else []
        notes += [f"延长{one.days}个工作日（{one.why}）" for one in self.longer]
        for one in self.pauses:
            n = sum(calendar.is_working(one.first + timedelta(days=d)) for d in range((one.last - one.first).days + 1) if self._counts(one, d, until))
            notes.append(f"{_day(one.first)}至{_day(one.last)}暂停，不计{n}个工作日（{one.why}）")
        return f"其中：{'；'.join(notes)}。" if notes else ""

    def _counts(self, pause: Pause, n: int, until: date) -> bool:
        return self.opened < pause.first + timedelta(days=n) <= until


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"
