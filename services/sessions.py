"""登录: a mini-program's session: a random token, of which the house keeps only the digest (R30)."""

import hashlib
import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from domain.errors import NotSignedIn
from domain.policy import STANDARD, Policy
from models import editions
from models import sessions as table
from services import people
from services.people import Voice
from services.register import Register


def open_for(db: Session, voice: Voice, register: Register, now: datetime, policy: Policy = STANDARD) -> tuple[str, datetime]:
    """Sign somebody in whose openid WeChat has just vouched for; the token and when it ends."""
    people.actor_of(db, voice, register, now)
    token, ends_at = secrets.token_urlsafe(24), now + timedelta(days=policy.session_days)
    table.add(db, digest(token), voice.contact, ends_at)
    return token, ends_at


def digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def behind(db: Session, token: str, now: datetime) -> tuple[str, bytes]:
    """(contact, sealed openid) behind a token. Raises `NotSignedIn`."""
    found = table.who(db, digest(token), now)
    if found is None:
        raise NotSignedIn()
    return found[0], found[1]


def expect(db: Session, tokens: Collection[str]) -> None:
    """Say beforehand who asks: their sessions and the register's edition come in one journey."""
    editions.announce(db)
    table.announce(db, [digest(token) for token in tokens])


def expect_earlier(db: Session, marks: Collection[bytes]) -> None:
    """`earlier_answers` will be asked for these."""
    table.announce_repeated(db, marks)


def all_behind(db: Session, tokens: Collection[str], now: datetime) -> dict[str, tuple[str, bytes]]:
    """token → (contact, sealed openid), for those that are signed in."""
    found = table.who_all(db, [digest(token) for token in tokens], now)
    return {token: found[digest(token)] for token in tokens if digest(token) in found}


def close(db: Session, token: str) -> None:
    """退出: the token is worthless from now on."""
    table.end(db, digest(token))


@dataclass(frozen=True, slots=True)
class Kept:
    """The first answer to an Idempotency-Key: `mark` and `request` are keyed marks, `answer` is sealed by the door."""

    mark: bytes
    request: bytes
    status: int
    answer: bytes


def earlier_answers(db: Session, marks: Collection[bytes]) -> dict[bytes, Kept]:
    """mark → the first answer, for those keys that were used before (R02)."""
    return {row[0]: Kept(*row) for row in table.repeated(db, marks)}


def keep_answers(db: Session, answers: Sequence[Kept], now: datetime) -> None:
    """Keep first answers for a day, in the transaction of their effect. The hour only: a rating's moment is nobody's to know (R23)."""
    at = now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    table.keep(db, [{"mark": one.mark, "request": one.request, "status": one.status, "answer": one.answer, "at": at} for one in answers])


def tidy(db: Session, now: datetime) -> None:
    """Remove what has ended: sessions, and keys older than a day."""
    table.drop_ended(db, now)
    table.drop_repeatables(db, now - timedelta(days=1))
