"""异议答复: by the branch's secretary or the office, never by the pledge's author; released by another person (R29)."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from domain.actor import About, Actor, Role
from domain.calendar import local_day
from domain.flows.objections import ANSWERED_STATES, OBJECTIONS, OPEN_STATES
from domain.numbers import format_objection, format_pledge
from domain.objection_refusals import AnswerMissing, AskedToStayPrivate, NoSuchObjection, OwnAnswer, TextNotCleared
from domain.permissions import Can, admit, ask, may
from domain.ratings import Privacy, clean_note
from models import editions
from models import objections as table
from models.pledges import Pledge
from services import letters, steps, text_checks
from services.moves import move
from services.objections import THING, office_of, row_of
from services.people import secretary_of

_WIDE = frozenset({Role.COMMITTEE, Role.LEADING_OFFICE})


def answer(db: Session, actor: Actor, number: str, words: str, now: datetime) -> None:
    """核实答复: by the branch's secretary or the office, never by the pledge's author."""
    row, pledge = _known(db, actor, number)
    _not_own(actor, pledge)
    words = clean_note(words)
    if not words:
        raise AnswerMissing()
    row.answer, row.answered_by = words, actor.person_id
    _move(db, actor, row, pledge, "answer", now)


def release(db: Session, actor: Actor, number: str, now: datetime, *, show_text: bool = False) -> None:
    """核定: another person than the one who wrote it. `show_text` publishes the citizen's own words beside the answer, if he agreed
    and they passed the check.
    """
    row, pledge = _known(db, actor, number)
    if show_text and row.privacy != Privacy.PUBLIC.value:
        raise AskedToStayPrivate()
    if show_text and not text_checks.showable(db, THING, row.id):
        raise TextNotCleared()
    row.text_public = show_text
    _end(db, actor, row, pledge, "release", now)


def decline(db: Session, actor: Actor, number: str, words: str, now: datetime) -> None:
    """说明: it is about something else; where to go with it is the answer."""
    row, pledge = _known(db, actor, number)
    _not_own(actor, pledge)
    row.answer = clean_note(words)
    if not row.answer:
        raise AnswerMissing()
    _end(db, actor, row, pledge, "decline", now)


def send_back(db: Session, actor: Actor, number: str, why: str, now: datetime) -> None:
    """退回重新核实, with what is missing."""
    row, pledge = _known(db, actor, number)
    _not_own(actor, pledge)
    _move(db, actor, row, pledge, "return", now, why)


def _end(db: Session, actor: Actor, row: table.ObjectionRow, pledge: Pledge, verb: str, now: datetime) -> None:
    _not_own(actor, pledge)
    row.released_on = local_day(now)
    _move(db, actor, row, pledge, verb, now)
    if row.contact:
        words = {"number": format_objection(row.id), "pledge": pledge.content[:20], "answer": row.answer}
        letters.write(db, letters.Draft(f"{THING}:{row.id}:{verb}:citizen", "objection_result", words, contact=row.contact), now)
    editions.grow(db)


def _not_own(actor: Actor, pledge: Pledge) -> None:
    if actor.person_id == pledge.author_id:
        raise OwnAnswer()


def _move(db: Session, actor: Actor, row: table.ObjectionRow, pledge: Pledge, verb: str, now: datetime, why: str = "") -> None:
    day = local_day(now)
    hearers = {"author": pledge.author_id, "secretary": secretary_of(db, row.branch_id, day), "office": office_of(db, day)}
    words = {"number": format_objection(row.id), "pledge": pledge.content[:20]}
    about = About(author_id=pledge.author_id, branch_id=row.branch_id, doer_id=row.answered_by if verb != "answer" else None)
    move(db, actor, OBJECTIONS, row, verb, now, about=about, why=why, hearers=hearers, words=words)


@dataclass(frozen=True)
class Handled:
    """One objection as the people see it who answer it."""

    number: str
    pledge_code: str
    pledge_number: str
    pledge: str
    text: str
    privacy: str
    channel: str
    has_phone: bool
    state: str
    chinese: str
    opened_on: date
    due: date
    answer: str
    late: bool
    verbs: tuple[tuple[str, str], ...]


def handled(db: Session, actor: Actor, now: datetime, *, ended: bool = False, after: int = 0, most: int = 50) -> list[Handled]:
    """What this person may read, by number: a secretary's own branch, everything for committee and office."""
    admit(actor, Can.READ_OBJECTION)
    states = ANSWERED_STATES if ended else OPEN_STATES
    rows = table.listed(db, [state.value for state in states], _branches(actor), after, most)
    seen = [(row, pledge) for row, pledge in rows if may(actor, Can.READ_OBJECTION, _about(row, pledge))]
    return [_handled(actor, row, pledge, local_day(now)) for row, pledge in seen]


def look(db: Session, actor: Actor, number: str, now: datetime) -> Handled:
    """One of them. Raises `NoSuchObjection` for those that are not his to read."""
    row, pledge = _both(db, number)
    if not may(actor, Can.READ_OBJECTION, _about(row, pledge)):
        raise NoSuchObjection(said=number[:12])
    return _handled(actor, row, pledge, local_day(now))


def phone_of(db: Session, actor: Actor, number: str, why: str, now: datetime) -> bytes | None:
    """The sealed phone, for a call-back by whoever answers: each look leaves a step (P08)."""
    row, pledge = _known(db, actor, number)
    ask(actor, Can.ANSWER_OBJECTION, _about(row, pledge))
    steps.record(db, actor, THING, row.id, "read_phone", now, why=why)
    return row.phone_sealed


def _branches(actor: Actor) -> list[int] | None:
    if any(seat.role in _WIDE for seat in actor.seats):
        return None
    return [seat.body_id for seat in actor.seats if seat.role is Role.BRANCH_SECRETARY]


def _about(row: table.ObjectionRow, pledge: Pledge) -> About:
    return About(author_id=pledge.author_id, branch_id=row.branch_id)


def _handled(actor: Actor, row: table.ObjectionRow, pledge: Pledge, today: date) -> Handled:
    doing = About(author_id=pledge.author_id, branch_id=row.branch_id, doer_id=row.answered_by)
    verbs = tuple((line.verb, line.chinese) for line in OBJECTIONS.verbs_from(row.state) if may(actor, line.who, doing))
    return Handled(
        number=format_objection(row.id), pledge_code=pledge.code, pledge_number=format_pledge(pledge.id), pledge=pledge.content, text=row.text,
        privacy=Privacy(row.privacy).chinese, channel=row.channel, has_phone=row.phone_sealed is not None, state=row.state,
        chinese=OBJECTIONS.name(row.state), opened_on=row.opened_on, due=row.due, answer=row.answer,
        late=row.state in OPEN_STATES and today > row.due, verbs=verbs,
    )  # fmt: skip


def _known(db: Session, actor: Actor, number: str) -> tuple[table.ObjectionRow, Pledge]:
    """For a deed: what is not this person's to read is absent; but the pledge's author has heard of it, and is told to stand aside."""
    row, pledge = _both(db, number)
    if actor.person_id != pledge.author_id and not may(actor, Can.READ_OBJECTION, _about(row, pledge)):
        raise NoSuchObjection(said=number[:12])
    return row, pledge


def _both(db: Session, said: str) -> tuple[table.ObjectionRow, Pledge]:
    row = row_of(db, said)
    return row, table.pledge_of(db, row)
