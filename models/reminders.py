"""提醒 reminders: one row for each person, deadline and moment, written once: what was sent with which letter, what was not and why (F40)."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import Date, ForeignKey, Index, Row, String, UniqueConstraint, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.database import Base, UtcTime, insert_unless_there, table_of
from models.letters import Letter


class Reminder(Base):
    """`moment` is before:7, due, overdue:3, above:3, or urge:20261116, an urging of that day. `letter` is the once-key of the digest
    it went into; `passed` says why it did not.
    """

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


def told_in(db: Session, person_id: int, todo_ids: Sequence[int], moment: str, once: str) -> None:
    """The letter that tells this person of these things at this moment."""
    db.execute(update(_R).where(_R.c.person_id == person_id, _R.c.todo_id.in_(todo_ids), _R.c.moment == moment).values(letter=once))


def redirect(db: Session, before: str, now: str) -> None:
    """What one letter was to tell, another tells."""
    db.execute(update(_R).where(_R.c.letter == before).values(letter=now))


def of_todo(db: Session, todo_id: int) -> Sequence[Row[Reminder, Letter | None]]:
    """(reminder, its letter or None), in order."""
    found = select(Reminder, Letter).outerjoin(Letter, Letter.once == Reminder.letter).where(Reminder.todo_id == todo_id)
    return cast(Sequence[Row[Reminder, Letter | None]], db.execute(found.order_by(Reminder.day, Reminder.id)).all())


def passed_since(db: Session, day: date) -> int:
    """How many were marked 过期未发 since that day."""
    return len(db.scalars(select(Reminder.id).where(Reminder.day >= day, Reminder.passed != "")).all())
