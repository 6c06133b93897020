"""订阅消息授权: the ledger per address and template: accepted, used, lost; the balance is what is left of it (mission F42)."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, bindparam, delete, func, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.database import Base, UtcTime, insert_unless_there, table_of
from models.prepared import Find


class MessageConsent(Base):
    """`hinted_at` is the last report of the client that no event has proved yet, `proved_at` the last event without a report."""

    __tablename__ = "message_consents"
    __table_args__ = (CheckConstraint("accepted >= used + lost", name="never_negative"),)
    contact: Mapped[str] = mapped_column(ForeignKey("contacts.mark", ondelete="CASCADE"), primary_key=True)
    template_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    accepted: Mapped[int] = mapped_column(default=0)
    used: Mapped[int] = mapped_column(default=0)
    lost: Mapped[int] = mapped_column(default=0)
    hinted_at: Mapped[datetime | None] = mapped_column(UtcTime)
    proved_at: Mapped[datetime | None] = mapped_column(UtcTime)
    refused_at: Mapped[datetime | None] = mapped_column(UtcTime)


_C = table_of(MessageConsent)
_LEFT = Find(_C, "contact", ("contact", "template_id", "accepted", "used", "lost"))
_KEY = (_C.c.contact == bindparam("of"), _C.c.template_id == bindparam("to"))
_USE = update(_C).where(*_KEY, _C.c.accepted > _C.c.used + _C.c.lost).values(used=_C.c.used + 1)
_LOSE = update(_C).where(*_KEY).values(lost=_C.c.accepted - _C.c.used, refused_at=bindparam("at"))


def of_contacts(db: Session, marks: Sequence[str]) -> list[tuple[str, str, int]]:
    """(contact, template, how many are left)."""
    return [(contact, template, accepted - used - lost) for contact, template, accepted, used, lost in _LEFT(db, marks)]


def row(db: Session, contact: str, template_id: str) -> MessageConsent:
    """The line of the ledger, opened when it is not there."""
    blank = {"contact": contact, "template_id": template_id, "accepted": 0, "used": 0, "lost": 0}
    db.execute(insert_unless_there(db, _C).values(**blank).on_conflict_do_nothing())
    found = select(MessageConsent).where(MessageConsent.contact == contact, MessageConsent.template_id == template_id).with_for_update()
    return db.scalars(found.execution_options(populate_existing=True)).one()


def use(db: Session, keys: Sequence[tuple[str, str]]) -> None:
    """One less each, never below nothing."""
    if keys:
        db.connection().execute(_USE, [{"of": contact, "to": template_id} for contact, template_id in keys])


def lose(db: Session, keys: Sequence[tuple[str, str]], now: datetime) -> None:
    """WeChat says there is nothing: so there is nothing."""
    if keys:
        db.connection().execute(_LOSE, [{"of": contact, "to": template_id, "at": now} for contact, template_id in keys])


def drop(db: Session, contact: str) -> None:
    db.execute(delete(MessageConsent).where(MessageConsent.contact == contact))


def totals(db: Session) -> dict[str, tuple[int, int]]:
    """template → (messages still allowed, by how many people)."""
    left = _C.c.accepted - _C.c.used - _C.c.lost
    found = select(_C.c.template_id, func.sum(left), func.count().filter(left > 0)).group_by(_C.c.template_id)
    return {template_id: (int(some or 0), int(people or 0)) for template_id, some, people in db.execute(found)}
