"""样表: the pledge form blank, filled in from a pledge, and all of a branch at once (A6, A7)."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from sqlalchemy.orm import Session

from domain.actor import About, Actor
from domain.errors import NoSuchPledge
from domain.flows.pledges import PUBLIC_STATES, PledgeState
from domain.form_templates import Filled, Page, UnitForm, guide_page, member_page, unit_page
from domain.paper_refusals import NothingHandedIn
from domain.permissions import Can, ask, may
from models import campaigns
from models import form_templates as table
from models.form_templates import FormLine
from services import pledge_hands
from services.plate_faces import Imprint

_UNFINISHED = frozenset({PledgeState.DRAFT, PledgeState.RETURNED})
"""States in which a pledge is still its author's own paper."""


def blank(db: Session, day: date) -> tuple[Page, ...]:
    """For the newest campaign that runs on this day: the member's form, the unit's table, how to fill them in."""
    running = campaigns.running(db, day)
    title = running[0].title if running else ""
    return (member_page(title, Filled()), unit_page(title, UnitForm()), guide_page())


def of_pledge(db: Session, actor: Actor, code: str, imprint: Imprint) -> tuple[Page, ...]:
    """The form of one pledge; of a unit's, the table with all the rows that the unit has handed in.

    Raises `NoSuchPledge`, also for those who may not read it.
    """
    found = table.lines(db, code=code)
    if not found or not may(actor, Can.READ_UNPUBLISHED, _about(db, actor, found[0])):
        raise NoSuchPledge()
    line = found[0]
    if line.unit_id is None:
        return (_member(line, imprint),)
    rows = [row for row in table.lines(db, unit=(line.campaign_key, line.unit_id)) if row.code == code or row.state not in _UNFINISHED]
    return (_unit(rows, imprint),)


def of_branch(db: Session, actor: Actor, branch_id: int, imprint: Imprint) -> tuple[Page, ...]:
    """Every form that the branch's people and units have handed in. Raises `NotAllowed`, `NothingHandedIn`."""
    ask(actor, Can.EXPORT_LISTS, About(branch_id=branch_id))
    found = [line for line in table.lines(db, branch_id=branch_id) if line.state not in _UNFINISHED]
    if not found:
        raise NothingHandedIn()
    units = [line for line in found if line.unit_id is not None]
    tables = [_unit(list(rows), imprint) for _, rows in groupby(units, key=lambda line: (line.unit_id, line.campaign_key))]
    return (*tables, *(_member(line, imprint) for line in found if line.unit_id is None))


def _about(db: Session, actor: Actor, line: FormLine) -> About:
    return About(author_id=line.author_id, branch_id=line.branch_id, assigned=pledge_hands.belongs(db, actor, line.unit_id))


def _member(line: FormLine, imprint: Imprint) -> Page:
    return member_page(line.campaign, _filled(line, imprint))


def _unit(lines: Sequence[FormLine], imprint: Imprint) -> Page:
    first = lines[0]
    rows = tuple(_filled(line, imprint) for line in lines)
    told = next((line for line in lines if line.opinion), first)
    meeting = next((line.meeting for line in lines if line.meeting), "")
    link = next((row.link for row in rows if row.link), "")
    return unit_page(first.campaign, UnitForm(first.unit, first.branch, meeting, told.opinion, rows, link))


def _filled(line: FormLine, imprint: Imprint) -> Filled:
    window = f"{line.number}号窗口" if line.number else line.window
    return Filled(
        name=line.author,
        branch=line.branch,
        post=window,
        theme=line.theme,
        addressees="、".join(line.addressees or ()),
        slogan=line.slogan,
        content=line.content,
        measures=line.measures,
        standard=line.standard,
        deadline=line.deadline,
        opinion=line.opinion,
        link=f"{imprint.base_url.rstrip('/')}/board/{line.code}" if line.state in PUBLIC_STATES else "",
    )
