"""Whole sheets as bureaus keep them: the members come out, and every problem is named by its cell."""

from datetime import date

import pytest

from domain.roster.records import Cell, Grid, Merge, Reading
from domain.roster.sheets import read_sheets

TODAY = date(2026, 11, 16)


def sheet(table: str, merges: list[Merge] | None = None, name: str = "名册") -> Grid:
    """A table drawn with strokes; a cell of a merge is left blank but its first."""
    rows: list[list[Cell]] = [[cell.strip() for cell in line.split("|")] for line in table.strip("\n").splitlines()]
    width = max(map(len, rows))
    return Grid(name, [row + [""] * (width - len(row)) for row in rows], merges or [])


def read(table: str, merges: list[Merge] | None = None, name: str = "名册") -> Reading:
    return read_sheets([sheet(table, merges, name)], TODAY)


def told(reading: Reading) -> list[str]:
    return [" ".join(filter(None, (row.name, row.branch, row.phone, str(row.joined_on or ""), row.category))) for row in reading.rows]


TWO = ["林知远 窗口党支部 13800001111 1998-07-01 正式党员", "禾小满 机关党支部 13800002222 2019-06-18 预备党员"]

SHEETS = {
    "a plain list": """
姓名|党支部|手机号|入党时间|党员类别
林知远|窗口党支部|13800001111|1998-07-01|正式党员
禾小满|机关党支部|13800002222|2019-06-18|预备党员""",
    "other words, other order, other columns between": """
序号|人员类别|联系电话|性别|所属党组织名称|加入中国共产党时间|党员姓名|办公电话
1|正式|138 0000 1111|男|窗口党支部|1998年7月1日|林 知 远|0533-2345678
2|预备|+86-13800002222|女|机关党支部|20190618|禾小满|""",
    "titles above, a date of the report, notes below": """
青禾县住房和城乡建设局党员花名册||||
填报单位：办公室||||2026年11月1日
姓名*|所在支部（全称）|手机（必填）|入党日期|类别
林知远|窗口党支部|13800001111|1998.7.1|正式
禾小满|机关党支部|13800002222|2019/6/18|预备
合计：2人||||
填表人：苏明礼|||审核人：石开泰|
说明：本表由各支部填写后报办公室汇总，每年更新两次。||||""",
    "a header of two rows": """
序号|姓名|所在|联系方式||入党|党员类别|
||党支部|办公电话|手机|时间|正式|预备
1|林知远|窗口党支部|2345678|13800001111|1998-07-01|√|
2|禾小满|机关党支部||13800002222|2019-06-18||√""",
    "a header of two rows whose first alone would do": """
姓名|所在支部|联系方式||入党时间|类别
||办公电话|手机||
林知远|窗口党支部|2345678|13800001111|1998-07-01|正式
禾小满|机关党支部||13800002222|2019-06-18|预备""",
    "branches as headings": """
姓名|联系电话|入党年月日|正式/预备
一、窗口党支部|||
林知远|13800001111|1998-07-01|正式
小计|1人||
二、机关党支部|||
禾小满|13800002222|2019-06-18|预备
小计|1人||""",
    "a branch said once, left blank below, header on every page": """
姓名|支部|手机|入党时间|身份

林知远|窗口党支部|13800001111|1998-07-01|中共党员

姓名|支部|手机|入党时间|身份
禾小满|机关党支部|13800002222|2019-06-18|中共预备党员
|||| """,
}


@pytest.mark.parametrize("table", SHEETS.values(), ids=SHEETS.keys())
def test_the_same_two_members_come_out_of(table: str) -> None:
    reading = read(table)
    assert told(reading) == TWO
    assert (reading.faults, reading.doubts) == ([], [])


def test_a_merged_branch_counts_for_all_its_rows() -> None:
    reading = read("支部|姓名\n窗口党支部|林知远\n|禾小满\n机关党支部|安可期", merges=[(1, 0, 2, 0)])
    assert told(reading) == ["林知远 窗口党支部", "禾小满 窗口党支部", "安可期 机关党支部"]


