"""公示登记: channel, place, from, to, which edition and which paper; photos of it lie with the files (F15)."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import Date, ForeignKey, String, and_, func, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.database import Base
from models.objections import ObjectionRow


class PublicityRow(Base):
    """`edition` is the public register's when it was put up; `branch_id` None is the whole bureau's."""

    __tablename__ = "publicity"
    id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(String(12))
    place: Mapped[str] = mapped_column(String(60))
    branch_id: Mapped[int | None] = mapped_column(ForeignKey("bodies.id"), index=True)
    print_id: Mapped[int | None] = mapped_column(ForeignKey("prints.id"))
    edition: Mapped[int]
    from_day: Mapped[date] = mapped_column(Date)
    to_day: Mapped[date] = mapped_column(Date)
    ended_on: Mapped[date | None] = mapped_column(Date)
    state: Mapped[str] = mapped_column(String(10))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}


def add(db: Session, row: PublicityRow) -> PublicityRow:
    db.add(row)
    db.flush()
    return row


def publicity(db: Session, publicity_id: int) -> PublicityRow | None:
    return db.get(PublicityRow, publicity_id)


def latest(db: Session, branches: Collection[int] | None, before: int, most: int) -> Sequence[PublicityRow]:
    """The newest first, of these branches or (None) of all; `before` is the last id of the page before."""
    found = select(PublicityRow).order_by(PublicityRow.id.desc()).limit(most)
    if before:
        found = found.where(PublicityRow.id < before)
    if branches is not None:
        found = found.where(PublicityRow.branch_id.in_(branches))
    return db.scalars(found).all()


def objections_during(db: Session, ids: Collection[int]) -> dict[int, int]:
    """异议: publicity → how many were raised against its pledges while it hung, in one statement."""
    until = func.coalesce(PublicityRow.ended_on, PublicityRow.to_day)
    of_it = or_(PublicityRow.branch_id.is_(None), ObjectionRow.branch_id == PublicityRow.branch_id)
    meanwhile = and_(ObjectionRow.opened_on >= PublicityRow.from_day, ObjectionRow.opened_on <= until, of_it)
    found = select(PublicityRow.id, func.count()).join(ObjectionRow, meanwhile).where(PublicityRow.id.in_(ids))
    return {row[0]: row[1] for row in db.execute(found.group_by(PublicityRow.id))}
