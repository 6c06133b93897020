"""登录 sessions of the mini-program and the keys that make a repeated request give its first answer (R02, R30)."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, LargeBinary, delete, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.database import Base, UtcTime, table_of
from models.people import Contact
from models.prepared import Add, Find


class SignedIn(Base):
    """One log-in: the token itself is nowhere, only its digest."""

    __tablename__ = "sessions"
    digest: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    contact: Mapped[str] = mapped_column(ForeignKey("contacts.mark"), index=True)
    ends_at: Mapped[datetime] = mapped_column(UtcTime, index=True)


class Repeatable(Base):
    """Idempotency-Key: what was asked (digest) and what was answered, for 24 hours."""

    __tablename__ = "repeatables"
    mark: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    request: Mapped[bytes] = mapped_column(LargeBinary)
    status: Mapped[int]
    answer: Mapped[bytes] = mapped_column(LargeBinary)
    at: Mapped[datetime] = mapped_column(UtcTime, index=True)


_S, _C, _R = table_of(SignedIn), table_of(Contact), table_of(Repeatable)
_WHO = select(_S.c.contact, _C.c.openid_sealed, _C.c.person_id).join(_C, _C.c.mark == _S.c.contact)
_SESSIONS = Find(_S, "digest", ("digest", "contact", "ends_at"), "JOIN contacts ON contacts.mark = sessions.contact", [_C.c.openid_sealed])
_REPEATED = Find(_R, "mark", ("mark", "request", "status", "answer"))
_KEEP = Add(_R, ("mark", "request", "status", "answer", "at"))


def add(db: Session, digest: bytes, contact: str, ends_at: datetime) -> None:
    db.add(SignedIn(digest=digest, contact=contact, ends_at=ends_at))


def who(db: Session, digest: bytes, now: datetime) -> tuple[str, bytes, int | None] | None:
    """(contact, sealed openid, person) behind a token's digest, or None when it ended."""
    row = db.execute(_WHO.where(_S.c.digest == digest, _S.c.ends_at > now)).first()
    return None if row is None else (row[0], row[1], row[2])


def announce(db: Session, digests: Collection[bytes]) -> None:
    """`who_all` will be asked for these."""
    _SESSIONS.announce(db, list(digests))


def who_all(db: Session, digests: Collection[bytes], now: datetime) -> dict[bytes, tuple[str, bytes]]:
    """digest → (contact, sealed openid), for those that have not ended."""
    return {found: (contact, sealed) for found, contact, ends_at, sealed in _SESSIONS(db, list(digests)) if ends_at > now}


def end(db: Session, digest: bytes) -> None:
    db.execute(delete(SignedIn).where(SignedIn.digest == digest))


def end_all_of(db: Session, contact: str, now: datetime) -> None:
    db.execute(update(SignedIn).where(SignedIn.contact == contact).values(ends_at=now))


def drop_all_of(db: Session, contacts: Sequence[str]) -> None:
    db.execute(delete(SignedIn).where(SignedIn.contact.in_(contacts)))


def drop_ended(db: Session, now: datetime) -> None:
    db.execute(delete(SignedIn).where(SignedIn.ends_at < now))


def announce_repeated(db: Session, marks: Collection[bytes]) -> None:
    """`repeated` will be asked for these."""
    _REPEATED.announce(db, list(marks))


def repeated(db: Session, marks: Collection[bytes]) -> list[tuple[bytes, bytes, int, bytes]]:
    """(mark, request, status, answer) of the kept answers under these marks."""
    return [(mark, request, status, answer) for mark, request, status, answer in _REPEATED(db, list(marks))]


def keep(db: Session, rows: Sequence[dict[str, Any]]) -> None:
    """A mark that another process has just kept is an IntegrityError: the deed is undone and done again, and finds that answer."""
    _KEEP.later(db, sorted(rows, key=lambda row: bytes(row["mark"])))


def drop_repeatables(db: Session, before: datetime) -> None:
    db.execute(delete(Repeatable).where(Repeatable.at < before))
