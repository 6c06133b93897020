"""承诺: a person's or a unit's, by the four clears; its published versions, which nothing changes any more."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import JSON, Date, ForeignKey, SmallInteger, String, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.database import Base
from models.people import Body, Person


class Worded:
    """The text of a pledge, as every table that keeps one has it (`domain.pledge.wording`)."""

    theme: Mapped[str] = mapped_column(String(60), default="")
    dimension: Mapped[str] = mapped_column(String(20), default="")
    content: Mapped[str] = mapped_column(String(300), default="")
    measures: Mapped[str] = mapped_column(String(300), default="")
    standard: Mapped[str] = mapped_column(String(300), default="")
    deadline: Mapped[date | None] = mapped_column(Date)
    slogan: Mapped[str] = mapped_column(String(40), default="")
    addressees: Mapped[list[str]] = mapped_column(JSON, default=list)


class Pledge(Worded, Base):
    """`author_id` drafts it; `unit_id` is set on a unit's pledge; `window_id` ties it to the page of a window.

    The text is the present one: what is being written, or the published version. `opinion` is the last reviewer's word,
    `percent` the last progress reported.
    """

    __tablename__ = "pledges"
    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(16), unique=True)
    campaign: Mapped[str] = mapped_column(String(40))
    author_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    branch_id: Mapped[int | None] = mapped_column(ForeignKey("bodies.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("bodies.id"))
    window_id: Mapped[int | None] = mapped_column(ForeignKey("service_windows.id"), index=True)
    kind: Mapped[str] = mapped_column(String(10), default="post")
    meeting: Mapped[str] = mapped_column(String(60), default="")
    opinion: Mapped[str] = mapped_column(String(300), default="")
    percent: Mapped[int] = mapped_column(SmallInteger, default=0)
    state: Mapped[str] = mapped_column(String(20), default="draft", index=True)
    published_on: Mapped[date | None] = mapped_column(Date)
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}


class PledgeVersion(Worded, Base):
    """公示版本: the text as it was published under this number; `why` is the reason of the amendment that made it."""

    __tablename__ = "pledge_versions"
    __table_args__ = (UniqueConstraint("pledge_id", "no"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    pledge_id: Mapped[int] = mapped_column(ForeignKey("pledges.id"))
    no: Mapped[int] = mapped_column(SmallInteger)
    published_on: Mapped[date] = mapped_column(Date)
    why: Mapped[str] = mapped_column(String(300), default="")


def pledge(db: Session, code: str) -> Pledge | None:
    return db.scalar(select(Pledge).where(Pledge.code == code))


def by_id(db: Session, pledge_id: int) -> Pledge | None:
    return db.get(Pledge, pledge_id)


def slogans(db: Session, states: Sequence[str]) -> Sequence[Pledge]:
    """Published pledges of a window that have a slogan, the newest first."""
    found = select(Pledge).where(Pledge.state.in_(states), Pledge.window_id.is_not(None), Pledge.slogan != "")
    return db.scalars(found.order_by(Pledge.published_on.desc(), Pledge.id.desc())).all()


def authors(db: Session, pledges: Sequence[Pledge]) -> dict[int, Person]:
    return {found.id: found for found in db.scalars(select(Person).where(Person.id.in_({row.author_id for row in pledges})))}


def author_names(db: Session, pledges: Sequence[Pledge]) -> dict[int, str]:
    """pledge → whose it is: the unit's name, or the author's."""
    persons = authors(db, pledges)
    units = {row.unit_id for row in pledges if row.unit_id}
    bodies = dict(db.execute(select(Body.id, Body.name).where(Body.id.in_(units))).tuples()) if units else {}
    return {row.id: bodies[row.unit_id] if row.unit_id else persons[row.author_id].name for row in pledges}


def versions(db: Session, pledge_id: int) -> Sequence[PledgeVersion]:
    """All published versions, the oldest first."""
    return db.scalars(select(PledgeVersion).where(PledgeVersion.pledge_id == pledge_id).order_by(PledgeVersion.no)).all()


def own(db: Session, person_id: int, unit_ids: Sequence[int], before: int = 0, most: int = 50) -> Sequence[Pledge]:
    """Pledges this person wrote and those of his units, the newest first; `before` is the last id of the page before."""
    found = select(Pledge).where((Pledge.author_id == person_id) | Pledge.unit_id.in_(unit_ids))
    if before:
        found = found.where(Pledge.id < before)
    return db.scalars(found.order_by(Pledge.id.desc()).limit(most)).all()


def in_states(db: Session, states: Sequence[str], branch_ids: Sequence[int] | None, most: int = 500) -> Sequence[Pledge]:
    """Pledges of these branches (None: of all) in these states, the eldest first."""
    found = select(Pledge).where(Pledge.state.in_(states))
    if branch_ids is not None:
        found = found.where(Pledge.branch_id.in_(branch_ids))
    return db.scalars(found.order_by(Pledge.id).limit(most)).all()


def handed_in(db: Session, campaign: str, unit_id: int, states: Sequence[str], beside: int) -> int:
    """How many pledges of the unit stand in these states, this one (`beside`) not counted."""
    found = select(func.count()).where(Pledge.campaign == campaign, Pledge.unit_id == unit_id, Pledge.state.in_(states), Pledge.id != beside)
    return int(db.scalar(found) or 0)


def of_author(db: Session, person_id: int, states: Sequence[str]) -> Sequence[Pledge]:
    """This person's pledges in these states, the eldest first."""
    return db.scalars(select(Pledge).where(Pledge.author_id == person_id, Pledge.state.in_(states)).order_by(Pledge.id)).all()


def move_with(db: Session, moved: Mapping[int, int], states: Sequence[str]) -> list[tuple[int, int | None, int]]:
    """(pledge, branch before, branch now) of these authors' own pledges in these states, which are in their new branch from now on."""
    found = select(Pledge).where(Pledge.author_id.in_(moved), Pledge.unit_id.is_(None), Pledge.state.in_(states)).order_by(Pledge.id)
    taken = [(row, row.branch_id, moved[row.author_id]) for row in db.scalars(found) if row.branch_id != moved[row.author_id]]
    for row, _, after in taken:
        row.branch_id = after
    db.flush()
    return [(row.id, before, after) for row, before, after in taken]
