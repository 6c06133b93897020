"""登录: a mini-program's session: a random token, of which the house keeps only the digest (R30)."""

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from domain.errors import KeyReused, NotSignedIn
from domain.policy import STANDARD, Policy
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


def close(db: Session, token: str) -> None:
    """退出: the token is worthless from now on."""
    table.end(db, digest(token))


def repeated(db: Session, mark: bytes, request: bytes) -> tuple[int, bytes] | None:
    """The first answer to this Idempotency-Key, if there was one. Raises `KeyReused` when it was given for another body (R02)."""
    kept = table.repeated(db, mark)
    if kept is None:
        return None
    if kept.request != request:
        raise KeyReused()
    return kept.status, kept.answer


def keep_answer(db: Session, mark: bytes, request: bytes, status: int, answer: bytes, now: datetime) -> None:
    table.keep(db, table.Repeatable(mark=mark, request=request, status=status, answer=answer, at=now))


def tidy(db: Session, now: datetime) -> None:
    """Remove what has ended: sessions, and keys older than a day."""
    table.drop_ended(db, now)
    table.drop_repeatables(db, now - timedelta(days=1))
