"""A pledge brought along its way in one call, and a section whose people pledge together."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from domain.campaign_file import read_campaign
from domain.pledge.wording import Wording
from models.people import Body, Person
from operations.campaigns import OPERATOR
from services import campaigns, pledges
from tests.bureau import Bureau

WHOLE = Wording("窗口材料一次告知", "印制十二类业务清单逐项讲解", "因漏告知再跑的每月为零", date(2026, 12, 31))
COURSE = {
    "draft": (),
    "submitted": ("submit",),
    "approved": ("submit", "approve"),
    "published": ("submit", "approve", "publish"),
}


def pledged(bureau: Bureau, to: str, now: datetime, by: str = "clerk", reviewer: str = "secretary", content: str = WHOLE.content) -> str:
    """A member's pledge that stands in this state; its code."""
    with bureau.house.database.transaction() as db:
        code = pledges.draft(db, bureau.actor(by), "demo", replace(WHOLE, content=content), now).code
        for verb in COURSE[to]:
            if verb == "submit":
                pledges.submit(db, bureau.actor(by), code, now)
            elif verb == "approve":
                pledges.review(db, bureau.actor(reviewer), code, "approve", "", now)
            else:
                pledges.publish(db, bureau.actor("office"), code, now)
    return code


def load(bureau: Bureau, name: str, now: datetime) -> None:
    """One of the campaigns that lie ready."""
    path = Path(__file__).parent.parent / "campaigns" / f"{name}.yaml"
    campaign = read_campaign(path.read_text(encoding="utf-8"), path.name)[0]
    assert campaign is not None
    with bureau.house.database.transaction() as db:
        campaigns.load(db, OPERATOR, campaign, now)


def section(bureau: Bureau, *names: str) -> int:
    """A section that these people work in; its id."""
    with bureau.house.database.transaction() as db:
        body = Body(kind="section", name="行政审批科")
        db.add(body)
        db.flush()
        for name in names:
            db.get_one(Person, bureau.people[name]).section_id = body.id
    return body.id


def of_section(bureau: Bureau, unit: int, now: datetime, by: str = "clerk", **more: Any) -> str:
    """The section's pledge, handed in; its code."""
    given = {"unit_id": unit, "meeting": "11月10日党员大会"} | more
    with bureau.house.database.transaction() as db:
        code = pledges.draft(db, bureau.actor(by), given.pop("campaign", "pledge_pioneer_2010"), WHOLE, now, **given).code
        pledges.submit(db, bureau.actor(by), code, now)
    return code
