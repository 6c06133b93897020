"""重点工程 works with their milestones, and the pledges tied to them (A11)."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Date, ForeignKey, String, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column
from sqlalchemy.orm.attributes import flag_modified

from models.database import Base
from models.pledges import Pledge


class Work(Base):
    """`branch_id` answers for it; `section` is the responsible section as the office writes it."""

    __tablename__ = "works"
    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(16), unique=True)
    name: Mapped[str] = mapped_column(String(60))
    branch_id: Mapped[int | None] = mapped_column(ForeignKey("bodies.id"), index=True)
    section: Mapped[str] = mapped_column(String(60), default="")
    summary: Mapped[str] = mapped_column(String(300), default="")
    percent: Mapped[int] = mapped_column(default=0)
    delay_words: Mapped[str] = mapped_column(String(300), default="")
    state: Mapped[str] = mapped_column(String(12), default="draft", index=True)
    published_on: Mapped[date | None] = mapped_column(Date)
    updated_on: Mapped[date] = mapped_column(Date)
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}


class WorkMilestone(Base):
    """节点: `planned` is the date first made public and never changes; `expected` is where it was moved to."""

    __tablename__ = "work_milestones"
    id: Mapped[int] = mapped_column(primary_key=True)
    work_id: Mapped[int] = mapped_column(ForeignKey("works.id"), index=True)
    rank: Mapped[int] = mapped_column(default=0)
    name: Mapped[str] = mapped_column(String(60))
    planned: Mapped[date] = mapped_column(Date)
    expected: Mapped[date | None] = mapped_column(Date)
    actual: Mapped[date | None] = mapped_column(Date)
    note: Mapped[str] = mapped_column(String(200), default="")


class WorkPledge(Base):
    """Which pledges speak of this work."""

    __tablename__ = "work_pledges"
    work_id: Mapped[int] = mapped_column(ForeignKey("works.id"), primary_key=True)
    pledge_id: Mapped[int] = mapped_column(ForeignKey("pledges.id"), primary_key=True, index=True)


def work(db: Session, code: str) -> Work | None:
    return db.scalar(select(Work).where(Work.code == code))


def listed(db: Session, states: Sequence[str], after: int = 0, most: int = 50) -> Sequence[Work]:
    return db.scalars(select(Work).where(Work.state.in_(states), Work.id > after).order_by(Work.id).limit(most)).all()


def milestones_of(db: Session, work_ids: Sequence[int]) -> dict[int, list[WorkMilestone]]:
    """Work → its milestones in order."""
    found: dict[int, list[WorkMilestone]] = {one: [] for one in work_ids}
    ordered = select(WorkMilestone).where(WorkMilestone.work_id.in_(work_ids)).order_by(WorkMilestone.work_id, WorkMilestone.rank, WorkMilestone.id)
    for row in db.scalars(ordered):
        found[row.work_id].append(row)
    return found


def touch(row: Work) -> None:
    """A change of its milestones alone makes a new version of the work too: two who write at once must see each other."""
    flag_modified(row, "updated_on")


def replace_milestones(db: Session, work_id: int, rows: Sequence[WorkMilestone]) -> None:
    """What is handed in stays or comes, all else goes."""
    kept = [row.id for row in rows if row.id is not None]
    db.execute(delete(WorkMilestone).where(WorkMilestone.work_id == work_id, WorkMilestone.id.not_in(kept)))
    db.add_all(row for row in rows if row.id is None)
    db.flush()


def tie(db: Session, work_id: int, pledge_ids: Sequence[int]) -> None:
    """These pledges and no others."""
    db.execute(delete(WorkPledge).where(WorkPledge.work_id == work_id))
    db.add_all(WorkPledge(work_id=work_id, pledge_id=one) for one in dict.fromkeys(pledge_ids))
    db.flush()


def pledges_of(db: Session, work_id: int) -> Sequence[Pledge]:
    tied = select(Pledge).join(WorkPledge, WorkPledge.pledge_id == Pledge.id).where(WorkPledge.work_id == work_id)
    return db.scalars(tied.order_by(Pledge.id)).all()


def of_pledge(db: Session, pledge_id: int, states: Sequence[str]) -> Sequence[Work]:
    tied = select(Work).join(WorkPledge, WorkPledge.work_id == Work.id).where(WorkPledge.pledge_id == pledge_id, Work.state.in_(states))
    return db.scalars(tied.order_by(Work.id)).all()


def speak_of(db: Session, pledge_id: int, work_id: int | None) -> None:
    """The pledge speaks of this work and of no other; None: of none."""
    db.execute(delete(WorkPledge).where(WorkPledge.pledge_id == pledge_id))
    if work_id is not None:
        db.add(WorkPledge(work_id=work_id, pledge_id=pledge_id))
        db.flush()


def tied(db: Session, pledge_ids: Sequence[int]) -> set[int]:
    """Those of the pledges that speak of a work."""
    return set(db.scalars(select(WorkPledge.pledge_id).where(WorkPledge.pledge_id.in_(pledge_ids))))
