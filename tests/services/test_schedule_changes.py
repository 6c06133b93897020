"""改配档表: nothing is applied that was not shown; a workbook comes back with its holes, merges and dates as text (F03)."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from domain.campaign_file import read_campaign
from domain.errors import LostRace, NotAllowed
from domain.roster.records import Grid
from domain.schedule.edits import differences
from domain.schedule.refusals import ChangeUnsound, NoSuchTask, NothingChanged
from domain.schedule.sheet import HEADINGS, read_table, rows_of
from services import schedule_changes
from services.schedule_changes import Proposal
from tests.bureau import Bureau
from tests.services.test_campaign_copies import FILES
from tests.services.test_schedule_table import entry
from tests.services.test_todos import load, mine, start, titles

LAST_DAY, WHO, TITLE, PHASE = HEADINGS.index("截止日期"), HEADINGS.index("责任单位"), HEADINGS.index("任务"), HEADINGS.index("阶段")


def of_row(bureau: Bureau, key: str = "t1", by: str = "office", **values: Any) -> Proposal:
    with bureau.house.database.reading() as db:
        return schedule_changes.of_row(db, bureau.actor(by), "spring", key, values, bureau.house.now())


def apply(bureau: Bureau, proposal: Proposal, version: int | None = None) -> None:
    with bureau.house.database.transaction() as db:
        office, now = bureau.actor("office"), bureau.house.now()
        schedule_changes.apply(db, office, proposal, proposal.version if version is None else version, now)


def sheet(bureau: Bureau) -> list[list[Any]]:
    """The workbook's cells as they went out."""
    with bureau.house.database.reading() as db:
        rows = schedule_changes.sheet_rows(db, bureau.actor("office"), "spring")
    return [["春季示范活动配档表", *[""] * (len(HEADINGS) - 1)], [*HEADINGS], *[[*row] for row in rows]]


def came_back(bureau: Bureau, rows: list[list[Any]], drop: bool = False, merges: tuple[tuple[int, int, int, int], ...] = ()) -> Proposal:
    with bureau.house.database.reading() as db:
        grids = [Grid("配档表", rows, merges)]
        return schedule_changes.of_sheet(db, bureau.actor("office"), "spring", grids, drop, bureau.house.now())


def test_a_shifted_day_is_shown_with_everybody_who_will_be_told(bureau: Bureau) -> None:
    start(bureau)
    proposal = of_row(bureau, last_day=date(2026, 11, 27))
    assert [(cell.chinese, cell.before, cell.after) for cell in proposal.differences.cells] == [
        ("时限（原文）", "11月24日前", "11月27日前"),
        ("截止日期", "2026-11-24", "2026-11-27"),
    ]
    assert [(one.name, one.words) for one in proposal.told] == [
        ("苏明礼", "“制定实施细则并报送”的截止日期改为2026-11-27。"),
        ("宋望舒", "“制定实施细则并报送”的截止日期改为2026-11-27。"),
    ]
    assert mine(bureau, "secretary")[0].due_on == date(2026, 11, 24)
    apply(bureau, proposal)
    assert mine(bureau, "secretary")[0].due_on == date(2026, 11, 27)


def test_what_was_changed_meanwhile_is_not_overwritten(bureau: Bureau) -> None:
    start(bureau)
    mine_, other = of_row(bureau, last_day=date(2026, 11, 27)), of_row(bureau, title="另一个改法")
    apply(bureau, other)
    with pytest.raises(LostRace):
        apply(bureau, mine_, mine_.version)
    with pytest.raises(LostRace):
        apply(bureau, of_row(bureau, last_day=date(2026, 11, 27)), mine_.version)


def test_no_change_and_no_such_row_are_said(bureau: Bureau) -> None:
    load(bureau)
    with pytest.raises(NothingChanged):
        apply(bureau, of_row(bureau, title="制定实施细则并报送"))
    with pytest.raises(NoSuchTask):
        of_row(bureau, "t99", title="没有这一项")
    with pytest.raises(NotAllowed):
        of_row(bureau, by="secretary", title="书记改不了")


def test_a_day_before_its_own_beginning_is_refused_with_words(bureau: Bureau) -> None:
    load(bureau)
    proposal = of_row(bureau, starts_on=date(2026, 12, 1))
    assert not proposal.sound
    assert "早于" in proposal.findings
    with pytest.raises(ChangeUnsound):
        apply(bureau, proposal)


