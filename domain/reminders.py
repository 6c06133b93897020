"""提醒 reminders: when somebody is reminded of a deadline, at a decent hour, and which of the moments matters most (F40, F41; A4, A20)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from domain.calendar import SHANGHAI, WorkingCalendar
from domain.campaign.parts import Span


@dataclass(frozen=True)
class Habits:
    """The office's habits: the hour of the daily round, the quiet hours, after how many working days an overdue thing is called again."""

    at: int = 9
    quiet_from: int = 18
    quiet_until: int = 8
    overdue: tuple[int, ...] = (1, 3, 7, 15)
    escalate: int = 3


STANDARD = Habits()


@dataclass(frozen=True, order=True)
class Moment:
    """One day on which a person is reminded of one thing. `key` names it for good: before:7, due, overdue:3, above:3."""

    day: date
    key: str

    @property
    def before(self) -> bool:
        return self.key.startswith("before") or self.key == "due"

    @property
    def chinese(self) -> str:
        kind, _, n = self.key.partition(":")
        if kind == "urge":
            return "催办"
        told = f"{n[:-1]}个工作日" if n.endswith("w") else f"{n}天"
        return {"before": f"截止前{told}", "due": "截止当天", "overdue": f"逾期{n}个工作日", "above": f"逾期{n}个工作日，告知上级"}[kind]

    @property
    def to_superior(self) -> bool:
        return self.key.startswith("above")


def moments(due_on: date, leads: Sequence[Span], habits: Habits, calendar: WorkingCalendar) -> list[Moment]:
    """All moments of one deadline, in order. One that falls on a day off is moved to the working day before, after the deadline to the one
    that follows; where two meet, the one nearer to the deadline stays.
    """
    by_day: dict[date, Moment] = {}
    for day, key in _before(due_on, leads, calendar):
        by_day[day] = Moment(day, key)
    found = list(by_day.values())
    found += [Moment(calendar.add_working_days(due_on, n), f"overdue:{n}") for n in habits.overdue]
    if habits.escalate:
        found.append(Moment(calendar.add_working_days(due_on, habits.escalate), f"above:{habits.escalate}"))
    return sorted(found)


def _before(due_on: date, leads: Sequence[Span], calendar: WorkingCalendar) -> Iterator[tuple[date, str]]:
    """The furthest first, so that a later one takes the place of an earlier one on the same day."""
    days = [(_earlier(due_on, lead, calendar), f"before:{lead.count}{'w' if lead.unit == 'working_day' else ''}") for lead in leads]
    for day, key in [*sorted(days), (due_on, "due")]:
        yield (day if calendar.is_working(day) else calendar.add_working_days(day, -1)), key


def _earlier(due_on: date, lead: Span, calendar: WorkingCalendar) -> date:
    return calendar.add_working_days(due_on, -lead.count) if lead.unit == "working_day" else due_on - timedelta(days=lead.count)


def spare(moment: Moment, all_of_them: Sequence[Moment]) -> int:
    """How many consents are left alone now, because reminders nearer to the deadline will need them more."""
    return sum(1 for other in all_of_them if moment.before and other.before and other.day > moment.day)


def passed(moment: Moment, all_of_them: Sequence[Moment], due_on: date, today: date) -> str:
    """Why a moment that was missed is not made good any more; “” when it still is of use."""
    if moment.day >= today:
        return ""
    if moment.before and due_on < today:
        return "过期未发：截止日期已过"
    if any(moment.day < other.day <= today and other.to_superior == moment.to_superior for other in all_of_them):
        return "过期未发：已有更近的一次提醒"
    return ""


def decent(now: datetime, habits: Habits, calendar: WorkingCalendar) -> datetime:
    """Now, or the next moment at which an office may disturb somebody: a working day, outside the quiet hours."""
    here = now.astimezone(SHANGHAI)
    if calendar.is_working(here.date()) and habits.quiet_until <= here.hour < habits.quiet_from:
        return now
    early = calendar.is_working(here.date()) and here.hour < habits.quiet_until
    day = here.date() if early else calendar.add_working_days(here.date(), 1)
    return at(day, habits.at)


def at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), SHANGHAI)


def end_of(day: date) -> datetime:
    return at(day + timedelta(days=1), 0)
