"""公开方式 disclosures: what a person let the public see of him, since when, and when he took it back (P03, P04, PIPL 25, 29)."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, String, delete, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.database import Base, UtcTime


class Disclosure(Base):
    """One consent for one item; `form` says how it may be shown. Taken back: `ended_at`."""

    __tablename__ = "disclosures"
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    item: Mapped[str] = mapped_column(String(20))
    form: Mapped[str] = mapped_column(String(10))
    given_at: Mapped[datetime] = mapped_column(UtcTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcTime)


def end(db: Session, person_id: int, item: str, now: datetime) -> None:
    """The running consent for this item is taken back."""
    running = Disclosure.person_id == person_id, Disclosure.item == item, Disclosure.ended_at.is_(None)
    db.execute(update(Disclosure).where(*running).values(ended_at=now))


def running(db: Session, item: str, person_ids: Sequence[int]) -> frozenset[int]:
    """Who of these consents to this item now."""
    found = select(Disclosure.person_id).where(Disclosure.item == item, Disclosure.ended_at.is_(None), Disclosure.person_id.in_(person_ids))
    return frozenset(db.scalars(found))


def of(db: Session, person_id: int) -> Sequence[Disclosure]:
    """All ever given, eldest first."""
    return db.scalars(select(Disclosure).where(Disclosure.person_id == person_id).order_by(Disclosure.id)).all()


def drop_ended_before(db: Session, moment: datetime) -> None:
    db.execute(delete(Disclosure).where(Disclosure.ended_at < moment))
