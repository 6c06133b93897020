"""样表: pledges as their forms need them, with the names that stand in the boxes, in one statement (A6, A7)."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from models.campaigns import CampaignRow, ThemeRow
from models.people import Body, Person
from models.pledges import Pledge
from models.windows import ServiceWindow

_Unit = aliased(Body)


class FormLine(NamedTuple):
    """A pledge with what its form says; `campaign` and `theme` in words."""

    code: str
    author_id: int
    branch_id: int | None
    unit_id: int | None
    campaign_key: str
    campaign: str
    author: str
    branch: str
    unit: str
    number: int | None
    window: str
    theme: str
    content: str
    measures: str
    standard: str
    deadline: date | None
    slogan: str
    addressees: list[str] | None
    meeting: str
    opinion: str
    state: str


def lines(db: Session, *, code: str = "", branch_id: int | None = None, unit: tuple[str, int] | None = None) -> Sequence[FormLine]:
    """One pledge, a branch's, or those of a `unit` in a campaign (key and body); the units' first, in the order they were written."""
    names = (func.coalesce(CampaignRow.title, ""), Person.name, func.coalesce(Body.name, ""), func.coalesce(_Unit.name, ""))
    place = (ServiceWindow.number, func.coalesce(ServiceWindow.name, ""), func.coalesce(ThemeRow.text, Pledge.theme))
    text = (Pledge.content, Pledge.measures, Pledge.standard, Pledge.deadline, Pledge.slogan)
    review = (Pledge.addressees, Pledge.meeting, Pledge.opinion, Pledge.state)
    found = select(Pledge.code, Pledge.author_id, Pledge.branch_id, Pledge.unit_id, Pledge.campaign, *names, *place, *text, *review)
    found = found.join(Person, Person.id == Pledge.author_id).outerjoin(Body, Body.id == Pledge.branch_id)
    found = found.outerjoin(_Unit, _Unit.id == Pledge.unit_id).outerjoin(ServiceWindow, ServiceWindow.id == Pledge.window_id)
    found = found.outerjoin(CampaignRow, CampaignRow.key == Pledge.campaign)
    found = found.outerjoin(ThemeRow, (ThemeRow.campaign_id == CampaignRow.id) & (ThemeRow.key == Pledge.theme))
    if code:
        found = found.where(Pledge.code == code)
    if branch_id is not None:
        found = found.where(Pledge.branch_id == branch_id)
    if unit is not None:
        found = found.where(Pledge.campaign == unit[0], Pledge.unit_id == unit[1])
    rows: Iterable[Any] = db.execute(found.order_by(Pledge.unit_id.is_(None), Pledge.unit_id, Pledge.id))
    return [FormLine(*row) for row in rows]
