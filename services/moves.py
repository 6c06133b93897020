"""Moves: the only place where a state changes: by-law asked, state set, step recorded, letters written (style.md 5)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from domain.actor import About, Actor
from domain.errors import LostRace
from domain.flow import Flow, Row
from domain.permissions import ask
from services import letters, steps

Hearers = Mapping[str, int | Sequence[int] | None]
"""Who stands behind each of a row's "who hears": nobody, one person, or several."""


class Moving(Protocol):
    """Any row with a state and a version."""

    id: Any
    state: Any


def move(
    db: Session,
    actor: Actor,
    flow: Flow,
    thing: Moving,
    verb: str,
    now: datetime,
    *,
    about: About,
    why: str = "",
    hearers: Hearers | None = None,
    words: Mapping[str, Any] | None = None,
) -> Row:
    """Take `thing` along its flow. Raises `NotNow`, `NotAllowed`, or `LostRace` when another was faster.

    `hearers` says which person stands behind each of the row's "who hears"; those get one letter each, with `words`.
    """
    line = flow.line(verb, thing.state)
    ask(actor, line.who, about)
    source = str(thing.state)
    thing.state = line.target.value
    try:
        db.flush()
    except StaleDataError as lost:
        raise LostRace() from lost
    steps.record(db, actor, flow.thing, thing.id, verb, now, source=source, target=line.target.value, why=why, seat=actor.acting)
    _tell(db, flow, line, thing, hearers or {}, {"why": why, **(words or {})}, now)
    return line


def _tell(db: Session, flow: Flow, line: Row, thing: Moving, hearers: Hearers, words: Mapping[str, Any], now: datetime) -> None:
    once = f"{flow.thing}:{thing.id}:{line.verb}:{getattr(thing, 'version', 0)}"
    drafts = [
        letters.Draft(f"{once}:{mark}", f"{flow.thing}_{line.verb}", dict(words), person_id=person_id)
        for ear in line.hears
        for mark, person_id in _behind(ear, hearers.get(ear))
    ]
    letters.write_many(db, drafts, now)


def _behind(ear: str, found: int | Sequence[int] | None) -> list[tuple[str, int]]:
    """(mark that tells the letters of one move apart, person)."""
    if found is None:
        return []
    return [(ear, found)] if isinstance(found, int) else [(f"{ear}:{one}", one) for one in found]
