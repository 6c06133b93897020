"""公示期限: a pledge is public until thirty days after its campaign, and says so afterwards; the office keeps the row (P11, P12)."""

from datetime import date, datetime, timedelta

import pytest

from domain.actor import Actor
from domain.objections import Objection
from domain.pledge.term import PublicityOver, public_until
from domain.policy import STANDARD
from domain.ports import House
from domain.ratings import Channel, Privacy
from models.campaigns import CampaignRow
from models.pledge_progress import Progress
from models.pledges import Pledge
from services import board, forgetting, objections, pledge_progress, pledges, screen
from services import register as registers
from services.board import Filter
from services.pledge_progress import Entry, Reported
from tests.bureau import Bureau
from tests.conftest import MONDAY
from tests.pledging import load, pledged

LAST = date(2026, 12, 31)


def in_campaign(bureau: Bureau) -> str:
    """A published pledge of a campaign that ends on the last day of the year; its code."""
    made = pledged(bureau, "published", MONDAY)
    load(bureau, "pledge-pioneer-2010", MONDAY)
    load(bureau, "service-year", MONDAY)
    with bureau.house.database.transaction() as db:
        for campaign in db.query(CampaignRow):
            campaign.ends_on, campaign.title = LAST, f"亮诺活动{campaign.id}"
        db.query(Pledge).filter(Pledge.code == made).one().campaign = "pledge_pioneer_2010"
        registers.grow(db)
    return made


@pytest.fixture
def code(bureau: Bureau) -> str:
    return in_campaign(bureau)


def shown(bureau: Bureau, day: date) -> list[str]:
    with bureau.house.database.reading() as db:
        return [one.code for one in board.entries(db, Filter(said="一次告知"), day)]


@pytest.mark.parametrize(
    ("ends_on", "published_on", "deadline", "until"),
    [
        (LAST, date(2026, 9, 1), date(2027, 6, 1), date(2027, 1, 30)),
        (LAST, None, None, date(2027, 1, 30)),
        (date(2011, 6, 30), date(2026, 11, 23), date(2026, 12, 1), date(2026, 12, 31)),
        (date(2011, 6, 30), date(2026, 11, 23), None, date.max),
    ],
    ids=["in the campaign", "no day known", "from a notice of another year", "the same without a deadline"],
)
def test_the_term_counts_from_the_campaigns_end_or_else_the_pledges_own(
    bureau: Bureau, code: str, ends_on: date, published_on: date | None, deadline: date | None, until: date
) -> None:
    assert public_until(ends_on, published_on, deadline) == until
    with bureau.house.database.transaction() as db:
        db.query(CampaignRow).filter(CampaignRow.key == "pledge_pioneer_2010").one().ends_on = ends_on
        row = db.query(Pledge).filter(Pledge.code == code).one()
        row.published_on, row.deadline = published_on, deadline
        registers.grow(db)
    last = min(until, date(2100, 1, 1))
    assert code in shown(bureau, last)
    assert until == date.max or code not in shown(bureau, last + timedelta(days=1))


def test_a_pledge_leaves_board_and_screen_the_day_after_its_term(bureau: Bureau, code: str) -> None:
    until = LAST + timedelta(days=30)
    assert code in shown(bureau, until)
    assert code not in shown(bureau, until + timedelta(days=1))
    with bureau.house.database.reading() as db:
        assert board.over(db, until) == []
        assert board.over(db, until + timedelta(days=1)) == [("亮诺活动1", until)]
        assert code not in [one.code for one in screen.shown(db, MONDAY + timedelta(days=90)).pledges]


def test_what_is_no_longer_public_takes_no_objection_and_stays_for_the_office(bureau: Bureau, code: str) -> None:
    later = MONDAY + timedelta(days=90)
    said = Objection(Actor(rater="wang"), code, "没有做到", Privacy.ANONYMOUS, Channel.CHAT)
    with bureau.house.database.transaction() as db, pytest.raises(PublicityOver):
        objections.object_to(db, said, later, STANDARD)
    with bureau.house.database.transaction() as db:
        assert pledges.retract(db, bureau.actor("office"), code, "整理", later).code == code


def excused(bureau: Bureau, code: str) -> None:
    with bureau.house.database.transaction() as db:
        pledge_progress.report(db, bureau.actor("clerk"), code, Entry(Reported.PROGRESS, "走访了十二户", 30), MONDAY)
        pledge_progress.report(db, bureau.actor("clerk"), code, Entry(Reported.EXCUSE, "家中有病人"), MONDAY)
        pledge_progress.confirm(db, bureau.actor("secretary"), code, "accept", "情况属实", MONDAY)


@pytest.mark.parametrize(
    ("on", "left"),
    [
        (datetime(2027, 11, 1, tzinfo=MONDAY.tzinfo), {"走访了十二户", "家中有病人", "情况属实"}),
        (datetime(2027, 12, 1, tzinfo=MONDAY.tzinfo), {"走访了十二户", "情况属实"}),
        (datetime(2029, 1, 3, tzinfo=MONDAY.tzinfo), set()),
    ],
    ids=["within the year", "a year after", "two years after the campaign"],
)
def test_what_was_written_on_the_way_goes_when_its_term_is_over(bureau: Bureau, house: House, code: str, on: datetime, left: set[str]) -> None:
    excused(bureau, code)
    for _ in range(2):
        with house.database.transaction() as db:
            forgetting.tidy(db, on, STANDARD)
    with house.database.reading() as db:
        row = db.query(Pledge).filter(Pledge.code == code).one()
        told = {one.words for one in db.query(Progress).filter(Progress.pledge_id == row.id)} | {row.opinion}
        assert told - {""} == left
        assert row.content == "窗口材料一次告知"
