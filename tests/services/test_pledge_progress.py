"""践诺: entries, evidence, one's own word and the confirmed one; the whole story of a pledge."""

import pytest

from domain.errors import NoSuchPledge, NotNow
from domain.files import Kept, Kind, NotYourFile
from domain.pledge.refusals import PercentOutOfRange, ProgressMissing, TextTooLong, WhyMissing
from services import files, pledge_records
from services.pledge_progress import Entry, Reported, confirm, report
from tests.bureau import Bureau
from tests.conftest import MONDAY
from tests.pledging import pledged


@pytest.fixture
def code(bureau: Bureau) -> str:
    return pledged(bureau, "published", MONDAY)


def test_an_entry_moves_the_pledge_on_and_keeps_what_was_said(bureau: Bureau, code: str) -> None:
    with bureau.house.database.transaction() as db:
        report(db, bureau.actor("clerk"), code, Entry(Reported.PROGRESS, "印好六类清单", 50), MONDAY)
        report(db, bureau.actor("clerk"), code, Entry(Reported.PROGRESS, "返工，重印两类", 40), MONDAY)
        record = pledge_records.one(db, bureau.actor("secretary"), code, MONDAY)
    assert [(one.percent, one.words) for one in record.entries] == [(50, "印好六类清单"), (40, "返工，重印两类")]
    assert (record.line.percent, record.line.state_words) == (40, "推进中")


@pytest.mark.parametrize(
    ("entry", "refusal"),
    [
        (Entry(Reported.PROGRESS, "多做了", 101), PercentOutOfRange),
        (Entry(Reported.PROGRESS, "\u200b ", 10), ProgressMissing),
        (Entry(Reported.PROGRESS, "字" * 501, 10), TextTooLong),
        (Entry(Reported.EXCUSE, ""), WhyMissing),
        (Entry(Reported.PROGRESS, "图", 10, files=("not-mine",)), NotYourFile),
    ],
)
def test_what_cannot_be_reported_is_said_and_nothing_is_written(bureau: Bureau, code: str, entry: Entry, refusal: type[Exception]) -> None:
    with pytest.raises(refusal), bureau.house.database.transaction() as db:
        report(db, bureau.actor("clerk"), code, entry, MONDAY)
    with bureau.house.database.reading() as db:
        assert pledge_records.one(db, bureau.actor("clerk"), code, MONDAY).entries == ()


def test_evidence_belongs_to_its_entry(bureau: Bureau, code: str) -> None:
    with bureau.house.database.transaction() as db:
        picture = files.add(db, bureau.actor("clerk"), Kept("a" * 64, "清单.jpg", Kind.JPEG, 9), MONDAY)
        report(db, bureau.actor("clerk"), code, Entry(Reported.PROGRESS, "清单已上墙", 80, (picture.code,)), MONDAY)
        record = pledge_records.one(db, bureau.actor("secretary"), code, MONDAY)
    assert [one.name for one in record.entries[0].files] == ["清单.jpg"]


def test_only_its_own_people_report_and_only_what_is_published(bureau: Bureau, code: str) -> None:
    approved, entry = pledged(bureau, "approved", MONDAY), Entry(Reported.PROGRESS, "印好六类清单", 50)
    with bureau.house.database.transaction() as db:
        with pytest.raises(NoSuchPledge):
            report(db, bureau.actor("secretary"), code, entry, MONDAY)
        with pytest.raises(NotNow):
            report(db, bureau.actor("clerk"), approved, entry, MONDAY)


def test_the_story_tells_who_did_what_as_what_and_not_every_keystroke(bureau: Bureau, code: str) -> None:
    with bureau.house.database.transaction() as db:
        report(db, bureau.actor("clerk"), code, Entry(Reported.FULFIL, "清单已印好"), MONDAY)
        confirm(db, bureau.actor("secretary"), code, "confirm", "已到窗口看过", MONDAY)
    with bureau.house.database.reading() as db:
        record = pledge_records.one(db, bureau.actor("clerk"), code, MONDAY)
    assert [(one.who, one.seat, one.what) for one in record.story] == [
        ("禾小满", "", "起草"),
        ("禾小满", "", "提交审核"),
        ("苏明礼", "支部书记", "审核通过"),
        ("叶知秋", "领导小组办公室", "公示"),
        ("禾小满", "", "报告兑现"),
        ("苏明礼", "支部书记", "核实兑现"),
    ]
    assert record.line.state_words == "已兑现（已核实）"


def test_a_record_offers_each_reader_what_he_may_do_and_hides_itself_from_others(bureau: Bureau) -> None:
    code = pledged(bureau, "submitted", MONDAY)
    readers = ("clerk", "secretary", "auditor")
    with bureau.house.database.reading() as db:
        verbs = {who: [row.verb for row in pledge_records.one(db, bureau.actor(who), code, MONDAY).verbs] for who in readers}
        for who, which in (("stranger", code), ("other_secretary", code), ("clerk", "nothing")):
            with pytest.raises(NoSuchPledge):
                pledge_records.one(db, bureau.actor(who), which, MONDAY)
    assert verbs == {"clerk": ["withdraw"], "secretary": ["return", "approve"], "auditor": []}
