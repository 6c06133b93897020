"""到点 slots: every due time of a regular round that was carried out; a row can be written once, by one clock (reliability.md 3.2)."""

from datetime import datetime

from sqlalchemy import String, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.database import Base, UtcTime, insert_unless_there, table_of


class Slot(Base):
    """`name` is the round's, `due_at` when it was due, `done_at` when it was carried out."""

    __tablename__ = "slots"
    name: Mapped[str] = mapped_column(String(20), primary_key=True)
    due_at: Mapped[datetime] = mapped_column(UtcTime, primary_key=True)
    done_at: Mapped[datetime] = mapped_column(UtcTime)
    done_by: Mapped[str] = mapped_column(String(60))


def take(db: Session, name: str, due_at: datetime, now: datetime, who: str) -> bool:
    """Whether it was still to be done; from now on it is. A second clock waits here for the first one's commit."""
    row = insert_unless_there(db, table_of(Slot)).values(name=name, due_at=due_at, done_at=now, done_by=who)
    return db.execute(row.on_conflict_do_nothing().returning(table_of(Slot).c.name)).first() is not None


def last(db: Session, name: str) -> datetime | None:
    """The latest one that was carried out."""
    return db.scalar(select(func.max(Slot.due_at)).where(Slot.name == name))
