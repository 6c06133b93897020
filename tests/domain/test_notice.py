"""A clerk pastes a notice and gets its schedule, each line with its sentence: nothing dated is forgotten, nothing made up."""

from datetime import date
from pathlib import Path

import pytest

from domain.campaign_file import read_campaign
from domain.notice.comparing import compare
from domain.notice.reading import LONGEST, read_notice
from domain.notice.records import DraftSchedule, DraftTask
from domain.notice.refusals import NothingDated, NoticeTooLong, YearMissing
from domain.notice.writing import campaign_file

HERE = Path(__file__).parent
CAMPAIGNS = HERE.parent.parent / "campaigns"


def drafted(name: str, year: int | None = None) -> DraftSchedule:
    return read_notice((HERE / "notices" / f"{name}.txt").read_text(encoding="utf-8"), year)


def task(draft: DraftSchedule, words: str) -> DraftTask:
    return next(one for one in draft.tasks if words in one.title)


@pytest.mark.parametrize(("name", "year", "campaign"), [("pioneers", None, "pledge-pioneer-2010"), ("scanned", 2014, "service-year")])
def test_every_dated_task_and_phase_of_the_hand_made_campaign_is_found_and_none_invented(name: str, year: int | None, campaign: str) -> None:
    by_hand, _ = read_campaign((CAMPAIGNS / f"{campaign}.yaml").read_text(encoding="utf-8"), campaign)
    assert by_hand is not None

    seen = compare(drafted(name, year), by_hand)

    assert (seen.missing, seen.invented, seen.phases_missing) == ((), (), ())
    assert len(seen.found) == 3


def test_title_number_and_year_are_read_from_the_head() -> None:
    draft = drafted("pioneers")

    assert (draft.title, draft.document_no, draft.year) == ("带头承诺立标杆", "青禾建党发[2010]8号", 2010)


def test_who_reports_what_to_whom_until_when() -> None:
    found = task(drafted("pioneers"), "实施细则")

    assert (found.by, found.report_to, found.deliverable) == ("branch", "leading_office", "实施细则、活动计划")
    assert (found.due_on, found.when, found.phase) == (date(2010, 8, 24), "8月24日前", 0)
    assert found.source.startswith("各党支部要结合实际")


def test_what_the_committee_decides_has_it_as_approver() -> None:
    found = task(drafted("pioneers"), "审定")

    assert (found.approver, found.due_on, found.phase) == ("committee", date(2010, 8, 31), 1)


def test_a_line_broken_by_the_printer_is_read_as_one() -> None:
    assert task(drafted("pioneers"), "动员会议").due_on == date(2010, 8, 24)


def test_words_without_a_day_stay_words() -> None:
    found = task(drafted("pioneers"), "述职会议")

    assert (found.when, found.last_day, found.by) == ("适时", None, "committee")


def test_carriers_of_a_list_are_tasks_of_whoever_began_the_list() -> None:
    draft = drafted("pioneers")

    assert [task(draft, words).by for words in ("亮身份", "练兵", "承诺述职活动")] == ["branch"] * 3
    assert {task(draft, words).phase for words in ("亮身份", "练兵")} == {2}


def test_the_date_under_the_notice_and_an_old_meeting_are_no_deadlines() -> None:
    days = {one.last_day for one in drafted("pioneers").tasks}

    assert date(2010, 8, 22) not in days


def test_a_garbled_month_ends_before_the_next_phase_and_says_so() -> None:
    phase = drafted("scanned", 2014).phases[1]

    assert (phase.starts_on, phase.ends_on) == (date(2014, 5, 1), date(2014, 10, 31))
    assert "按下一阶段开始的前一天推定" in phase.doubt


def test_the_year_that_the_clerk_gives_wins_over_a_wrong_one() -> None:
    assert {phase.starts_on.year for phase in drafted("scanned", 2014).phases if phase.starts_on} == {2014}
    assert {phase.starts_on.year for phase in drafted("scanned").phases if phase.starts_on} == {2023}


def test_where_it_takes_place_is_read() -> None:
    assert task(drafted("scanned", 2014), "植树").where == "园林路两侧"


@pytest.mark.parametrize(
    ("words", "by", "first", "last"),
    [
        ("活动方案", "branch", None, date(2027, 3, 20)),
        ("自查自纠", "service_window", date(2027, 4, 1), date(2027, 4, 15)),
        ("满意度测评", "committee", None, date(2027, 9, 30)),
        ("工作总结", "section", None, date(2028, 1, 10)),
    ],
)
def test_other_wordings_of_a_deadline(words: str, by: str, first: date | None, last: date) -> None:
    found = task(drafted("short"), words)

    assert (found.by, found.starts_on, found.last_day) == (by, first, last)


def test_a_deadline_of_every_month_is_words_and_no_date() -> None:
    assert task(drafted("short"), "工作动态").last_day is None


@pytest.mark.parametrize("name", ["pioneers", "scanned", "short"])
def test_the_draft_as_a_file_passes_the_check(name: str) -> None:
    campaign, findings = read_campaign(campaign_file(drafted(name)), name)

    assert campaign is not None
    assert [str(one) for one in findings] == []
    assert all(one.note for one in campaign.tasks)


@pytest.mark.parametrize(
    ("text", "year", "refusal"),
    [
        ("", None, YearMissing),
        ("没有日期的一段话。", 2027, NothingDated),
        ("请于3月20日前上报。", None, YearMissing),
        ("长" * (LONGEST + 1), 2027, NoticeTooLong),
        ("<script>alert(1)</script>2027年", None, NothingDated),
        ("请于2027年2月30日前上报。", None, NothingDated),
    ],
    ids=["empty", "no date", "no year", "too long", "markup", "no such day"],
)
def test_what_gives_no_schedule_is_said_in_a_sentence(text: str, year: int | None, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        read_notice(text, year)
