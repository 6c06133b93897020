"""Moves: the only place where a state changes: by-law asked, state set, step recorded, letters written (style.md 5)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from domain.actor import About, Actor, Role
from domain.errors import LostRace
from domain.flow import Flow, Row
from domain.permissions import ask
from services import letters, steps


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
    hearers: Mapping[str, int | None] | None = None,
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
    steps.record(db, actor, flow.thing, thing.id, verb, now, source=source, target=line.target.value, why=why, seat=_seat(actor))
    _tell(db, flow, line, thing, hearers or {}, {"why": why, **(words or {})}, now)
    return line


def _seat(actor: Actor) -> Role | None:
    return actor.seats[0].role if actor.seats else None


def _tell(db: Session, flow: Flow, line: Row, thing: Moving, hearers: Mapping[str, int | None], words: Mapping[str, Any], now: datetime) -> None:
    version = getattr(thing, "version", 0)
    for ear in line.hears:
        person_id = hearers.get(ear)
        if person_id is not None:
            letters.write(
                db,
                letters.Draft(f"{flow.thing}:{thing.id}:{line.verb}:{version}:{ear}", f"{flow.thing}_{line.verb}", dict(words), person_id=person_id),
                now,
            )