def test_a_branch_said_once_is_carried_down() -> None:
    reading = read("支部|姓名\n窗口党支部|林知远\n|禾小满\n机关党支部|安可期\n|宋望舒")
    assert [row.branch for row in reading.rows] == ["窗口党支部", "窗口党支部", "机关党支部", "机关党支部"]


def test_a_gap_is_a_fault_where_branches_are_written_out() -> None:
    reading = read("支部|姓名\n窗口党支部|林知远\n窗口党支部|禾小满\n|安可期")
    assert [str(fault) for fault in reading.faults] == ["A4：没有写党支部，请补上"]
    assert reading.unread == {"安可期"}


def test_the_branch_may_stand_above_the_table_or_on_the_tab() -> None:
    assert told(read("党员名册|\n支部名称：窗口党支部|\n姓名|手机\n林知远|13800001111")) == ["林知远 窗口党支部 13800001111"]
    assert told(read("姓名|手机\n林知远|13800001111", name="窗口党支部")) == ["林知远 窗口党支部 13800001111"]


def test_a_list_without_any_branch_is_told_so_once() -> None:
    reading = read("姓名|手机\n林知远|13800001111\n禾小满|13800002222")
    assert [str(fault) for fault in reading.faults] == ["A1：没有找到“党支部”一列，请在表头加上这一列"]
    assert reading.rows == []


def test_every_problem_is_named_by_its_cell() -> None:
    reading = read("""
姓名|党支部|手机号|入党时间|党员类别
张|窗口党支部|1380000|1998-13-01|群众
|窗口党支部|13800002222||
安可期|窗口党支部|13800003333（妻）|1998.7|""")
    assert [fault.at for fault in reading.faults] == ["A2", "C2", "D2", "E2", "A3"]
    assert [doubt.at for doubt in reading.doubts] == ["C4", "D4"]
    assert told(reading) == ["安可期 窗口党支部 13800003333 1998-07-01"]


def test_several_sheets_are_told_apart() -> None:
    grids = [sheet("姓名|手机\n林知远|1", name="窗口党支部"), sheet("说明\n请勿改动", name="填表说明"), sheet("|", name="Sheet3")]
    reading = read_sheets(grids, TODAY)
    assert [fault.at for fault in reading.faults] == ["窗口党支部!B2"]
    assert [note.at for note in reading.left_out] == ["填表说明!A1"]


def test_what_was_left_out_is_told() -> None:
    reading = read("姓名|党支部\n林知远|窗口党支部\n小计|1\n合计|1\n备注：含借调人员|")
    assert [note.text for note in reading.left_out] == ["第3行是合计，没有读", "第4行是合计，没有读", "第5行是备注，没有读"]


def test_rows_that_only_count_are_no_members() -> None:
    assert told(read("序号|姓名|党支部\n1|林知远|窗口党支部\n2||\n3||")) == ["林知远 窗口党支部"]


def test_progress_counts_every_row() -> None:
    done: list[int] = []
    read_sheets([sheet("姓名|党支部\n" + "林知远|窗口党支部\n" * 1234)], TODAY, done.append)
    assert (sum(done), len(done)) == (1234, 3)


def test_a_branch_broken_over_two_lines_is_one_word() -> None:
    grid = Grid("名册", [["姓名", "党支部"], ["林知远", "窗口\n党支部 "]])
    assert read_sheets([grid], TODAY).rows[0].branch == "窗口党支部"


def test_a_sentence_never_repeats_what_a_screen_would_obey() -> None:
    grid = Grid("名册", [["姓名", "党支部", "入党时间"], ["林知远", "窗口党支部", "\x1b[2J昨天"]])
    assert read_sheets([grid], TODAY).faults[0].text.isprintable()
