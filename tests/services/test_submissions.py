"""报送: a receipt for each hand-in, returns with a reason, versions kept, two reviewers of whom one is too late (A3, A4, F04)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta

import pytest

from domain.errors import LostRace, NotAllowed, NotNow
from domain.meetings import Meeting
from domain.schedule.refusals import (
    AlreadyHandedIn,
    AnotherVersion,
    DayOutside,
    ExtensionPending,
    ItemsUnfit,
    MeetingIncomplete,
    NoSuchSubmission,
    NothingHandedIn,
    WhyMissing,
    WordsTooLong,
)
from models import letters as letters_table
from models.people import SeatRow
from services import extensions, submissions, todos
from services.submissions import Receipt
from services.todos import Shown
from tests.bureau import Bureau
from tests.services.test_todos import load, mine, start, titles

MEETING = {
    "level": "党支部党员大会",
    "held_at": "11月16日 15:00",
    "place": "二楼会议室",
    "attendees": "全体党员21人",
    "minutes": "传达文件，部署活动",
}


@pytest.fixture
def rules(bureau: Bureau) -> Shown:
    """制定实施细则, as the branch's secretary sees it."""
    start(bureau)
    return next(todo for todo in mine(bureau, "secretary") if todo.task == "制定实施细则并报送")


def hand_in(bureau: Bureau, todo_id: int, words: str = "细则见附件", by: str = "secretary", now: datetime | None = None) -> Receipt:
    with bureau.house.database.transaction() as db:
        return submissions.hand_in(db, bureau.actor(by), todo_id, words, now or bureau.house.now())


def decide(bureau: Bureau, todo_id: int, verb: str, no: int = 1, why: str = "缺时间表", by: str = "office") -> None:
    with bureau.house.database.transaction() as db:
        submissions.decide(db, bureau.actor(by), todo_id, no, verb, why, bureau.house.now())


def seen(bureau: Bureau, todo_id: int, by: str = "secretary") -> Shown:
    with bureau.house.database.reading() as db:
        return todos.one(db, bureau.actor(by), todo_id, bureau.house.now())


def test_each_hand_in_gets_the_years_next_number(bureau: Bureau, rules: Shown) -> None:
    assert hand_in(bureau, rules.id).number == "收字2026-0001"
    other = mine(bureau, "other_secretary")[0]
    assert hand_in(bureau, other.id, by="other_secretary").number == "收字2026-0002"
    assert seen(bureau, rules.id).chinese == "已报送，待审核"
    assert "制定实施细则并报送" not in titles(mine(bureau, "secretary"))


def test_handing_in_twice_gives_the_first_receipt_back_in_words(bureau: Bureau, rules: Shown) -> None:
    hand_in(bureau, rules.id)
    with pytest.raises(AlreadyHandedIn) as refusal:
        hand_in(bureau, rules.id)
    assert "收字2026-0001" in refusal.value.text


def test_a_return_needs_a_reason_reaches_the_secretary_and_both_versions_stay(bureau: Bureau, rules: Shown) -> None:
    hand_in(bureau, rules.id, "第一稿")
    with pytest.raises(WhyMissing):
        decide(bureau, rules.id, "return", why=" ")
    decide(bureau, rules.id, "return")
    assert seen(bureau, rules.id).why == "缺时间表"
    assert hand_in(bureau, rules.id, "第二稿").number == "收字2026-0002"
    decide(bureau, rules.id, "accept", no=2, why="")
    with bureau.house.database.reading() as db:
        kept = submissions.versions(db, bureau.actor("secretary"), rules.id, bureau.house.now())
        told = letters_table.of_person(db, bureau.people["secretary"])
    assert [(one.no, one.words, one.decision) for one in kept] == [(1, "第一稿", "returned"), (2, "第二稿", "accepted")]
    assert {letter.kind for letter in told} >= {"todo_return", "todo_accept"}


def test_of_two_reviewers_the_second_is_told_so(bureau: Bureau, rules: Shown) -> None:
    hand_in(bureau, rules.id)
    decide(bureau, rules.id, "accept", why="")
    with pytest.raises(NotNow):
        decide(bureau, rules.id, "return", by="committee")
    assert seen(bureau, rules.id).chinese == "已办结"


def test_of_two_reviewers_at_the_same_instant_one_decides(bureau: Bureau, rules: Shown) -> None:
    hand_in(bureau, rules.id)

    def try_to(deed: tuple[str, str]) -> str:
        try:
            decide(bureau, rules.id, deed[0], by=deed[1])
        except (LostRace, NotNow):
            return "too late"
        return deed[0]

    with ThreadPoolExecutor(2) as two:
        ends = list(two.map(try_to, [("accept", "office"), ("return", "committee")]))
    assert sorted(ends).count("too late") == 1
    assert seen(bureau, rules.id).state in ("accepted", "returned")


