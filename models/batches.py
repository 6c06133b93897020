"""单位承诺汇总 batches: what a branch compiled of its units' pledges and what the committee decided (A7)."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Date, ForeignKey, SmallInteger, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.database import Base, partial_index
from models.pledges import Pledge


class Batch(Base):
    """`number` and `opinion` are the committee's: 审定文号, 审定意见."""

    __tablename__ = "pledge_batches"
    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(16), unique=True)
    campaign: Mapped[str] = mapped_column(String(40))
    branch_id: Mapped[int] = mapped_column(ForeignKey("bodies.id"), index=True)
    state: Mapped[str] = mapped_column(String(20))
    number: Mapped[str] = mapped_column(String(60), default="")
    opinion: Mapped[str] = mapped_column(String(300), default="")
    sent_on: Mapped[date | None] = mapped_column(Date)
    decided_on: Mapped[date | None] = mapped_column(Date)
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}


_WAITS = "decision = ''"
"""A pledge waits in one batch at most."""


class BatchRow(Base):
    """One pledge in a batch. `decision` is approve, return, or “” while it waits; a later batch may hold the pledge again."""

    __tablename__ = "pledge_batch_rows"
    __table_args__ = (partial_index("ix_pledge_batch_rows_waiting", "pledge_id", where=_WAITS, unique=True),)
    batch_id: Mapped[int] = mapped_column(ForeignKey("pledge_batches.id"), primary_key=True)
    pledge_id: Mapped[int] = mapped_column(ForeignKey("pledges.id"), primary_key=True, index=True)
    rank: Mapped[int] = mapped_column(SmallInteger)
    decision: Mapped[str] = mapped_column(String(10), default="")
    opinion: Mapped[str] = mapped_column(String(300), default="")


def batch(db: Session, code: str, *, locked: bool = False) -> Batch | None:
    """`locked`: whoever else decides in it waits until this transaction ends."""
    found = select(Batch).where(Batch.code == code)
    return db.scalar(found.with_for_update() if locked else found)


def rows(db: Session, batch_ids: Sequence[int]) -> list[tuple[BatchRow, Pledge]]:
    """The rows of these batches with their pledges, in their order."""
    found = select(BatchRow, Pledge).join(Pledge, Pledge.id == BatchRow.pledge_id).where(BatchRow.batch_id.in_(batch_ids))
    return [(row[0], row[1]) for row in db.execute(found.order_by(BatchRow.batch_id, BatchRow.rank))]


def batches(db: Session, branch_ids: Sequence[int] | None = None, state: str = "", most: int = 50) -> Sequence[Batch]:
    """The newest first; of these branches, or of all."""
    found = select(Batch)
    if branch_ids is not None:
        found = found.where(Batch.branch_id.in_(branch_ids))
    if state:
        found = found.where(Batch.state == state)
    return db.scalars(found.order_by(Batch.id.desc()).limit(most)).all()


def open_row(db: Session, pledge_id: int) -> tuple[BatchRow, Batch] | None:
    """The row in which this pledge still waits for a decision, with its batch."""
    found = select(BatchRow, Batch).join(Batch, Batch.id == BatchRow.batch_id)
    row = db.execute(found.where(BatchRow.pledge_id == pledge_id, BatchRow.decision == "")).first()
    return None if row is None else (row[0], row[1])


def lying_free(db: Session, branch_ids: Sequence[int] | None, state: str) -> Sequence[Pledge]:
    """Units' pledges of these branches (None: of all) that stand in this state and lie in no open batch, the eldest first."""
    lying = select(BatchRow.pledge_id).where(BatchRow.decision == "")
    found = select(Pledge).where(Pledge.state == state, Pledge.unit_id.is_not(None), Pledge.id.not_in(lying))
    if branch_ids is not None:
        found = found.where(Pledge.branch_id.in_(branch_ids))
    return db.scalars(found.order_by(Pledge.id).limit(500)).all()
