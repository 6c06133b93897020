"""工作台的登录: 12 hours at most, 30 minutes unused; who it is and which seats he holds is asked anew at every request (R28, R30)."""

import hashlib
import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from domain.actor import Actor, Role, Seat
from domain.errors import NotSignedIn
from models import signing_in as table
from services import people, steps
from services.register import Register

LONGEST = timedelta(hours=12)
IDLE = timedelta(minutes=30)
_FINE = timedelta(minutes=1)
"""How fine it is remembered when a session was last used: else every page would write."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who sits at the console; `stale` says that its use should be written down."""

    actor: Actor
    digest: bytes
    stale: bool


def open_for(db: Session, person_id: int, now: datetime) -> str:
    """Sign this person in; the token, which the house does not keep."""
    token = secrets.token_urlsafe(32)
    db.add(table.DeskSession(digest=_digest(token), person_id=person_id, acting="", seen_at=now, ends_at=now + LONGEST))
    steps.record(db, Actor(person_id=person_id), "session", person_id, "open", now)
    return token


def behind(db: Session, token: str, register: Register, now: datetime) -> SignedIn:
    """Who holds this token. Raises `NotSignedIn` when it ended, was not used for half an hour, or its person has left."""
    found = table.session(db, _digest(token)) if token else None
    if found is None or found.ends_at <= now or now - found.seen_at > IDLE:
        raise NotSignedIn()
    actor = people.person_actor(db, found.person_id, register)
    if actor is None:
        raise NotSignedIn()
    return SignedIn(_acting(actor, found.acting), found.digest, now - found.seen_at > _FINE)


def touch(db: Session, digest: bytes, now: datetime) -> None:
    """It was used just now."""
    table.touch(db, digest, now)


def close(db: Session, token: str) -> None:
    """退出: the token is worthless from now on."""
    table.end(db, _digest(token))


def close_all_of(db: Session, person_id: int) -> None:
    """Unbound, suspended or left: out of every browser."""
    table.end_all_of(db, person_id)


def act_as(db: Session, digest: bytes, actor: Actor, chosen: str) -> None:
    """以哪个职务办理: a seat of one's own; any other changes nothing."""
    session = table.session(db, digest)
    if session is not None and chosen in {key_of(seat) for seat in actor.seats}:
        session.acting = chosen


def key_of(seat: Seat) -> str:
    return f"{seat.role.value}:{seat.body_id}"


def _acting(actor: Actor, chosen: str) -> Actor:
    """The chosen seat stands first: that is the one a step names. All seats go on to count in the by-law."""
    first = sorted(actor.seats, key=lambda seat: key_of(seat) != chosen)
    return replace(actor, seats=tuple(first))


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def examples(db: Session) -> list[tuple[int, str, Role]]:
    """One holder of each role: the demo's list of entrances."""
    return [(person_id, name, Role(role)) for person_id, name, role in table.one_of_each_role(db)]


def tidy(db: Session, now: datetime) -> None:
    """Remove what has ended."""
    table.drop_over(db, now, now - timedelta(days=1))