def test_a_reviewer_who_read_an_older_version_decides_nothing(bureau: Bureau, rules: Shown) -> None:
    hand_in(bureau, rules.id)
    with bureau.house.database.transaction() as db:
        submissions.take_back(db, bureau.actor("secretary"), rules.id, bureau.house.now())
    hand_in(bureau, rules.id, "换过的材料")
    with pytest.raises(AnotherVersion):
        decide(bureau, rules.id, "accept", no=1, why="")


def test_late_stays_late_also_after_a_return(bureau: Bureau, rules: Shown) -> None:
    late = hand_in(bureau, rules.id, now=bureau.house.now() + timedelta(days=9))
    assert late.late
    decide(bureau, rules.id, "return")
    assert not seen(bureau, rules.id).overdue
    decide_again = hand_in(bureau, rules.id, "改好了")
    assert decide_again.late
    assert seen(bureau, rules.id).lateness == "逾期报送"


def test_nobody_decides_on_what_he_handed_in_and_no_secretary_on_his_own_branch(bureau: Bureau, rules: Shown) -> None:
    hand_in(bureau, rules.id, by="office")
    with pytest.raises(NotAllowed):
        decide(bureau, rules.id, "accept", why="")
    with pytest.raises(NotAllowed):
        decide(bureau, rules.id, "accept", why="", by="secretary")
    decide(bureau, rules.id, "accept", why="", by="committee")


def test_what_the_committee_approves_the_office_does_not(bureau: Bureau, rules: Shown) -> None:
    summary = next(todo for todo in mine(bureau, "secretary") if todo.task == "汇总报审")
    hand_in(bureau, summary.id)
    with pytest.raises(NotAllowed):
        decide(bureau, summary.id, "accept", why="")
    decide(bureau, summary.id, "accept", why="", by="committee")


def test_a_secretary_reviews_what_his_members_hand_in(bureau: Bureau, rules: Shown) -> None:
    measures = mine(bureau, "clerk")[0]
    hand_in(bureau, measures.id, "三条措施", by="clerk")
    with pytest.raises(NotAllowed):
        decide(bureau, measures.id, "accept", why="", by="clerk")
    decide(bureau, measures.id, "accept", why="", by="secretary")


def test_a_meeting_is_one_record_and_says_what_it_lacks(bureau: Bureau, rules: Shown) -> None:
    with pytest.raises(MeetingIncomplete) as refusal:
        Meeting.of({"level": "党支部党员大会"})
    assert refusal.value.text == "会议记录还缺：时间、地点、参加人员、会议内容。请补充后再提交。"
    with bureau.house.database.transaction() as db:
        now = bureau.house.now()
        submissions.hand_in(db, bureau.actor("secretary"), rules.id, "", now, meeting=Meeting.of(MEETING))
        kept = submissions.versions(db, bureau.actor("office"), rules.id, now)
    assert kept[0].meeting is not None
    assert kept[0].meeting.lines[0] == ("会议层次", "党支部党员大会")


