"""承诺: a person's or a unit's, by the four clears; public only in its published version."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Date, ForeignKey, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.database import Base
from models.people import Person


class Pledge(Base):
    """`author_id` drafts it; `unit_id` is set on a unit's pledge; `window_id` ties it to the page of a window."""

    __tablename__ = "pledges"
    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(16), unique=True)
    campaign: Mapped[str] = mapped_column(String(40))
    author_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    branch_id: Mapped[int | None] = mapped_column(ForeignKey("bodies.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("bodies.id"))
    window_id: Mapped[int | None] = mapped_column(ForeignKey("service_windows.id"), index=True)
    theme: Mapped[str] = mapped_column(String(60), default="")
    content: Mapped[str] = mapped_column(String(300), default="")
    measures: Mapped[str] = mapped_column(String(300), default="")
    standard: Mapped[str] = mapped_column(String(300), default="")
    deadline: Mapped[date | None] = mapped_column(Date)
    slogan: Mapped[str] = mapped_column(String(40), default="")
    state: Mapped[str] = mapped_column(String(20), default="draft", index=True)
    published_on: Mapped[date | None] = mapped_column(Date)
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}


def pledge(db: Session, code: str) -> Pledge | None:
    return db.scalar(select(Pledge).where(Pledge.code == code))


def published(db: Session, states: Sequence[str], window_id: int | None = None, after: int = 0, most: int = 50) -> Sequence[Pledge]:
    """Published pledges by id, a page at a time; `after` is the last id of the page before."""
    found = select(Pledge).where(Pledge.state.in_(states), Pledge.id > after)
    if window_id is not None:
        found = found.where(Pledge.window_id == window_id)
    return db.scalars(found.order_by(Pledge.id).limit(most)).all()


def slogans(db: Session, states: Sequence[str]) -> Sequence[Pledge]:
    """Published pledges of a window that have a slogan, the newest first."""
    found = select(Pledge).where(Pledge.state.in_(states), Pledge.window_id.is_not(None), Pledge.slogan != "")
    return db.scalars(found.order_by(Pledge.published_on.desc(), Pledge.id.desc())).all()


def authors(db: Session, pledges: Sequence[Pledge]) -> dict[int, Person]:
    return {found.id: found for found in db.scalars(select(Person).where(Person.id.in_({row.author_id for row in pledges})))}
