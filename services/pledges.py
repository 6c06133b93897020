"""承诺: 提诺、审诺、亮诺、践诺 as verbs; the text that is published is the text that was reviewed (A6–A9)."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from domain import four_clears
from domain.actor import About, Actor
from domain.calendar import local_day
from domain.errors import NoSuchPledge
from domain.flows.pledges import PLEDGES, PUBLIC_STATES
from domain.permissions import Can, ask
from models import editions
from models import pledges as table
from services import steps
from services.moves import move
from services.people import secretary_of


@dataclass(frozen=True)
class Wording:
    """The four clears and what goes with them."""

    content: str
    measures: str
    standard: str
    deadline: date | None
    theme: str = ""
    slogan: str = ""


def draft(db: Session, actor: Actor, campaign: str, wording: Wording, now: datetime, *, window_id: int | None = None) -> table.Pledge:
    """起草: a pledge of one's own, not yet to be seen by others."""
    ask(actor, Can.DRAFT_PLEDGE)
    pledge = table.Pledge(
        code=secrets.token_hex(6),
        campaign=campaign,
        author_id=actor.person_id,
        branch_id=actor.branch_id,
        window_id=window_id,
        state=PLEDGES.start.value,
        theme=wording.theme,
        content=wording.content,
        measures=wording.measures,
        standard=wording.standard,
        deadline=wording.deadline,
        slogan=wording.slogan,
    )
    db.add(pledge)
    db.flush()
    steps.record(db, actor, PLEDGES.thing, pledge.id, "draft", now, target=PLEDGES.start.value)
    return pledge


def submit(db: Session, actor: Actor, code: str, now: datetime) -> table.Pledge:
    """提交审核: all four clears must be there. The branch's secretary hears of it."""
    pledge = _own_or_unknown(db, actor, code)
    four_clears.check(pledge.content, pledge.measures, pledge.standard, pledge.deadline)
    return _move(db, actor, pledge, "submit", now)


def review(db: Session, actor: Actor, code: str, verb: str, why: str, now: datetime) -> table.Pledge:
    """审核把关: `approve`, or `return` with a reason; never one's own."""
    return _move(db, actor, _any(db, code), verb, now, why)


def publish(db: Session, actor: Actor, code: str, now: datetime) -> table.Pledge:
    """公示: from now on the board, the landing page and the printed sheet show this version."""
    pledge = _any(db, code)
    pledge.published_on = local_day(now)
    _move(db, actor, pledge, "publish", now)
    editions.grow(db)
    return pledge


def report(db: Session, actor: Actor, code: str, verb: str, why: str, now: datetime) -> table.Pledge:
    """`fulfil`, or `excuse` with the objective cause (S8)."""
    pledge = _move(db, actor, _own_or_unknown(db, actor, code), verb, now, why)
    editions.grow(db)
    return pledge


def published_place(db: Session, code: str) -> int:
    """Where a list goes on after this published pledge. Raises `NoSuchPledge`."""
    pledge = _any(db, code)
    if pledge.state not in PUBLIC_STATES:
        raise NoSuchPledge()
    return pledge.id


def _move(db: Session, actor: Actor, pledge: table.Pledge, verb: str, now: datetime, why: str = "") -> table.Pledge:
    about = About(author_id=pledge.author_id, branch_id=pledge.branch_id)
    hearers = {"author": pledge.author_id, "reviewer": secretary_of(db, pledge.branch_id, local_day(now))}
    move(db, actor, PLEDGES, pledge, verb, now, about=about, why=why, hearers=hearers, words={"pledge": pledge.content[:20], "code": pledge.code})
    return pledge


def _any(db: Session, code: str) -> table.Pledge:
    pledge = table.pledge(db, code)
    if pledge is None:
        raise NoSuchPledge()
    return pledge


def _own_or_unknown(db: Session, actor: Actor, code: str) -> table.Pledge:
    """Absent and not yours look the same (R26)."""
    pledge = _any(db, code)
    if pledge.author_id != actor.person_id:
        raise NoSuchPledge()
    return pledge
