"""提醒 reminders: one row for each person, deadline and moment, written once: what was sent with which letter, what was not and why (F40)."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import Date, ForeignKey, Index, Row, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.database import Base, UtcTime, insert_unless_there, table_of
from models.letters import Letter


class Reminder(Base):
    """`moment` is before:7, due, overdue:3, above:3. `letter` is the once-key of the digest it went into; `passed` says why it did not."""

    __tablename__ = "reminders"
    __table_args__ = (UniqueConstraint("todo_id", "person_id", "due_on", "moment"), Index("ix_reminders_day", "day"))
    id: Mapped[int] = mapped_column(primary_key=True)
    todo_id: Mapped[int] = mapped_column(ForeignKey("todos.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    due_on: Mapped[date] = mapped_column(Date)
    moment: Mapped[str] = mapped_column(String(16))
    day: Mapped[date] = mapped_column(Date)
    letter: Mapped[str | None] = mapped_column(String(100))
    passed: Mapped[str] = mapped_column(String(60))
    written_at: Mapped[datetime] = mapped_column(UtcTime)


_R = table_of(Reminder)
_MANY = 1_000


def add(db: Session, rows: Sequence[dict[str, Any]]) -> set[tuple[int, int, str]]:
    """Write those that are not there yet; (todo, person, moment) of the new ones."""
    added: set[tuple[int, int, str]] = set()
    for start in range(0, len(rows), _MANY):
        insert = insert_unless_there(db, _R).values([*rows[start : start + _MANY]]).on_conflict_do_nothing()
        added |= {(todo, person, moment) for todo, person, moment in db.execute(insert.returning(_R.c.todo_id, _R.c.person_id, _R.c.moment))}
    return added


def of_todo(db: Session, todo_id: int) -> Sequence[Row[Reminder, Letter | None]]:
    """(reminder, its letter or None), in order."""
    found = select(Reminder, Letter).outerjoin(Letter, Letter.once == Reminder.letter).where(Reminder.todo_id == todo_id)
    return cast(Sequence[Row[Reminder, Letter | None]], db.execute(found.order_by(Reminder.day, Reminder.id)).all())


def passed_since(db: Session, day: date) -> int:
    """How many were marked 过期未发 since that day."""
    return len(db.scalars(select(Reminder.id).where(Reminder.day >= day, Reminder.passed != "")).all())
