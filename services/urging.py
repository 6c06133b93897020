"""催办: the office's word goes into the letter of the day that has not left yet; nobody gets two about the same things (F41)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from domain.calendar import CALENDAR, WorkingCalendar, local_day
from domain.digests import Item, items_of, joined, words
from domain.letters import LetterState
from domain.reminders import Habits, at, decent
from models import letters as letters_table
from models import reminders as table
from services import letters

URGE = "todo_urge"
_AFTER_THE_ROUND = timedelta(minutes=5)
_JOINED = "并入当天的提醒"


@dataclass(frozen=True)
class Urged:
    """One person is urged to hand in one thing."""

    person_id: int
    item: Item


def write(db: Session, urged: Sequence[Urged], why: str, now: datetime, habits: Habits, calendar: WorkingCalendar = CALENDAR) -> None:
    """One letter a person at most, each thing once a day.

    Before the round of the day, which is told of in a digest, the letter waits for it and goes into it; after it, it joins what has
    not left yet, or goes at once. In quiet hours it is one of the next working day.
    """
    goes = decent(now, habits, calendar)
    day = local_day(goes)
    round_at = at(day, habits.at)
    new = table.add(db, [_row(one, day, now) for one in urged])
    by_person: dict[int, list[Item]] = {}
    for one in urged:
        if (one.item.todo_id, one.person_id, _moment(day)) in new:
            by_person.setdefault(one.person_id, []).append(one.item)
    due_at = max(goes, round_at + _AFTER_THE_ROUND) if now < round_at else goes
    why = f"{why}。" if why else ""
    for person_id, items in by_person.items():
        once = _into_what_waits(db, day, person_id, items, why) or _on_its_own(db, day, person_id, items, why, due_at, now)
        table.told_in(db, person_id, [one.todo_id for one in items], _moment(day), once)


def _row(one: Urged, day: date, now: datetime) -> dict[str, Any]:
    about = {"todo_id": one.item.todo_id, "person_id": one.person_id, "due_on": one.item.due_on, "day": day}
    return about | {"moment": _moment(day), "letter": None, "passed": "", "written_at": now}


def _moment(day: date) -> str:
    return f"urge:{day:%Y%m%d}"


def digest(day: date, person_id: int) -> str:
    """The once-key of a person's digest of that day."""
    return f"reminder:{day.isoformat()}:{person_id}"


def _key(day: date, person_id: int) -> str:
    return f"urge:{day.isoformat()}:{person_id}"


def _into_what_waits(db: Session, day: date, person_id: int, items: Sequence[Item], why: str) -> str:
    """The once-key of the letter they went into; “” when none of the day waits."""
    for letter in letters_table.waiting_under(db, [digest(day, person_id), _key(day, person_id)]):
        told = joined(letter.words, items, why if letter.kind == URGE else _beside_others(why))
        if letters_table.turn(db, [letter.id], LetterState.WAITING, {"words": told}):
            return letter.once
    return ""


def _on_its_own(db: Session, day: date, person_id: int, items: Sequence[Item], why: str, due_at: datetime, now: datetime) -> str:
    once = _key(day, person_id)
    if letters_table.there(db, once):  # the first of the day has left
        once = f"{once}:{items[0].todo_id}"
    letters.write(db, letters.Draft(once, URGE, words(items, why), person_id=person_id, due_at=due_at), now)
    return once


def absorbed(db: Session, day: date, drafts: Iterable[letters.Draft]) -> list[letters.Draft]:
    """The digests of the day with what was urged before and has not left; those letters go no more."""
    by_key = {_key(day, draft.person_id): draft for draft in drafts if draft.person_id is not None and draft.once == digest(day, draft.person_id)}
    told: dict[str, Mapping[str, Any]] = {}
    for letter in letters_table.waiting_under(db, list(by_key)):
        if letters_table.turn(db, [letter.id], LetterState.WAITING, {"state": LetterState.CANCELLED.value, "outcome": _JOINED}):
            told[letter.once] = letter.words
            table.redirect(db, letter.once, by_key[letter.once].once)
    return [_with(draft, told.get(_key(day, draft.person_id or 0))) for draft in drafts]


def _with(draft: letters.Draft, urged: Mapping[str, Any] | None) -> letters.Draft:
    if urged is None or not draft.once.startswith("reminder:"):
        return draft
    return replace(draft, words=joined(draft.words, items_of(urged), _beside_others(str(urged.get("why", "")))))


def _beside_others(why: str) -> str:
    """In a digest, which by itself does not urge."""
    return f"请尽快报送：{why}" if why else "请尽快报送。"
