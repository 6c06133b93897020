"""任职提名: what the office proposes and the committee decides: a new seat, an end, a handing over."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, String, or_, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.database import Base, UtcTime
from models.people import Person, SeatRow
from models.rectifications import Rectification
from models.windows import Duty, ServiceWindow


class SeatProposal(Base):
    """`deed`: appoint, end, hand_over. `person_id` gets or has the seat, `successor_id` takes over; `from_day` is when it counts."""

    __tablename__ = "seat_proposals"
    id: Mapped[int] = mapped_column(primary_key=True)
    deed: Mapped[str] = mapped_column(String(10))
    seat_id: Mapped[int | None] = mapped_column(ForeignKey("seats.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    body_id: Mapped[int | None] = mapped_column(ForeignKey("bodies.id"))
    role: Mapped[str] = mapped_column(String(20), default="")
    title: Mapped[str] = mapped_column(String(20), default="")
    from_day: Mapped[date] = mapped_column(Date)
    to_day: Mapped[date | None] = mapped_column(Date)
    why: Mapped[str] = mapped_column(String(200), default="")
    proposer_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    proposed_at: Mapped[datetime] = mapped_column(UtcTime)
    state: Mapped[str] = mapped_column(String(10), default="proposed", index=True)
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}


def proposal(db: Session, proposal_id: int) -> SeatProposal | None:
    return db.get(SeatProposal, proposal_id)


def in_states(db: Session, states: Collection[str], most: int = 100) -> Sequence[SeatProposal]:
    """The newest first."""
    return db.scalars(select(SeatProposal).where(SeatProposal.state.in_(states)).order_by(SeatProposal.id.desc()).limit(most)).all()


def due(db: Session, state: str, day: date) -> Sequence[SeatProposal]:
    """In this state, and their day has come."""
    return db.scalars(select(SeatProposal).where(SeatProposal.state == state, SeatProposal.from_day <= day).order_by(SeatProposal.id)).all()


def seat(db: Session, seat_id: int) -> SeatRow | None:
    return db.get(SeatRow, seat_id)


def seats_from(db: Session, day: date) -> Sequence[tuple[SeatRow, Person]]:
    """Seats that are valid on `day` or later, body by body."""
    running = or_(SeatRow.to_day.is_(None), SeatRow.to_day >= day)
    found = select(SeatRow, Person).join(Person, Person.id == SeatRow.person_id).where(running)
    return [(row, person) for row, person in db.execute(found.order_by(SeatRow.body_id, SeatRow.id))]


def windows_headed(db: Session, person_id: int) -> Sequence[ServiceWindow]:
    return db.scalars(
        select(ServiceWindow).where(ServiceWindow.head_id == person_id, ServiceWindow.closed_on.is_(None)).order_by(ServiceWindow.id)
    ).all()


def duties_of(db: Session, person_id: int, day: date) -> Sequence[Duty]:
    """Running on `day` or later."""
    running = or_(Duty.to_day.is_(None), Duty.to_day >= day)
    return db.scalars(select(Duty).where(Duty.person_id == person_id, running).order_by(Duty.id)).all()


def give_rectifications(db: Session, owner_id: int, successor_id: int, states: Collection[str]) -> list[int]:
    """Open orders change hands; their numbers."""
    moved = update(Rectification).where(Rectification.owner_id == owner_id, Rectification.state.in_(states))
    return sorted(db.scalars(moved.values(owner_id=successor_id, version=Rectification.version + 1).returning(Rectification.id)).all())
