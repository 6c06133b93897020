"""异议: taken from anybody, with a number and a working-day clock; what became of it, by that number (A10, F28)."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from domain.actor import Actor, Role
from domain.calendar import CALENDAR, local_day
from domain.flows.objections import ANSWERED_STATES, OBJECTIONS
from domain.masking import masked_text
from domain.numbers import format_objection, read_objection
from domain.objection_refusals import NoSuchObjection, ObjectionEmpty, TooManyObjections
from domain.objections import Objection
from domain.permissions import Can, ask
from domain.policy import Policy
from domain.pseudonyms import event_of
from domain.ratings import Privacy, clean_note
from models import objections as table
from models import people, pledges
from services import board, letters, limits, steps, text_checks
from services.people import secretary_of

THING = OBJECTIONS.thing
_PHONE_DAYS = 90


@dataclass(frozen=True)
class Taken:
    """What the citizen is told: the number, until when, and how that day was reckoned."""

    number: str
    due: date
    due_words: str


@dataclass(frozen=True)
class Progress:
    """What anybody who holds the number may know; `answer` only once another person has released it."""

    number: str
    pledge_code: str
    state: str
    chinese: str
    opened_on: date
    due: date
    due_words: str
    answer: str
    answered_on: date | None


def object_to(db: Session, said: Objection, now: datetime, policy: Policy) -> Taken:
    """Take one down. The same words from the same person on the same day are one objection. Raises as `board.row_of`, `ObjectionEmpty`."""
    ask(said.actor, Can.OBJECT)
    pledge = board.row_of(db, said.pledge_code, local_day(now))
    text = clean_note(said.text)
    if not text:
        raise ObjectionEmpty()
    day = local_day(now)
    event = event_of(said.actor.rater, f"pledge:{pledge.id}:{hashlib.sha256(text.encode()).hexdigest()}", day)
    row = table.by_event(db, event)
    if row is None:
        _count(db, said.actor, day, now, policy)
        row = _write(db, said, pledge, text, event, now, policy)
    return Taken(format_objection(row.id), row.due, row.due_words)


def _count(db: Session, actor: Actor, day: date, now: datetime, policy: Policy) -> None:
    mark = event_of(actor.rater, "objections", day)
    if limits.count_today(db, mark, now) > policy.objections_a_day:
        raise TooManyObjections(3600)


def _write(db: Session, said: Objection, pledge: pledges.Pledge, text: str, event: bytes, now: datetime, policy: Policy) -> table.ObjectionRow:
    day = local_day(now)
    due = CALENDAR.explain_due(day, policy.objection_working_days)
    wants_answer = said.privacy is not Privacy.ANONYMOUS
    row = table.ObjectionRow(
        event=event, pledge_id=pledge.id, branch_id=pledge.branch_id, state=OBJECTIONS.start.value, privacy=said.privacy.value,
        channel=said.channel.value, text=text, contact=(said.actor.contact or None) if wants_answer else None,
        phone_sealed=said.phone_sealed if wants_answer else None, opened_on=day, due=due.date, due_words=due.explanation,
    )  # fmt: skip
    db.add(row)
    db.flush()
    steps.record(db, Actor(rater="-"), THING, row.id, "receive", now, target=OBJECTIONS.start.value)
    text_checks.queue(db, THING, row.id, said.actor.contact or None, now)
    words = {"number": format_objection(row.id), "pledge": pledge.content[:20], "due": due.date.isoformat()}
    answering = secretary_of(db, pledge.branch_id, day)
    if answering is None or answering == pledge.author_id:
        answering = office_of(db, day)
    for ear, person_id in (("handler", answering), ("author", pledge.author_id)):
        if person_id is not None:
            letters.write(db, letters.Draft(f"{THING}:{row.id}:receive:{ear}", f"objection_receive_{ear}", words, person_id=person_id), now)
    return row


def office_of(db: Session, day: date) -> int | None:
    """Somebody of the leading group's office."""
    found = people.any_holder(db, Role.LEADING_OFFICE.value, day)
    return found[0] if found else None


def progress(db: Session, said: str) -> Progress:
    """Where the objection with this number stands. Raises `NoSuchObjection`."""
    row = row_of(db, said)
    pledge = table.pledge_of(db, row)
    return Progress(
        number=format_objection(row.id), pledge_code=pledge.code, state=row.state, chinese=OBJECTIONS.name(row.state),
        opened_on=row.opened_on, due=row.due, due_words=row.due_words,
        answer=row.answer if row.state in ANSWERED_STATES else "", answered_on=row.released_on,
    )  # fmt: skip


@dataclass(frozen=True)
class Answered:
    """A released answer as it stands beside the pledge; `text` only where the citizen agreed and a person released it."""

    number: str
    text: str
    answer: str
    answered_on: date | None


def answered(db: Session, pledge_id: int, most: int = 10) -> tuple[Answered, ...]:
    rows = table.answered_of(db, pledge_id, ["closed"], most)
    return tuple(Answered(format_objection(row.id), masked_text(row.text) if row.text_public else "", row.answer, row.released_on) for row in rows)


def tidy(db: Session, now: datetime) -> None:
    """Phones and addresses go ninety days after the end (P08)."""
    table.drop_contacts(db, local_day(now) - timedelta(days=_PHONE_DAYS))


def row_of(db: Session, said: str) -> table.ObjectionRow:
    """Raises `NoSuchObjection`."""
    number = read_objection(said)
    row = table.by_number(db, number) if number else None
    if row is None:
        raise NoSuchObjection(said=said[:12])
    return row