@pytest.mark.parametrize(("words", "refusal"), [("  ", NothingHandedIn), ("长" * 5001, WordsTooLong)])
def test_nothing_and_too_much_are_refused_in_words(bureau: Bureau, rules: Shown, words: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        hand_in(bureau, rules.id, words)


@pytest.mark.parametrize("said", ["收字2026-0001", "收字〔2026〕1号", "2026-1", "收 2026-0001"])
def test_a_receipts_number_leads_back_however_it_is_typed(bureau: Bureau, rules: Shown, said: str) -> None:
    hand_in(bureau, rules.id)
    with bureau.house.database.reading() as db:
        assert submissions.by_receipt(db, bureau.actor("office"), said, bureau.house.now()) == rules.id


@pytest.mark.parametrize("said", ["收字2026-0002", "收字", "A0231", "收字2026-0", "9" * 40])
def test_a_number_that_is_none_is_not_found(bureau: Bureau, rules: Shown, said: str) -> None:
    with pytest.raises(NoSuchSubmission), bureau.house.database.reading() as db:
        submissions.by_receipt(db, bureau.actor("office"), said, bureau.house.now())


def ask_for(bureau: Bureau, todo_id: int, until: date, why: str = "材料要等县里批复", by: str = "secretary") -> int:
    with bureau.house.database.transaction() as db:
        return extensions.ask_for(db, bureau.actor(by), todo_id, until, why, bureau.house.now()).id


def answer(bureau: Bureau, extension_id: int, verb: str, words: str = "") -> None:
    with bureau.house.database.transaction() as db:
        extensions.decide(db, bureau.actor("office"), extension_id, verb, words, bureau.house.now())


def test_an_extension_is_asked_with_a_reason_and_moves_the_day_when_granted(bureau: Bureau, rules: Shown) -> None:
    asked = ask_for(bureau, rules.id, date(2026, 11, 30))
    with pytest.raises(ExtensionPending):
        ask_for(bureau, rules.id, date(2026, 12, 1))
    answer(bureau, asked, "grant")
    after = seen(bureau, rules.id)
    assert after.due_on == date(2026, 11, 30)
    assert after.due_words.endswith("〔经批准延期至2026年11月30日（周一）：材料要等县里批复〕")
    with pytest.raises(NotNow):
        answer(bureau, asked, "refuse", "来不及")


def test_a_refused_extension_changes_nothing_and_says_why(bureau: Bureau, rules: Shown) -> None:
    asked = ask_for(bureau, rules.id, date(2026, 11, 30))
    with pytest.raises(WhyMissing):
        answer(bureau, asked, "refuse")
    answer(bureau, asked, "refuse", "期限由上级规定")
    assert seen(bureau, rules.id).due_on == rules.due_on


@pytest.mark.parametrize("until", [date(2026, 11, 24), date(2026, 1, 1), date(2099, 1, 1)], ids=str)
def test_an_extension_into_the_past_or_beyond_everything_is_refused(bureau: Bureau, rules: Shown, until: date) -> None:
    with pytest.raises(DayOutside):
        ask_for(bureau, rules.id, until)


def test_a_stranger_asks_for_no_extension(bureau: Bureau, rules: Shown) -> None:
    with pytest.raises(NotAllowed):
        ask_for(bureau, rules.id, date(2026, 11, 30), by="office")


def test_a_pause_stops_the_clock_by_working_days(bureau: Bureau, rules: Shown) -> None:
    office, now = bureau.actor("office"), bureau.house.now()
    with bureau.house.database.transaction() as db:
        extensions.pause(db, office, rules.id, "等上级文件", now)
    with bureau.house.database.transaction() as db:
        extensions.resume(db, office, rules.id, now + timedelta(days=7))
    after = seen(bureau, rules.id)
    assert (after.due_on, after.chinese) == (date(2026, 12, 1), "待报送")
    assert "顺延5个工作日" in after.due_words


def test_what_was_overdue_before_the_start_is_required_by_a_new_day_or_waived(bureau: Bureau, rules: Shown) -> None:
    office, now = bureau.actor("office"), bureau.house.now()
    with bureau.house.database.reading() as db:
        asked = todos.of_person(db, bureau.actor("secretary"), now, states=["asked"])
    with bureau.house.database.transaction() as db:
        extensions.require(db, office, asked[0].id, date(2026, 11, 20), "", now)
    assert mine(bureau, "secretary")[0].task == "召开动员会议"
    with bureau.house.database.transaction() as db:
        extensions.waive(db, office, asked[0].id, "已以书面形式传达", now)
    assert mine(bureau, "secretary")[0].task == "制定实施细则并报送"


@pytest.mark.parametrize(
    ("words", "fits"), [("办证跑一次", True), ("办证跑一次\n\n上门服务", True), ("一\n二\n三", False)], ids=["one", "two", "three"]
)
def test_one_or_two_items_are_asked_for_not_ten(bureau: Bureau, rules: Shown, words: str, fits: bool) -> None:
    load(bureau, ("deliverable: 实施细则}", "deliverable: 实施细则, min_items: 1, max_items: 2}"))
    assert seen(bureau, rules.id).items == "1至2项"
    if fits:
        hand_in(bureau, rules.id, words)
        return
    with pytest.raises(ItemsUnfit) as refusal:
        hand_in(bureau, rules.id, words)
    assert "现在是3项" in refusal.value.text


def test_who_answers_for_it_is_named_and_nobody_is_said_to_be_nobody(bureau: Bureau, rules: Shown) -> None:
    assert rules.person == "苏明礼"
    with bureau.house.database.transaction() as db:
        db.query(SeatRow).filter_by(person_id=bureau.people["secretary"]).one().to_day = date(2026, 11, 1)
    assert seen(bureau, rules.id, by="office").person == ""
