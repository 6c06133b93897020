"""异议 objections against published pledges; the number the citizen was given is made from the id."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Date, ForeignKey, LargeBinary, String, func, or_, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.database import Base
from models.pledges import Pledge


class ObjectionRow(Base):
    """`event` is who, what and when in one keyed mark: the same words sent twice on a day meet the same row. `contact` stands only
    where the citizen wants to be answered; `phone_sealed` goes ninety days after the end (P08).
    """

    __tablename__ = "objections"
    id: Mapped[int] = mapped_column(primary_key=True)
    event: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    pledge_id: Mapped[int] = mapped_column(ForeignKey("pledges.id"), index=True)
    branch_id: Mapped[int | None] = mapped_column(ForeignKey("bodies.id"), index=True)
    state: Mapped[str] = mapped_column(String(12), default="received", index=True)
    privacy: Mapped[str] = mapped_column(String(12))
    channel: Mapped[str] = mapped_column(String(12))
    text: Mapped[str] = mapped_column(String(500))
    contact: Mapped[str | None] = mapped_column(String(32))
    phone_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    opened_on: Mapped[date] = mapped_column(Date)
    due: Mapped[date] = mapped_column(Date)
    due_words: Mapped[str] = mapped_column(String(300), default="")
    answer: Mapped[str] = mapped_column(String(500), default="")
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    released_on: Mapped[date | None] = mapped_column(Date)
    text_public: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}


def by_number(db: Session, number: int) -> ObjectionRow | None:
    return db.get(ObjectionRow, number)


def by_event(db: Session, event: bytes) -> ObjectionRow | None:
    return db.scalar(select(ObjectionRow).where(ObjectionRow.event == event))


def pledge_of(db: Session, row: ObjectionRow) -> Pledge:
    return db.get_one(Pledge, row.pledge_id)


def answered_of(db: Session, pledge_id: int, states: Sequence[str], most: int) -> Sequence[ObjectionRow]:
    """Those with a released answer, the latest first."""
    found = select(ObjectionRow).where(ObjectionRow.pledge_id == pledge_id, ObjectionRow.state.in_(states))
    return db.scalars(found.order_by(ObjectionRow.id.desc()).limit(most)).all()


def counts_of(db: Session, pledge_id: int) -> dict[str, int]:
    """State → how many."""
    grouped = select(ObjectionRow.state, func.count()).where(ObjectionRow.pledge_id == pledge_id).group_by(ObjectionRow.state)
    return {row[0]: row[1] for row in db.execute(grouped)}


def listed(
    db: Session, states: Sequence[str], branches: Sequence[int] | None, after: int = 0, most: int = 50
) -> Sequence[tuple[ObjectionRow, Pledge]]:
    """With their pledges, a page at a time by number; `branches` None means all."""
    found = select(ObjectionRow, Pledge).join(Pledge, Pledge.id == ObjectionRow.pledge_id)
    found = found.where(ObjectionRow.state.in_(states), ObjectionRow.id > after)
    if branches is not None:
        found = found.where(ObjectionRow.branch_id.in_(branches))
    return [(row[0], row[1]) for row in db.execute(found.order_by(ObjectionRow.id).limit(most))]


def drop_contacts(db: Session, before: date) -> None:
    """Phones and addresses of objections that ended before this day."""
    reachable = or_(ObjectionRow.phone_sealed.is_not(None), ObjectionRow.contact.is_not(None))
    db.execute(update(ObjectionRow).where(ObjectionRow.released_on < before, reachable).values(phone_sealed=None, contact=None))


def forget_contacts(db: Session, marks: Sequence[str]) -> None:
    """These phones are nobody's any more: answers can no longer go there."""
    db.execute(update(ObjectionRow).where(ObjectionRow.contact.in_(marks)).values(contact=None))
