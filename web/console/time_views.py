"""配档表 as a month and as bars: where a task stands on the page (A25, F03)."""

import calendar
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from domain.calendar import CALENDAR
from services.schedule_table import Entry, Table

LEFT, WIDTH, ROW, TOP = 300, 660, 26, 40
"""Of the drawing, in its own units: room for names, for the days, height of a row, room for the months."""
_SHORT = 20


@dataclass(frozen=True)
class Square:
    """One day of the month's sheet; `rest` says why it is free."""

    day: date
    inside: bool
    today: bool
    rest: str
    due: tuple[Entry, ...]


def month_of(said: str, table: Table, today: date) -> date:
    """The first of the month asked for as “2026-11”; else today's, or the campaign's nearest."""
    try:
        return date.fromisoformat(f"{said}-01")
    except ValueError:
        return min(max(today, table.starts_on), table.ends_on).replace(day=1)


def month(table: Table, first: date, today: date) -> list[list[Square]]:
    """Whole weeks, Monday to Sunday."""
    weeks = calendar.Calendar().monthdatescalendar(first.year, first.month)
    due: dict[date, tuple[Entry, ...]] = {}
    for entry in table.entries:
        if entry.due_on is not None and entry.firm:
            due[entry.due_on] = (*due.get(entry.due_on, ()), entry)
    return [[Square(day, day.month == first.month, day == today, CALENDAR.status(day).reason, due.get(day, ())) for day in week] for week in weeks]


def beside(first: date) -> tuple[str, str]:
    """The months before and after, as the address says them."""
    return f"{first - timedelta(days=1):%Y-%m}", f"{first + timedelta(days=32):%Y-%m}"


@dataclass(frozen=True)
class Bar:
    """One task from its first to its last day; a day the document names has a mark at its end."""

    entry: Entry
    name: str
    x: float
    width: float
    y: int
    shade: str


@dataclass(frozen=True)
class Gantt:
    """The whole drawing."""

    bars: tuple[Bar, ...]
    months: tuple[tuple[float, str], ...]
    today: float | None
    width: int
    height: int


def gantt(table: Table, today: date) -> Gantt:
    """Every task with days of its own or its phase's, in the table's order."""
    dated = [entry for entry in table.entries if entry.due_on is not None and entry.opens_on is not None]
    first = min([table.starts_on, *(entry.opens_on for entry in dated if entry.opens_on)])
    last = max([table.ends_on, *(entry.due_on for entry in dated if entry.due_on)])
    days = (last - first).days + 1

    def x(day: date) -> float:
        return round(LEFT + WIDTH * (day - first).days / days, 1)

    bars = [
        _bar(entry, number, x(entry.opens_on or first), x((entry.due_on or last) + timedelta(days=1)), today) for number, entry in enumerate(dated)
    ]
    here = x(today) if first <= today <= last else None
    return Gantt(tuple(bars), tuple(_months(first, last, x)), here, LEFT + WIDTH + 10, TOP + ROW * len(dated) + 10)


def _bar(entry: Entry, number: int, left: float, right: float, today: date) -> Bar:
    tally = entry.tally
    shade = "done" if tally.done else "late" if tally.overdue else "now" if entry.opens_on and entry.opens_on <= today else "later"
    name = entry.title if len(entry.title) <= _SHORT else f"{entry.title[:_SHORT]}…"
    return Bar(entry, name, left, max(round(right - left, 1), 4), TOP + ROW * number, shade)


def _months(first: date, last: date, x: Callable[[date], float]) -> list[tuple[float, str]]:
    found, day = list[tuple[float, str]](), first.replace(day=1)
    while day <= last:
        if day >= first:
            found.append((x(day), f"{day.year}年{day.month}月" if day.month == 1 or not found else f"{day.month}月"))
        day = (day + timedelta(days=32)).replace(day=1)
    return found
