"""待办 todos: one row for each task and each body, window or person that the task binds (A3, A20)."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Date, ForeignKey, Index, Row, Select, String, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.campaigns import CampaignRow, TaskRow
from models.database import Base, insert_unless_there, table_of


class Todo(Base):
    """`subject` is who owes (`body:3`, `window:2`, `person:7`), with the same id in its own column. `firm` when the document names the day.

    `late` is set with the first hand-in after the due day, and never taken back.
    """

    __tablename__ = "todos"
    __table_args__ = (UniqueConstraint("task_id", "subject"), Index("ix_todos_state_due_on", "state", "due_on"))
    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"), index=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("tasks.id"))
    subject: Mapped[str] = mapped_column(String(24), index=True)
    body_id: Mapped[int | None] = mapped_column(ForeignKey("bodies.id"))
    window_id: Mapped[int | None] = mapped_column(ForeignKey("service_windows.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    state: Mapped[str] = mapped_column(String(12))
    opens_on: Mapped[date] = mapped_column(Date)
    due_on: Mapped[date] = mapped_column(Date)
    firm: Mapped[bool]
    due_words: Mapped[str] = mapped_column(String(400))
    own_day: Mapped[bool] = mapped_column(default=False)
    handed_in_on: Mapped[date | None] = mapped_column(Date)
    late: Mapped[bool] = mapped_column(default=False)
    paused_on: Mapped[date | None] = mapped_column(Date)
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}


_T = table_of(Todo)
Listed = Row[Todo, TaskRow, CampaignRow]


def add_missing(db: Session, rows: Sequence[dict[str, Any]]) -> list[int]:
    """Insert those that are not there yet, by task and subject; the ids of the new ones."""
    added: list[int] = []
    for start in range(0, len(rows), 500):
        insert = insert_unless_there(db, _T).values([*rows[start : start + 500]]).on_conflict_do_nothing(index_elements=["task_id", "subject"])
        added += db.execute(insert.returning(_T.c.id)).scalars().all()
    return added


def keys_of(db: Session, campaign_id: int) -> set[tuple[int, str]]:
    """(task, subject) of every todo there is."""
    return {(row.task_id, row.subject) for row in db.execute(select(Todo.task_id, Todo.subject).where(Todo.campaign_id == campaign_id))}


def todo(db: Session, todo_id: int) -> Todo | None:
    return db.get(Todo, todo_id)


def of_campaign(db: Session, campaign_id: int) -> Sequence[Todo]:
    return db.scalars(select(Todo).where(Todo.campaign_id == campaign_id).order_by(Todo.due_on, Todo.id)).all()


def of_task(db: Session, task_id: int) -> Sequence[Todo]:
    return db.scalars(select(Todo).where(Todo.task_id == task_id).order_by(Todo.id)).all()


def _listed() -> Select[Todo, TaskRow, CampaignRow]:
    joined = select(Todo, TaskRow, CampaignRow).join(TaskRow, TaskRow.id == Todo.task_id).join(CampaignRow, CampaignRow.id == Todo.campaign_id)
    return joined.order_by(Todo.due_on, TaskRow.rank, Todo.id)


def listed(db: Session, todo_id: int) -> Listed | None:
    """One, with its task and campaign."""
    return db.execute(_listed().where(Todo.id == todo_id)).one_or_none()


def some(db: Session, ids: Collection[int]) -> Sequence[Listed]:
    """These of campaigns that run, with task and campaign."""
    return db.execute(_listed().where(Todo.id.in_(ids), CampaignRow.state == "running")).all()


def of_subjects(db: Session, subjects: Collection[str], states: Collection[str]) -> Sequence[Listed]:
    """What these owe in campaigns that run, the oldest due day first."""
    if not subjects:
        return []
    return db.execute(_listed().where(Todo.subject.in_(subjects), Todo.state.in_(states), CampaignRow.state == "running")).all()


def between(db: Session, first: date, last: date, states: Collection[str]) -> Sequence[Listed]:
    """Everything in these states that is due from one day to another, in campaigns that run."""
    return db.execute(_listed().where(Todo.due_on.between(first, last), Todo.state.in_(states), CampaignRow.state == "running")).all()


def in_state(db: Session, state: str) -> Sequence[Listed]:
    """Everything in this state in campaigns that run."""
    return db.execute(_listed().where(Todo.state == state, CampaignRow.state == "running")).all()


def page_of_campaign(
    db: Session, campaign_id: int, states: Collection[str], subjects: Collection[str] = (), task_id: int | None = None
) -> Sequence[Listed]:
    """Those of one campaign, narrowed down."""
    found = _listed().where(Todo.campaign_id == campaign_id, Todo.state.in_(states))
    found = found.where(Todo.subject.in_(subjects)) if subjects else found
    return db.execute(found.where(Todo.task_id == task_id) if task_id else found).all()


def counts(db: Session, campaign_id: int, today: date) -> Sequence[Row[int, str, bool, bool, int]]:
    """(task, state, whether overdue today, whether handed in late, how many)."""
    overdue = (Todo.due_on < today).label("overdue")
    found = select(Todo.task_id, Todo.state, overdue, Todo.late, func.count()).where(Todo.campaign_id == campaign_id)
    return db.execute(found.group_by(Todo.task_id, Todo.state, overdue, Todo.late)).all()


def due_days(db: Session, first: date, last: date) -> Sequence[tuple[date, int]]:
    """(due day, campaign) of everything that is owed in campaigns that run."""
    found = select(Todo.due_on, Todo.campaign_id).join(CampaignRow, CampaignRow.id == Todo.campaign_id)
    found = found.where(Todo.due_on.between(first, last), Todo.state.in_(("open", "returned")), CampaignRow.state == "running")
    return [(row[0], row[1]) for row in db.execute(found.distinct().order_by(Todo.due_on))]


def crowded(db: Session, several: int) -> Sequence[tuple[date, list[str], int]]:
    """due day → its tasks, and how many subjects owe `several` of them or more on that day."""
    tasks: dict[date, list[str]] = {}
    for day, title in db.execute(select(Todo.due_on, TaskRow.title).join(TaskRow, TaskRow.id == Todo.task_id).distinct().order_by(Todo.due_on)):
        tasks.setdefault(day, []).append(title)
    each = select(Todo.due_on, Todo.subject).group_by(Todo.due_on, Todo.subject).having(func.count() >= several).subquery()
    owing = {row[0]: row[1] for row in db.execute(select(each.c.due_on, func.count()).group_by(each.c.due_on))}
    return [(day, titles, owing.get(day, 0)) for day, titles in tasks.items()]
