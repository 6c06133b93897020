"""内容安全: citizens' words wait here to be looked at; what a machine doubts, a person decides, and that is final (F30, R34)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from domain.actor import NOTHING, Actor, Role, Seat
from domain.errors import NoSuchNumber
from domain.flows.text_checks import SHOWABLE, TEXT_CHECKS, CheckState
from domain.objection_refusals import JudgedAlready
from domain.permissions import Can, ask
from models import objections, people
from models import text_checks as table
from services.moves import move

_MACHINE = Actor(seats=(Seat(Role.OPERATOR, 0),))
_IN_HAND = timedelta(minutes=2)
_PAUSE = timedelta(minutes=10)
_MOST_TRIES = 3
"""A check that stays silent so often goes to a person: nothing waits for ever."""


@dataclass(frozen=True)
class Unchecked:
    """Words in a machine's hands, with the sealed openid of a mini-program's user who wrote them, where there is one."""

    id: int
    text: str
    openid_sealed: bytes | None


@dataclass(frozen=True)
class Verdict:
    """What a machine says: `certain` False sends the words to a person; None means it did not answer."""

    certain: bool | None
    words: str


@dataclass(frozen=True)
class Held:
    """Words that wait for a person's judgement."""

    id: int
    text: str
    verdict: str


def _objection_text(db: Session, thing_id: int) -> str:
    found = objections.by_number(db, thing_id)
    return found.text if found else ""


_TEXTS: Mapping[str, Callable[[Session, int], str]] = {"objection": _objection_text}
"""Whose words → how to read them; a new kind of words is one line here."""


def queue(db: Session, thing: str, thing_id: int, contact: str | None, now: datetime) -> None:
    """In the transaction that stores the words."""
    db.add(table.TextCheck(thing=thing, thing_id=thing_id, contact=contact, state=TEXT_CHECKS.start.value, due_at=now))
    db.flush()


def take(db: Session, now: datetime, most: int = 20) -> list[Unchecked]:
    """What is due, put off so that no other machine takes it meanwhile."""
    rows = table.due(db, now, most)
    taken = [Unchecked(row.id, _TEXTS[row.thing](db, row.thing_id), _sealed(db, row.contact)) for row in rows]
    if rows:
        table.put_off(db, [row.id for row in rows], now + _IN_HAND)
    return taken


def _sealed(db: Session, contact: str | None) -> bytes | None:
    """Only a user of the mini-program can be asked about (msg_sec_check v2)."""
    found = people.contact(db, contact) if contact else None
    return found.openid_sealed if found is not None and found.account == "mini" else None


def settle(db: Session, check_id: int, verdict: Verdict, now: datetime) -> None:
    """Keep what the machine said; a person who judged meanwhile is not overruled."""
    row = table.by_id(db, check_id)
    if row is None or row.state != CheckState.WAITING:
        return
    row.verdict = verdict.words[:100]
    if verdict.certain is None and row.tries < _MOST_TRIES:
        row.due_at = now + _PAUSE
        db.flush()
        return
    move(db, _MACHINE, TEXT_CHECKS, row, "pass" if verdict.certain else "hold", now, about=NOTHING, why=verdict.words)


def showable(db: Session, thing: str, thing_id: int) -> bool:
    """Whether these words may be shown to the public at all."""
    row = table.of(db, thing, thing_id)
    return row is not None and row.state in SHOWABLE


def held(db: Session, actor: Actor, after: int = 0, most: int = 50) -> Sequence[Held]:
    """The human queue, a page at a time."""
    ask(actor, Can.JUDGE_TEXT)
    rows = table.in_state(db, [CheckState.HELD.value], after, most)
    return [Held(row.id, _TEXTS[row.thing](db, row.thing_id), row.verdict) for row in rows]


def judge(db: Session, actor: Actor, check_id: int, verb: str, why: str, now: datetime) -> None:
    """`clear` or `hide`: once, and for good. Raises `JudgedAlready`."""
    row = table.by_id(db, check_id)
    if row is None:
        raise NoSuchNumber(said=str(check_id))
    ask(actor, Can.JUDGE_TEXT)
    if row.judged_by is not None:
        raise JudgedAlready()
    row.judged_by = actor.person_id
    move(db, actor, TEXT_CHECKS, row, verb, now, about=NOTHING, why=why)
