"""限期整改: one for each bad rating, with its clock; the number the citizen was given is made from the id."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import BigInteger, Date, ForeignKey, String, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.database import Base, table_of
from models.prepared import Add
from models.ratings import Rating


class Rectification(Base):
    """`opened_on` and the two due dates are days of Asia/Shanghai; `owner_id` is the window's head at the opening."""

    __tablename__ = "rectifications"
    id: Mapped[int] = mapped_column(primary_key=True)
    rating_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("ratings.id"), unique=True)
    window_id: Mapped[int] = mapped_column(ForeignKey("service_windows.id"), index=True)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    state: Mapped[str] = mapped_column(String(12), default="open", index=True)
    opened_on: Mapped[date] = mapped_column(Date)
    callback_due: Mapped[date] = mapped_column(Date)
    due: Mapped[date] = mapped_column(Date)
    due_words: Mapped[str] = mapped_column(String(300), default="")
    answer: Mapped[str] = mapped_column(String(500), default="")
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}


_TABLE, _RATINGS = table_of(Rectification), table_of(Rating)
_OPEN = Add(
    _TABLE,
    ("rating_id", "window_id", "owner_id", "state", "opened_on", "callback_due", "due", "due_words", "answer", "version"),
    returning="rating_id, id",
)


def open_many(db: Session, rows: Sequence[dict[str, Any]]) -> dict[int, int]:
    """rating id → rectification id."""
    return dict(_OPEN(db, rows))


def by_number(db: Session, number: int) -> Rectification | None:
    return db.get(Rectification, number)


def of_rating(db: Session, rating_id: int) -> Rectification | None:
    return db.scalar(select(Rectification).where(Rectification.rating_id == rating_id))


def of_ratings(db: Session, rating_ids: Sequence[int]) -> dict[int, Rectification]:
    return {found.rating_id: found for found in db.scalars(select(Rectification).where(Rectification.rating_id.in_(rating_ids)))}


def owned_by(db: Session, person_id: int, states: Sequence[str]) -> Sequence[Rectification]:
    found = select(Rectification).where(Rectification.owner_id == person_id, Rectification.state.in_(states))
    return db.scalars(found.order_by(Rectification.due, Rectification.id)).all()


def waiting(db: Session, states: Sequence[str]) -> Sequence[Rectification]:
    """All in these states, the oldest due day first."""
    return db.scalars(select(Rectification).where(Rectification.state.in_(states)).order_by(Rectification.due, Rectification.id)).all()


def in_states(
    db: Session, states: Sequence[str], windows: Sequence[int], *, due_before: date | None = None, after: int = 0, most: int = 50
) -> Sequence[Rectification]:
    """Orders of these windows, a page at a time by number; `due_before` keeps those whose day was before it."""
    found = select(Rectification).where(Rectification.state.in_(states), Rectification.window_id.in_(windows), Rectification.id > after)
    if due_before is not None:
        found = found.where(Rectification.due < due_before)
    return db.scalars(found.order_by(Rectification.id).limit(most)).all()


def let_go_of_owners(db: Session, states: Sequence[str], before: date) -> None:
    """Orders in these states, due before that day, name nobody any more (P12)."""
    ended = Rectification.state.in_(states), Rectification.due < before, Rectification.owner_id.is_not(None)
    db.execute(update(Rectification).where(*ended).values(owner_id=None))


def without_one(db: Session, levels: Sequence[int]) -> Sequence[int]:
    """Ratings of these levels that have no rectification: must be none (reliability.md 3.1)."""
    return db.scalars(
        select(_RATINGS.c.id).outerjoin(_TABLE, _TABLE.c.rating_id == _RATINGS.c.id).where(_RATINGS.c.level.in_(levels), _TABLE.c.id.is_(None))
    ).all()