def test_the_workbook_as_it_went_out_changes_nothing(bureau: Bureau) -> None:
    load(bureau)
    proposal = came_back(bureau, sheet(bureau))
    assert proposal.differences.none
    assert proposal.faults == () == proposal.missing


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_ready_campaign_goes_out_and_comes_back_unchanged(file: Path) -> None:
    campaign, _ = read_campaign(file.read_text(encoding="utf-8"), file.name)
    assert campaign is not None
    reading = read_table([Grid("", [[*HEADINGS], *[[*row] for row in rows_of(campaign)]])], campaign)
    assert reading.faults == []
    assert differences(campaign, reading.campaign).none


@pytest.mark.parametrize(
    "cell",
    [date(2026, 11, 27), datetime(2026, 11, 27), 46353.0, "2026-11-27", "2026年11月27日", "2026/11/27", "11月27日前", "11月27日", "２０２６-11-27"],
    ids=str,
)
def test_a_day_is_read_however_the_cell_has_it(bureau: Bureau, cell: Any) -> None:
    start(bureau)
    rows = sheet(bureau)
    rows[2][LAST_DAY] = cell
    proposal = came_back(bureau, rows)
    assert proposal.faults == ()
    assert proposal.differences.cells[-1].after == "2026-11-27"


@pytest.mark.parametrize(
    ("column", "cell", "words"),
    [
        (LAST_DAY, "尽快", "不是日期"),
        (LAST_DAY, "2026-13-45", "不是日期"),
        (LAST_DAY, "2月30日前", "不是日期"),
        (LAST_DAY, 99.0, "不是日期"),
        (LAST_DAY, "1800-01-01", "不是日期"),
        (WHO, "党之部", "是不是想写“党支部”？"),
        (WHO, "", "没有写责任单位"),
        (TITLE, "", "没有写任务名称"),
        (PHASE, "第九阶段", "不是本活动的阶段"),
        (0, "t404", "没有行号"),
        (0, "t2", "出现了两次"),
        (TITLE, "长" * 300, "太长"),
    ],
    ids=str,
)
def test_a_wrong_cell_is_named_and_nothing_is_taken(bureau: Bureau, column: int, cell: Any, words: str) -> None:
    load(bureau)
    rows = sheet(bureau)
    rows[2 if cell != "t2" else 4][column] = cell
    proposal = came_back(bureau, rows)
    assert not proposal.sound
    assert words in str(proposal.faults[0])
    with pytest.raises(ChangeUnsound):
        apply(bureau, proposal)


def test_removed_rows_stay_until_their_removal_is_asked_for(bureau: Bureau) -> None:
    start(bureau)
    rows = [row for row in sheet(bureau) if row[0] != "t1"]
    kept = came_back(bureau, rows)
    assert kept.differences.none
    assert [task.id for task in kept.missing] == ["t1"]
    dropped = came_back(bureau, rows, drop=True)
    assert [one.words for one in dropped.told] == ["“制定实施细则并报送”已从配档表撤销，不用再报送。"] * 2
    apply(bureau, dropped)
    assert "制定实施细则并报送" not in titles(mine(bureau, "secretary"))


def test_a_new_row_has_no_number_yet_and_binds_at_once(bureau: Bureau) -> None:
    start(bureau)
    row = ["", "集中承诺", "补报联络员", "党支部", "12月5日前", "", "", "联络员名单", "领导小组办公室", "", ""]
    proposal = came_back(bureau, [*sheet(bureau), row, [""] * len(HEADINGS)])
    assert [task.title for task in proposal.differences.added] == ["补报联络员"]
    apply(bureau, proposal)
    assert entry(bureau, "n1").due_on == date(2026, 12, 5)
    assert "补报联络员" in titles(mine(bureau, "secretary"))


def test_merged_cells_say_the_same_in_all_their_parts(bureau: Bureau) -> None:
    load(bureau)
    rows = sheet(bureau)
    rows[3][PHASE] = ""
    proposal = came_back(bureau, rows, merges=((0, 0, 0, 9), (2, PHASE, 3, PHASE)))
    assert proposal.differences.none


@pytest.mark.parametrize("rows", [[["姓名", "手机号"], ["张三", "1"]], [[""]], [[*HEADINGS]]], ids=["another list", "empty", "no rows"])
def test_a_sheet_that_is_no_table_is_said_to_be_none(bureau: Bureau, rows: list[list[Any]]) -> None:
    load(bureau)
    assert came_back(bureau, rows).faults
