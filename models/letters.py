"""信件 letters: what must leave the house, written with the deed; the clock claims, sends and settles them (design.md 2)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, func, or_, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.database import Base, UtcTime, table_of
from models.prepared import Add


class Letter(Base):
    """`once` makes writing it twice impossible. Addressed to a person or to a contact's mark, never to an openid."""

    __tablename__ = "letters"
    __table_args__ = (Index("ix_letters_state_due_at", "state", "due_at"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    once: Mapped[str] = mapped_column(String(100), unique=True)
    kind: Mapped[str] = mapped_column(String(30))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    contact: Mapped[str | None] = mapped_column(String(32))
    words: Mapped[dict[str, Any]] = mapped_column(JSON)
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    due_at: Mapped[datetime] = mapped_column(UtcTime)
    written_at: Mapped[datetime] = mapped_column(UtcTime)
    attempts: Mapped[int] = mapped_column(default=0)
    claimed_by: Mapped[str | None] = mapped_column(String(40))
    claimed_at: Mapped[datetime | None] = mapped_column(UtcTime)
    settled_at: Mapped[datetime | None] = mapped_column(UtcTime)
    channel: Mapped[str | None] = mapped_column(String(16))
    outcome: Mapped[str] = mapped_column(String(200), default="")


_L = table_of(Letter)
_WRITE = Add(
    _L,
    ("once", "kind", "person_id", "contact", "words", "state", "due_at", "written_at", "attempts", "outcome"),
    "ON CONFLICT (once) DO NOTHING",
)


def write(db: Session, rows: Sequence[dict[str, Any]]) -> None:
    """Letters under their once-keys; one already written stays as it is."""
    _WRITE.later(db, rows)


def claim(db: Session, who: str, now: datetime, most: int) -> Sequence[Letter]:
    """Take up to `most` that are due: by SKIP LOCKED on PostgreSQL, by the single writer on SQLite."""
    due = (
        select(_L.c.id)
        .where(_L.c.state == "waiting", _L.c.due_at <= now)
        .order_by(_L.c.due_at, _L.c.id)
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    taken = update(_L).where(_L.c.id.in_(due.scalar_subquery())).values(state="sending", claimed_by=who, claimed_at=now, attempts=_L.c.attempts + 1)
    ids = db.execute(taken.returning(_L.c.id)).scalars().all()
    return db.scalars(select(Letter).where(Letter.id.in_(ids)).order_by(Letter.id)).all()


def stale(db: Session, before: datetime) -> Sequence[Letter]:
    """Claims whose sender went silent: the outcome is unknown."""
    return db.scalars(select(Letter).where(Letter.state == "sending", Letter.claimed_at < before).with_for_update(skip_locked=True)).all()


def settle(db: Session, letter_id: int, who: str, values: dict[str, Any]) -> bool:
    """Record what became of it, if the claim is still ours."""
    done = db.execute(update(_L).where(_L.c.id == letter_id, _L.c.state == "sending", _L.c.claimed_by == who).values(**values).returning(_L.c.id))
    return done.first() is not None


def counts(db: Session) -> dict[str, int]:
    return {row[0]: row[1] for row in db.execute(select(_L.c.state, func.count()).group_by(_L.c.state))}


def waiting_since(db: Session, before: datetime) -> int:
    """Letters without an end that should have had one: what is stuck."""
    late = select(func.count()).select_from(_L).where(or_(_L.c.state == "waiting", _L.c.state == "sending"), _L.c.due_at < before)
    return int(db.scalar(late) or 0)


def of_person(db: Session, person_id: int) -> Sequence[Letter]:
    return db.scalars(select(Letter).where(Letter.person_id == person_id).order_by(Letter.id.desc())).all()


def forget_contacts(db: Session, marks: Sequence[str]) -> None:
    """Letters to these phones lose address and words; that they were sent stays."""
    db.execute(update(Letter).where(Letter.contact.in_(marks)).values(contact=None, words={}))


def blank_settled_before(db: Session, moment: datetime) -> None:
    """Words of letters long settled go: they name people. Kind, channel and time stay."""
    db.execute(update(Letter).where(Letter.settled_at < moment, Letter.person_id.is_not(None)).values(words={}))
