"""报送 submissions: every version handed in with its receipt, what was decided on it, and extensions asked for (F04)."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Date, ForeignKey, Row, String, Text, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.campaigns import TaskRow
from models.database import Base, UtcTime, insert_unless_there, table_of
from models.todos import Todo


class Submission(Base):
    """One version. `receipt_year` and `receipt_no` make its receipt; `decision` is “”, returned or accepted."""

    __tablename__ = "submissions"
    __table_args__ = (UniqueConstraint("todo_id", "no"), UniqueConstraint("receipt_year", "receipt_no"))
    id: Mapped[int] = mapped_column(primary_key=True)
    todo_id: Mapped[int] = mapped_column(ForeignKey("todos.id"))
    no: Mapped[int]
    receipt_year: Mapped[int]
    receipt_no: Mapped[int]
    kind: Mapped[str] = mapped_column(String(10))
    words: Mapped[str] = mapped_column(Text)
    meeting: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    handed_in_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    handed_in_at: Mapped[datetime] = mapped_column(UtcTime, index=True)
    late: Mapped[bool]
    on_paper: Mapped[bool] = mapped_column(default=False)
    decision: Mapped[str] = mapped_column(String(10), default="")
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcTime)
    why: Mapped[str] = mapped_column(String(300), default="")


class ReceiptCounter(Base):
    """收字: the last number given out in a year."""

    __tablename__ = "receipt_counters"
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int]


class Extension(Base):
    """延期申请: until when, why, and the answer."""

    __tablename__ = "extensions"
    id: Mapped[int] = mapped_column(primary_key=True)
    todo_id: Mapped[int] = mapped_column(ForeignKey("todos.id"), index=True)
    state: Mapped[str] = mapped_column(String(10), index=True)
    asked_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    asked_at: Mapped[datetime] = mapped_column(UtcTime)
    until: Mapped[date] = mapped_column(Date)
    why: Mapped[str] = mapped_column(String(300))
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    answer: Mapped[str] = mapped_column(String(300), default="")
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}


_COUNTER = table_of(ReceiptCounter)


def next_receipt(db: Session, year: int) -> int:
    """The year's next number, in one statement: two at once never get the same, and a hand-in that fails gives its number back."""
    one = insert_unless_there(db, _COUNTER).values(year=year, last=1)
    grown = one.on_conflict_do_update(index_elements=["year"], set_={"last": _COUNTER.c.last + 1})
    return int(db.execute(grown.returning(_COUNTER.c.last)).scalar_one())


def of_todo(db: Session, todo_id: int) -> Sequence[Submission]:
    """All versions, the first first."""
    return db.scalars(select(Submission).where(Submission.todo_id == todo_id).order_by(Submission.no)).all()


def of_todos(db: Session, todo_ids: Collection[int]) -> dict[int, Submission]:
    """The newest version of each."""
    rows = db.scalars(select(Submission).where(Submission.todo_id.in_(todo_ids)).order_by(Submission.no))
    return {row.todo_id: row for row in rows}


def by_receipt(db: Session, year: int, no: int) -> Submission | None:
    return db.scalar(select(Submission).where(Submission.receipt_year == year, Submission.receipt_no == no))


def extension(db: Session, extension_id: int) -> Extension | None:
    return db.get(Extension, extension_id)


def extensions_of(db: Session, todo_id: int) -> Sequence[Extension]:
    return db.scalars(select(Extension).where(Extension.todo_id == todo_id).order_by(Extension.id)).all()


def extensions_asked(db: Session) -> Sequence[Row[Extension, Todo, TaskRow]]:
    """Those without an answer, the oldest first."""
    found = select(Extension, Todo, TaskRow).join(Todo, Todo.id == Extension.todo_id).join(TaskRow, TaskRow.id == Todo.task_id)
    return db.execute(found.where(Extension.state == "asked").order_by(Extension.id)).all()


def returns_of(db: Session, campaign_id: int) -> dict[int, int]:
    """task → how often something handed in was returned."""
    found = select(Todo.task_id, func.count()).join(Submission, Submission.todo_id == Todo.id)
    rows = db.execute(found.where(Todo.campaign_id == campaign_id, Submission.decision == "returned").group_by(Todo.task_id))
    return {row[0]: row[1] for row in rows}
