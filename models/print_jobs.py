"""打印任务: what was asked for, how far it is, and where its file is until it expires."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.database import Base, UtcTime


class PrintJob(Base):
    """`wish` is what was asked for (`domain.print_jobs.Wish`), `beat_at` the last sign of whoever draws it, `told` what there is to say
    about it: notes of a finished paper, or why it failed.
    """

    __tablename__ = "print_jobs"
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    title: Mapped[str] = mapped_column(String(120))
    wish: Mapped[dict[str, Any]] = mapped_column(JSON)
    asked_at: Mapped[datetime] = mapped_column(UtcTime)
    beat_at: Mapped[datetime | None] = mapped_column(UtcTime)
    state: Mapped[str] = mapped_column(String(10), index=True)
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    pages: Mapped[int] = mapped_column(default=0)
    told: Mapped[list[str]] = mapped_column(JSON, default=list)
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}


def add(db: Session, job: PrintJob) -> PrintJob:
    db.add(job)
    db.flush()
    return job


def job(db: Session, job_id: int) -> PrintJob | None:
    return db.get(PrintJob, job_id)


def next_in(db: Session, state: str) -> PrintJob | None:
    """The oldest one."""
    return db.scalar(select(PrintJob).where(PrintJob.state == state).order_by(PrintJob.id).limit(1))


def silent(db: Session, state: str, since: datetime) -> Sequence[PrintJob]:
    """Those whose drawer has given no sign since then."""
    return db.scalars(select(PrintJob).where(PrintJob.state == state, PrintJob.beat_at < since)).all()


def asked_before(db: Session, state: str, moment: datetime) -> Sequence[PrintJob]:
    return db.scalars(select(PrintJob).where(PrintJob.state == state, PrintJob.asked_at < moment)).all()


def beat(db: Session, job_id: int, done: int, at: datetime) -> None:
    """A sign of whoever draws it; the row's version stays, for nothing was decided."""
    db.execute(update(PrintJob).where(PrintJob.id == job_id).values(done=done, beat_at=at, version=PrintJob.version))


def waiting(db: Session, person_id: int, states: Sequence[str]) -> int:
    """How many of this person's are not done."""
    return len(db.scalars(select(PrintJob.id).where(PrintJob.person_id == person_id, PrintJob.state.in_(states))).all())


def latest_of(db: Session, person_id: int, most: int) -> Sequence[PrintJob]:
    return db.scalars(select(PrintJob).where(PrintJob.person_id == person_id).order_by(PrintJob.id.desc()).limit(most)).all()
