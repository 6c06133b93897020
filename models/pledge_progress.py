"""践诺进展 progress: what was reported of a pledge, entry by entry; nothing is overwritten (A12)."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Date, ForeignKey, SmallInteger, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.database import Base


class Progress(Base):
    """`kind`: progress, fulfil (报告兑现) or excuse (说明客观原因)."""

    __tablename__ = "pledge_progress"
    id: Mapped[int] = mapped_column(primary_key=True)
    pledge_id: Mapped[int] = mapped_column(ForeignKey("pledges.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    kind: Mapped[str] = mapped_column(String(10))
    percent: Mapped[int] = mapped_column(SmallInteger)
    words: Mapped[str] = mapped_column(String(500))
    day: Mapped[date] = mapped_column(Date)


def of_pledge(db: Session, pledge_id: int) -> Sequence[Progress]:
    """The oldest first."""
    return db.scalars(select(Progress).where(Progress.pledge_id == pledge_id).order_by(Progress.id)).all()
