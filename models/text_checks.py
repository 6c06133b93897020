"""内容安全 text_checks: which words of citizens wait to be looked at, and what was found."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.database import Base, UtcTime


class TextCheck(Base):
    """`thing` and `thing_id` say whose words; `due_at` is when a machine looks at them next."""

    __tablename__ = "text_checks"
    __table_args__ = (UniqueConstraint("thing", "thing_id"), Index("ix_text_checks_state_due_at", "state", "due_at"))
    id: Mapped[int] = mapped_column(primary_key=True)
    thing: Mapped[str] = mapped_column(String(20))
    thing_id: Mapped[int]
    contact: Mapped[str | None] = mapped_column(String(32))
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    verdict: Mapped[str] = mapped_column(String(100), default="")
    tries: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime] = mapped_column(UtcTime)
    judged_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}


def of(db: Session, thing: str, thing_id: int) -> TextCheck | None:
    return db.scalar(select(TextCheck).where(TextCheck.thing == thing, TextCheck.thing_id == thing_id))


def by_id(db: Session, check_id: int) -> TextCheck | None:
    return db.get(TextCheck, check_id)


def due(db: Session, now: datetime, most: int) -> Sequence[TextCheck]:
    found = select(TextCheck).where(TextCheck.state == "waiting", TextCheck.due_at <= now)
    return db.scalars(found.order_by(TextCheck.due_at, TextCheck.id).limit(most).with_for_update(skip_locked=True)).all()


def put_off(db: Session, ids: Sequence[int], until: datetime) -> None:
    """Taken in hand by one machine; if it dies, another looks after `until`."""
    db.execute(update(TextCheck).where(TextCheck.id.in_(ids)).values(due_at=until, tries=TextCheck.tries + 1, version=TextCheck.version + 1))


def in_state(db: Session, states: Sequence[str], after: int = 0, most: int = 50) -> Sequence[TextCheck]:
    return db.scalars(select(TextCheck).where(TextCheck.state.in_(states), TextCheck.id > after).order_by(TextCheck.id).limit(most)).all()


def forget_contacts(db: Session, marks: Sequence[str]) -> None:
    """These phones are nobody's any more: their words are looked at without a writer."""
    db.execute(update(TextCheck).where(TextCheck.contact.in_(marks)).values(contact=None))
