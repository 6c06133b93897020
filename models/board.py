"""公示检索 board: the words by which a published pledge is found, and what the index of the public register is drawn from."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, ForeignKey, Text, and_, exists, func, not_, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.campaigns import CampaignRow
from models.database import Base
from models.people import Body, Person
from models.pledges import Pledge, PledgeVersion


class BoardWords(Base):
    """Written when a version is published. No names of persons: those are asked of the roster, so that a withdrawn consent counts at once."""

    __tablename__ = "board_words"
    pledge_id: Mapped[int] = mapped_column(ForeignKey("pledges.id"), primary_key=True)
    written: Mapped[str] = mapped_column(Text)
    sounds: Mapped[str] = mapped_column(Text)


Line = tuple[int, int | None, int | None, str, str, int | None, int]
"""Id, branch, window, theme, state, unit, author."""


def lines(db: Session, states: Sequence[str], since: date) -> Sequence[Line]:
    """What the filters ask of every public pledge, by id; those whose term ended before `since` are not among them."""
    columns = (Pledge.id, Pledge.branch_id, Pledge.window_id, Pledge.theme, Pledge.state, Pledge.unit_id, Pledge.author_id)
    found = db.execute(select(*columns).where(Pledge.state.in_(states), not_(_over(since))).order_by(Pledge.id))
    return [(row[0], row[1], row[2], row[3], row[4], row[5], row[6]) for row in found]


def _over(since: date) -> ColumnElement[bool]:
    """As `domain.pledge.term.public_until` reckons."""
    late = and_(Pledge.published_on > CampaignRow.ends_on, Pledge.published_on < since, Pledge.deadline < since)
    with_it = or_(Pledge.published_on.is_(None), Pledge.published_on <= CampaignRow.ends_on)
    return exists().where(CampaignRow.key == Pledge.campaign, CampaignRow.ends_on < since, or_(late, with_it))


def over(db: Session, states: Sequence[str], since: date) -> Sequence[tuple[str, date, date | None, date | None]]:
    """(campaign, its end, publication, deadline) of the pledges in these states whose term ended before `since`; what is alike once."""
    rows = select(Pledge.campaign, Pledge.published_on, Pledge.deadline).where(Pledge.state.in_(states), _over(since)).distinct().subquery()
    found = select(CampaignRow.title, CampaignRow.ends_on, rows.c.published_on, rows.c.deadline).join(rows, rows.c.campaign == CampaignRow.key)
    return [(row[0], row[1], row[2], row[3]) for row in db.execute(found)]


def words(db: Session) -> Sequence[tuple[int, str, str]]:
    """(pledge, written, sounds) of everything that can be found."""
    return [(row[0], row[1], row[2]) for row in db.execute(select(BoardWords.pledge_id, BoardWords.written, BoardWords.sounds))]


def shown_by_name(db: Session, said: str) -> Sequence[int]:
    """People who show their whole name, where the name holds this."""
    return db.scalars(select(Person.id).where(Person.public_form == "full", Person.name.contains(said, autoescape=True))).all()


def of_ids(db: Session, states: Sequence[str], ids: Sequence[int]) -> Sequence[Pledge]:
    """These pledges, by id, as far as they are still public."""
    if not ids:
        return ()
    return db.scalars(select(Pledge).where(Pledge.id.in_(ids), Pledge.state.in_(states)).order_by(Pledge.id)).all()


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


def latest(db: Session, states: Sequence[str], since: date, most: int) -> Sequence[Pledge]:
    """What was published last, as far as `lines` has it."""
    found = select(Pledge).where(Pledge.state.in_(states), not_(_over(since))).order_by(Pledge.published_on.desc(), Pledge.id.desc())
    return db.scalars(found.limit(most)).all()


def all_bodies(db: Session) -> Sequence[tuple[int, str, str]]:
    """(id, kind, name) of every body."""
    return [(row[0], row[1], row[2]) for row in db.execute(select(Body.id, Body.kind, Body.name).order_by(Body.id))]
