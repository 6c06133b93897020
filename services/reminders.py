"""提醒: the daily round: who is reminded of what, in one letter a person; each moment of each deadline once, missed ones by rule (F40, F41)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from domain import digests
from domain.calendar import CALENDAR, WorkingCalendar, local_day
from domain.campaign.parts import Limits, Span
from domain.digests import Item
from domain.errors import CampaignUnreadable
from domain.flows.campaigns import CampaignState
from domain.reminders import Habits, Moment, decent, end_of, moments, passed, spare
from models import campaigns
from models import reminders as table
from models import todos as table_of_todos
from services import definitions, letters, todos, urging
from services.todos import Due

REMINDER, ESCALATION = "reminder", "reminder_above"
_BEFORE, _AFTER = timedelta(days=75), timedelta(days=50)
"""How far from today a deadline can lie that still has a moment today: the longest lead, the latest call, holidays between."""
_AFTERWARDS = timedelta(days=7)
"""How long a call for an overdue thing is of use."""


@dataclass(frozen=True)
class Planned:
    """One person is reminded of one thing on one day. `passed` says why not any more."""

    person_id: int
    due: Due
    moment: Moment
    spare: int
    passed: str = ""


def planned(db: Session, day: date, today: date, habits: Habits, calendar: WorkingCalendar = CALENDAR) -> list[Planned]:
    """Everything that falls on `day`, as things stand today."""
    of_campaign, found = leads(db), list[Planned]()
    for due_on in sorted({one for one, _ in table_of_todos.due_days(db, day - _AFTER, day + _BEFORE)}):
        plans = {id: moments(due_on, some, habits, calendar) for id, some in of_campaign.items()}
        if any(moment.day == day for plan in plans.values() for moment in plan):
            for one in todos.due(db, due_on, due_on, today):
                found += _on(one, day, today, plans[one.campaign_id])
    return found


def _on(one: Due, day: date, today: date, all_of_them: Sequence[Moment]) -> Iterator[Planned]:
    for moment in all_of_them:
        if moment.day == day:
            why = passed(moment, all_of_them, one.due_on, today)
            for person_id in one.above if moment.to_superior else one.behind:
                yield Planned(person_id, one, moment, spare(moment, all_of_them), why)


def leads(db: Session) -> dict[int, tuple[Span, ...]]:
    """Running campaign → how long before a deadline its file has people reminded."""
    return {row.id: _leads_of(row) for row in campaigns.in_state(db, CampaignState.RUNNING)}


def _leads_of(row: campaigns.CampaignRow) -> tuple[Span, ...]:
    try:
        return definitions.of_row(row).limits.reminders_before_due
    except CampaignUnreadable:
        return Limits().reminders_before_due  # an old file is no reason to remind nobody


def queue(db: Session, day: date, now: datetime, habits: Habits, calendar: WorkingCalendar = CALENDAR) -> int:
    """The round of one day: write down its reminders and their letters; how many letters. Doing it again changes nothing."""
    found = planned(db, day, local_day(now), habits, calendar)
    new = table.add(db, [_row(one, day, now) for one in found])
    fresh = [one for one in found if not one.passed and (one.due.todo_id, one.person_id, one.moment.key) in new]
    by_letter: dict[str, list[Planned]] = {}
    for one in fresh:
        by_letter.setdefault(_once(one, day), []).append(one)
    due_at = decent(now, habits, calendar)
    drafts = [_draft(once, some, due_at, local_day(due_at)) for once, some in by_letter.items()]
    letters.write_many(db, urging.absorbed(db, day, drafts), now)
    return len(drafts)


def _once(one: Planned, day: date) -> str:
    """One digest a day for each person, and one about those below."""
    return f"{ESCALATION}:{day.isoformat()}:{one.person_id}" if one.moment.to_superior else urging.digest(day, one.person_id)


def _row(one: Planned, day: date, now: datetime) -> dict[str, Any]:
    return {
        "todo_id": one.due.todo_id,
        "person_id": one.person_id,
        "due_on": one.due.due_on,
        "moment": one.moment.key,
        "day": day,
        "letter": None if one.passed else _once(one, day),
        "passed": one.passed,
        "written_at": now,
    }


def _draft(once: str, some: Sequence[Planned], due_at: datetime, today: date) -> letters.Draft:
    kind = ESCALATION if some[0].moment.to_superior else REMINDER
    last = max(one.due.due_on for one in some)
    until = end_of(last if last >= today else today + _AFTERWARDS)
    kept = min(one.spare for one in some)
    return letters.Draft(once, kind, words(kind, some), some[0].person_id, due_at=due_at, until=until, spare=kept)


def words(kind: str, some: Sequence[Planned]) -> dict[str, Any]:
    """What the letter says."""
    items = [Item(one.due.todo_id, one.due.due_on, one.due.task, one.due.who) for one in some]
    return digests.words(items, of_others=kind == ESCALATION)


@dataclass(frozen=True)
class Told:
    """What became of one reminder."""

    day: date
    moment: str
    passed: str
    state: str
    channel: str


def about(db: Session, todo_id: int) -> list[Told]:
    """What became of each reminder of one thing."""
    return [
        Told(row.day, row.moment, row.passed, letter.state if letter else "", (letter.channel or "") if letter else "")
        for row, letter in table.of_todo(db, todo_id)
    ]
