"""用上年的活动开始新的一年: texts kept, days shifted, people dropped, and last year's lessons beside each task (B24, F07, X14)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from domain.actor import Actor
from domain.calendar import local_day
from domain.campaign.records import Campaign
from domain.campaign.writing import write_campaign
from domain.campaign_file import read_campaign, render_findings
from domain.permissions import Can, ask
from domain.schedule.copying import from_day, next_year
from domain.schedule.refusals import KeyTaken, KeyUnfit
from models import campaigns as table
from models import submissions
from services import definitions, schedule_table
from services.schedule_table import Tally

_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")


@dataclass(frozen=True)
class Wish:
    """Which campaign, under which new id and title; `first` is the new first day, None for the same days `years` later."""

    source: str
    key: str
    title: str
    years: int = 1
    first: date | None = None


@dataclass(frozen=True)
class Draft:
    """The new campaign, not yet loaded: its file and what there is to say about it."""

    campaign: Campaign | None
    text: str
    findings: str
    lessons: Mapping[str, str]


def copy(db: Session, actor: Actor, wish: Wish, now: datetime) -> Draft:
    """Draw the copy up; `campaigns.load` takes it in. Raises `NoSuchCampaign`, `KeyUnfit`, `KeyTaken`, `NotAllowed`."""
    ask(actor, Can.LOAD_CAMPAIGN)
    if not _KEY.fullmatch(wish.key):
        raise KeyUnfit(key=wish.key[:40])
    if table.campaign(db, wish.key) is not None:
        raise KeyTaken(key=wish.key, other=f"{wish.key[:36]}_2")
    row = definitions.row(db, wish.source)
    before, lessons = definitions.of_row(row), _lessons(db, row, now)
    title = wish.title.strip() or before.title
    after = from_day(before, wish.key, title, wish.first, lessons) if wish.first else next_year(before, wish.key, title, wish.years, lessons)
    text = write_campaign(after)
    campaign, findings = read_campaign(text, wish.key)
    return Draft(campaign, text, render_findings(findings) if findings else "", lessons)


def _lessons(db: Session, row: table.CampaignRow, now: datetime) -> dict[str, str]:
    """What the figures of the year say, task by task; the office's own remarks stand in the task's note already."""
    returned = submissions.returns_of(db, row.id)
    drawn = schedule_table.drawn(db, row, local_day(now))
    return {one.key: words for one in drawn.entries if (words := _lesson(one.tally, returned.get(one.id, 0)))}


def _lesson(tally: Tally, returned: int) -> str:
    if not tally.bound:
        return ""
    parts = [f"{tally.bound}个对象，办结{tally.accepted}个"]
    parts += [f"逾期报送{tally.late}个"] if tally.late else []
    parts += [f"到现在没有报送{tally.missing}个"] if tally.missing else []
    parts += [f"退回{returned}次"] if returned else []
    return f"上年情况：{'，'.join(parts)}"
