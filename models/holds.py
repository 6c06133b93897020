"""封停 holds: calls that WeChat has closed for the minute or the day; kept, so that a new process does not try them again (R10)."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import String, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.database import Base, UtcTime


class Hold(Base):
    """`way` is account and channel."""

    __tablename__ = "holds"
    way: Mapped[str] = mapped_column(String(40), primary_key=True)
    until: Mapped[datetime] = mapped_column(UtcTime)
    daily: Mapped[bool]
    since: Mapped[datetime] = mapped_column(UtcTime)


def put(db: Session, way: str, until: datetime, daily: bool, now: datetime) -> None:
    db.merge(Hold(way=way, until=until, daily=daily, since=now))
    db.flush()


def open_at(db: Session, now: datetime) -> Sequence[Hold]:
    """Those still in force."""
    return db.scalars(select(Hold).where(Hold.until > now).order_by(Hold.way)).all()


def drop_before(db: Session, now: datetime) -> None:
    db.execute(delete(Hold).where(Hold.until <= now))
