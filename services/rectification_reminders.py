"""整改提醒: an order that nobody has answered calls its window's head, and when that does not help the secretary and the office (F24, F37)."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from domain.actor import Role
from domain.calendar import CALENDAR, WorkingCalendar, local_day
from domain.campaign.parts import Span
from domain.numbers import format_number
from domain.reminders import Habits, Moment, decent, end_of, moments, passed
from models import people
from models import rectifications as table
from services import letters
from services import register as registers
from services.people import secretary_of
from services.rectification_list import TO_DO
from services.register import Register

_LEADS = (Span(1, "working_day"),)
_AFTERWARDS = timedelta(days=7)
"""How long a call for an overdue order is of use."""


def queue(db: Session, day: date, now: datetime, habits: Habits, calendar: WorkingCalendar = CALENDAR) -> int:
    """The calls of one day, each once whatever is repeated; how many. What was answered meanwhile is called no more."""
    orders = table.waiting(db, [state.value for state in TO_DO])
    if not orders:
        return 0
    register, due_at = registers.current(db, local_day(now)), decent(now, habits, calendar)
    office = people.any_holder(db, Role.LEADING_OFFICE.value, local_day(now))
    drafts = []
    for order in orders:
        for moment in _today(order, day, local_day(now), habits, calendar):
            above = [one for one in (secretary_of(db, register.place(order.window_id).branch_id, local_day(now)), *office) if one]
            hearers = above if moment.to_superior else [order.owner_id] if order.owner_id else above[:1]
            drafts += [_draft(order, moment, one, register, due_at) for one in dict.fromkeys(hearers)]
    letters.write_many(db, drafts, now)
    return len(drafts)


def _today(order: table.Rectification, day: date, today: date, habits: Habits, calendar: WorkingCalendar) -> Iterator[Moment]:
    plan = moments(order.due, _LEADS, habits, calendar)
    return (moment for moment in plan if moment.day == day and order.opened_on < day and not passed(moment, plan, order.due, today))


def _draft(order: table.Rectification, moment: Moment, person_id: int, register: Register, due_at: datetime) -> letters.Draft:
    kind = "rectification_above" if moment.to_superior else "rectification_late" if not moment.before else "rectification_due"
    words = {"number": format_number(order.id), "window": register.place(order.window_id).spoken, "due": order.due.isoformat()}
    once = f"rectification:{order.id}:{moment.key}:{order.due}:{person_id}"
    until = end_of(max(order.due, local_day(due_at) + _AFTERWARDS))
    return letters.Draft(once, kind, words, person_id=person_id, due_at=due_at, until=until)
