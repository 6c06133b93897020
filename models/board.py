"""公示检索 board: the words by which a published pledge is found, and the pledges that answer a wish."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, ForeignKey, Text, and_, case, func, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.database import Base
from models.people import Body, Person
from models.pledges import Pledge, PledgeVersion


class BoardWords(Base):
    """Written when a version is published. No names of persons: those are asked of the roster, so that a withdrawn consent counts at once."""

    __tablename__ = "board_words"
    pledge_id: Mapped[int] = mapped_column(ForeignKey("pledges.id"), primary_key=True)
    written: Mapped[str] = mapped_column(Text)
    sounds: Mapped[str] = mapped_column(Text)


@dataclass(frozen=True)
class Sought:
    """One word of a search: in the text, by sound when it is Latin, or by the branches, units and windows it names."""

    said: str
    is_latin: bool
    bodies: tuple[int, ...] = ()
    windows: tuple[int, ...] = ()


@dataclass(frozen=True)
class Wish:
    """Which published pledges. `drawers` is group → (states, states of units only)."""

    states: tuple[str, ...]
    of_units: tuple[str, ...] = ()
    of_persons: tuple[str, ...] = ()
    branch_id: int | None = None
    window_id: int | None = None
    theme: str = ""
    sought: tuple[Sought, ...] = ()


def _fits(wish: Wish) -> ColumnElement[bool]:
    states: list[ColumnElement[bool]] = [Pledge.state.in_(wish.states)]
    states += [and_(Pledge.unit_id.is_not(None), Pledge.state.in_(wish.of_units))] if wish.of_units else []
    states += [and_(Pledge.unit_id.is_(None), Pledge.state.in_(wish.of_persons))] if wish.of_persons else []
    found: list[ColumnElement[bool]] = [or_(*states)]
    found += [Pledge.branch_id == wish.branch_id] if wish.branch_id is not None else []
    found += [Pledge.window_id == wish.window_id] if wish.window_id is not None else []
    found += [Pledge.theme == wish.theme] if wish.theme else []
    return and_(*found, *(_holds(one) for one in wish.sought))


def _holds(one: Sought) -> ColumnElement[bool]:
    by_words = BoardWords.written.contains(one.said, autoescape=True)
    if one.is_latin and len(one.said) > 1:
        by_words = or_(by_words, BoardWords.sounds.contains(one.said, autoescape=True))
    ways: list[ColumnElement[bool]] = [Pledge.id.in_(select(BoardWords.pledge_id).where(by_words))]
    ways += [or_(Pledge.branch_id.in_(one.bodies), Pledge.unit_id.in_(one.bodies))] if one.bodies else []
    ways += [Pledge.window_id.in_(one.windows)] if one.windows else []
    if not one.is_latin and len(one.said) > 1:
        by_name = select(Person.id).where(Person.public_form == "full", Person.name.contains(one.said, autoescape=True))
        ways.append(and_(Pledge.unit_id.is_(None), Pledge.author_id.in_(by_name)))
    return or_(*ways)


def page(db: Session, wish: Wish, after: int = 0, most: int = 20) -> Sequence[Pledge]:
    """By id, a page at a time; `after` is the last id of the page before."""
    return db.scalars(select(Pledge).where(_fits(wish), Pledge.id > after).order_by(Pledge.id).limit(most)).all()


def cube(db: Session, wish: Wish) -> Sequence[tuple[int | None, int | None, str, str, bool, int]]:
    """(branch, window, theme, state, of a unit, how many): every count beside every filter comes from these few rows."""
    of_unit: ColumnElement[Any] = case((Pledge.unit_id.is_(None), 0), else_=1)
    by = (Pledge.branch_id, Pledge.window_id, Pledge.theme, Pledge.state, of_unit)
    found = db.execute(select(*by, func.count()).where(_fits(wish)).group_by(*by))
    return [(row[0], row[1], row[2], row[3], bool(row[4]), row[5]) for row in found]


def version_numbers(db: Session, pledge_ids: Sequence[int]) -> dict[int, int]:
    """pledge → the number of its published version."""
    found = select(PledgeVersion.pledge_id, func.max(PledgeVersion.no)).where(PledgeVersion.pledge_id.in_(pledge_ids))
    return {row[0]: row[1] for row in db.execute(found.group_by(PledgeVersion.pledge_id))}


def enter(db: Session, pledge_id: int, written: str, sounds: str) -> None:
    """The words of the version that is public from now on."""
    db.merge(BoardWords(pledge_id=pledge_id, written=written, sounds=sounds))
    db.flush()


def without_words(db: Session, states: Sequence[str], most: int) -> Sequence[Pledge]:
    """Published pledges that cannot be found yet."""
    found = select(Pledge).outerjoin(BoardWords, BoardWords.pledge_id == Pledge.id).where(Pledge.state.in_(states))
    return db.scalars(found.where(BoardWords.pledge_id.is_(None)).order_by(Pledge.id).limit(most)).all()


def latest(db: Session, states: Sequence[str], most: int) -> Sequence[Pledge]:
    """What was published last."""
    found = select(Pledge).where(Pledge.state.in_(states)).order_by(Pledge.published_on.desc(), Pledge.id.desc())
    return db.scalars(found.limit(most)).all()


def all_bodies(db: Session) -> Sequence[tuple[int, str, str]]:
    """(id, kind, name) of every body."""
    return [(row[0], row[1], row[2]) for row in db.execute(select(Body.id, Body.kind, Body.name).order_by(Body.id))]
