"""变更承诺 amendments: the proposed next text of a published pledge."""

from collections.abc import Sequence

from sqlalchemy import ForeignKey, SmallInteger, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.database import Base
from models.pledges import Pledge, Worded


class Amendment(Worded, Base):
    """One for each version it starts from (`base_no`): returned or withdrawn, it is written anew, never doubled."""

    __tablename__ = "pledge_amendments"
    __table_args__ = (UniqueConstraint("pledge_id", "base_no"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    pledge_id: Mapped[int] = mapped_column(ForeignKey("pledges.id"))
    base_no: Mapped[int] = mapped_column(SmallInteger)
    why: Mapped[str] = mapped_column(String(300))
    opinion: Mapped[str] = mapped_column(String(300), default="")
    state: Mapped[str] = mapped_column(String(20), index=True)
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}


def of_base(db: Session, pledge_id: int, base_no: int) -> Amendment | None:
    return db.scalar(select(Amendment).where(Amendment.pledge_id == pledge_id, Amendment.base_no == base_no))


def latest(db: Session, pledge_ids: Sequence[int]) -> dict[int, Amendment]:
    """pledge → its newest amendment."""
    rows = db.scalars(select(Amendment).where(Amendment.pledge_id.in_(pledge_ids)).order_by(Amendment.base_no))
    return {row.pledge_id: row for row in rows}


def ids_of(db: Session, pledge_id: int) -> Sequence[int]:
    return db.scalars(select(Amendment.id).where(Amendment.pledge_id == pledge_id).order_by(Amendment.id)).all()


def in_state(db: Session, state: str, most: int = 200) -> Sequence[tuple[Amendment, Pledge]]:
    """Amendments in this state with their pledges, the eldest first."""
    found = select(Amendment, Pledge).join(Pledge, Pledge.id == Amendment.pledge_id).where(Amendment.state == state)
    return [(row[0], row[1]) for row in db.execute(found.order_by(Amendment.id).limit(most))]
