"""下一年从今年开始: days shifted, texts kept, people dropped, lessons attached (B24, F07)."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from domain.campaign.writing import write_campaign
from domain.campaign_file import Campaign, read_campaign
from domain.errors import NoSuchCampaign, NotAllowed
from domain.schedule.copying import from_day, next_year
from domain.schedule.refusals import KeyTaken, KeyUnfit
from services import campaign_copies, campaigns
from services.campaign_copies import Draft, Wish
from tests.bureau import Bureau
from tests.services.test_submissions import decide, hand_in
from tests.services.test_todos import mine, spring, start

FILES = sorted((Path(__file__).parents[2] / "campaigns").glob("*.yaml"))


def copied(bureau: Bureau, wish: Wish, by: str = "office") -> Draft:
    with bureau.house.database.reading() as db:
        return campaign_copies.copy(db, bureau.actor(by), wish, bureau.house.now() + timedelta(days=30))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_campaign_written_down_again_reads_the_same(file: Path) -> None:
    campaign, _ = read_campaign(file.read_text(encoding="utf-8"), file.name)
    assert campaign is not None
    assert read_campaign(write_campaign(campaign), file.name) == (campaign, [])


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_copy_of_every_ready_campaign_is_sound(file: Path) -> None:
    campaign, _ = read_campaign(file.read_text(encoding="utf-8"), file.name)
    assert campaign is not None
    for copy in (next_year(campaign, "x", "新的一年", 16, {}), from_day(campaign, "x", "从今天起", date(2026, 11, 8), {})):
        again, findings = read_campaign(write_campaign(copy), "x")
        assert again is not None
        assert findings == []
        assert copy.basis.document_no == ""
        assert not any(role.holder for role in copy.roles)


def test_the_next_year_keeps_the_words_and_shifts_the_days(bureau: Bureau) -> None:
    start(bureau)
    campaign = sound(copied(bureau, Wish("spring", "spring_2027", "")))
    task = campaign.tasks[0]
    assert (task.when, task.due_on, campaign.year) == ("11月24日前", date(2027, 11, 24), 2027)
    assert campaign.phases[1].ends_on == date(2027, 12, 31)


def test_lessons_of_the_year_stand_beside_each_task(bureau: Bureau) -> None:
    start(bureau)
    first = mine(bureau, "secretary")[0]
    hand_in(bureau, first.id)
    decide(bureau, first.id, "return")
    hand_in(bureau, first.id, now=bureau.house.now() + timedelta(days=20))
    campaign = sound(copied(bureau, Wish("spring", "spring_2027", "第二年")))
    assert campaign.tasks[0].note == "上年情况：2个对象，办结0个，到现在没有报送1个，退回1次"


def test_the_copy_loads_and_starts_like_any_other(bureau: Bureau) -> None:
    start(bureau)
    campaign = sound(copied(bureau, Wish("spring", "again", "再来一次", first=date(2026, 11, 20))))
    with bureau.house.database.transaction() as db:
        campaigns.load(db, bureau.actor("office"), campaign, bureau.house.now())
        assert campaigns.definition(db, "again").tasks[0].when == "2026年12月13日前"


@pytest.mark.parametrize(
    ("wish", "refusal"),
    [
        (Wish("spring", "spring", ""), KeyTaken),
        (Wish("spring", "春天", ""), KeyUnfit),
        (Wish("nothing", "x", ""), NoSuchCampaign),
    ],
    ids=["taken", "unfit", "no such source"],
)
def test_a_copy_that_cannot_be_says_why(bureau: Bureau, wish: Wish, refusal: type[Exception]) -> None:
    start(bureau)
    with pytest.raises(refusal):
        copied(bureau, wish)


def test_a_secretary_copies_no_campaign(bureau: Bureau) -> None:
    start(bureau)
    with pytest.raises(NotAllowed):
        copied(bureau, Wish("spring", "x", ""), by="secretary")


@pytest.mark.parametrize(
    ("day", "years", "later"), [((2028, 2, 29), 1, (2029, 2, 28)), ((2027, 2, 28), 1, (2028, 2, 29)), ((2026, 8, 31), 3, (2029, 8, 31))]
)
def test_the_last_of_february_stays_the_last(day: tuple[int, int, int], years: int, later: tuple[int, int, int]) -> None:
    moved = next_year(replace(spring(), ends_on=date(*day)), "x", "x", years, {})
    assert moved.ends_on == date(*later)


def sound(draft: Draft) -> Campaign:
    assert draft.campaign is not None, draft.findings
    return draft.campaign
