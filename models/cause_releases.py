"""公开未兑现情况: who proposed, who decided, what is shown where until when, and what the author answered (P12)."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, String, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.database import Base, UtcTime


class CauseRelease(Base):
    """`until` is its last day in public, `hear_until` the last day on which the author's answer is waited for."""

    __tablename__ = "cause_releases"
    id: Mapped[int] = mapped_column(primary_key=True)
    pledge_id: Mapped[int] = mapped_column(ForeignKey("pledges.id"), index=True)
    form: Mapped[str] = mapped_column(String(10))
    words: Mapped[str] = mapped_column(String(300))
    scope: Mapped[str] = mapped_column(String(10))
    until: Mapped[date] = mapped_column(Date)
    hear_until: Mapped[date] = mapped_column(Date)
    reply: Mapped[str] = mapped_column(String(300), default="")
    proposer_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    proposed_at: Mapped[datetime] = mapped_column(UtcTime)
    decider_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    decided_on: Mapped[date | None] = mapped_column(Date)
    state: Mapped[str] = mapped_column(String(10), index=True)
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}


def release(db: Session, release_id: int) -> CauseRelease | None:
    return db.get(CauseRelease, release_id)


def latest(db: Session, most: int = 100) -> Sequence[CauseRelease]:
    """The newest first."""
    return db.scalars(select(CauseRelease).order_by(CauseRelease.id.desc()).limit(most)).all()


def in_state(db: Session, state: str) -> Sequence[CauseRelease]:
    """The oldest first."""
    return db.scalars(select(CauseRelease).where(CauseRelease.state == state).order_by(CauseRelease.id)).all()


def of_pledge(db: Session, pledge_id: int, states: Collection[str]) -> CauseRelease | None:
    """The last one in these states."""
    found = select(CauseRelease).where(CauseRelease.pledge_id == pledge_id, CauseRelease.state.in_(states))
    return db.scalars(found.order_by(CauseRelease.id.desc()).limit(1)).first()


def running(db: Session, state: str, day: date) -> Sequence[CauseRelease]:
    """What is in public on this day."""
    return db.scalars(select(CauseRelease).where(CauseRelease.state == state, CauseRelease.until >= day)).all()


def blank_ended_before(db: Session, states: Collection[str], before: date) -> None:
    """Words and answers of those that are over, when a year has passed."""
    over = update(CauseRelease).where(CauseRelease.state.in_(states), CauseRelease.until < before, CauseRelease.words != "")
    db.execute(over.values(words="", reply="", version=CauseRelease.version + 1))
