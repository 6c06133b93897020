"""`manage.py roster` as the operator runs it, on real files; one story in a process of its own."""

import csv
import os
import stat
import subprocess
import sys
from collections.abc import Sequence
from contextlib import chdir
from datetime import datetime
from pathlib import Path

import pytest
import xlsxwriter
from click.testing import CliRunner

from domain.ports import House
from models import people
from operations import roster
from tests.bureau import Bureau
from tests.conftest import AES_KEY

ROOT = Path(__file__).parents[2]


class Machine:
    """The operator's shell."""

    def __init__(self, house: House, folder: Path) -> None:
        self.house, self.folder = house, folder
        account = {"APPID": "wx1234567890abcdef", "SECRET": "s" * 32, "TOKEN": "bureautoken", "ENCODING_AES_KEY": AES_KEY}
        given = {"SECRET_KEY": "k" * 40, "DATABASE__URL": house.settings.database.url}
        given |= {f"{room}__{name}": value for room in ("WECHAT", "MINIPROGRAM") for name, value in account.items()}
        given["MINIPROGRAM__APPID"] = "wxfedcba0987654321"
        self.environment = {**os.environ, **{f"LIANGNUO_{name}": value for name, value in given.items()}}

    def run(self, *words: str, status: int = 0) -> str:
        """The same command without a second interpreter: to start one takes longer than the command."""
        with chdir(self.folder):
            done = CliRunner().invoke(roster.command, words, env=self.environment)
        assert done.exit_code == status, done.output
        assert isinstance(done.exception, SystemExit | None), done.exception
        return done.output

    def run_apart(self, *words: str, status: int = 0) -> str:
        done = subprocess.run(
            [sys.executable, str(ROOT / "manage.py"), "roster", *words],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, "Traceback" in done.stderr) == (status, False), done.stderr
        return done.stdout + done.stderr

    def names(self) -> set[str]:
        with self.house.database.reading() as db:
            return {one.name for one in people.everyone(db)}


@pytest.fixture
def machine(bureau: Bureau, tmp_path: Path) -> Machine:
    return Machine(bureau.house, tmp_path)


def messy(path: Path, more: Sequence[Sequence[str]] = ()) -> None:
    """A list as an office keeps it."""
    book = xlsxwriter.Workbook(path)
    page = book.add_worksheet("花名册")
    page.merge_range(0, 0, 0, 6, "青禾县住房和城乡建设局党员花名册")
    for column, words in enumerate(("序号", "姓名", "所在支部", "联系方式", "", "入党时间", "类别")):
        page.write(1, column, words)
    page.write_row(2, 3, ["办公电话", "手机"])
    page.merge_range(3, 2, 5, 2, "窗口党支部")
    page.write_row(3, 0, [1, "林 知 远"])
    page.write_number(3, 4, 13800001111)
    page.write_datetime(3, 5, datetime(1998, 7, 1), book.add_format({"num_format": "yyyy-mm-dd"}))
    page.write_row(4, 0, [2, "江𬍛"])
    page.write_row(4, 4, ["１３８ ００００ ２２２２", "1998年7月1日", "正式"])
    page.write_row(5, 0, [3, "阿依古丽•买买提"])
    page.write_row(5, 3, ["0533-2345678", "13800003333/13900003333", 35977, "预备"])
    page.write_row(6, 1, ["小计", "3人"])
    page.write_row(7, 0, [4, "宋望舒", "机关支部", "", "1380000", "1998-13-40", "正式"])
    page.write_row(8, 0, [5, "新来者", "公租房党支部"])
    for number, row in enumerate(more, 9):
        page.write_row(number, 1, row)
    book.close()


def test_without_a_yes_the_office_sees_all_and_nothing_is_done(machine: Machine) -> None:
    messy(machine.folder / "名单.xlsx")
    before, said = machine.names(), machine.run("import", "名单.xlsx")
    for words in ("新增：3", "江𬍛", "阿依古丽·买买提", "138****2222", "公租房党支部", "E8", "F8", "这里有7位", "没有这一天", "E6", "还没有改动"):
        assert words in said, words
    assert "13800002222" not in said
    assert machine.names() == before


def test_with_a_yes_it_is_done_once(machine: Machine) -> None:
    messy(machine.folder / "名单.xlsx")
    assert "已导入：新增3人，修改1人，登记离开0人，新建党支部1个。" in machine.run_apart("import", "名单.xlsx", "--yes")
    assert {"江𬍛", "阿依古丽·买买提", "新来者"} <= machine.names()
    assert "没有改动" in machine.run_apart("import", "名单.xlsx", "--yes")


def test_leavers_wait_until_the_list_is_right(machine: Machine) -> None:
    messy(machine.folder / "名单.xlsx")
    assert "请先改好" in machine.run("import", "名单.xlsx", "--yes", "--leavers", status=1)
    assert "新来者" not in machine.names()


def test_leavers_are_marked_when_asked(machine: Machine) -> None:
    (machine.folder / "名单.csv").write_text("姓名,党支部\n林知远,窗口党支部\n苏明礼,窗口党支部\n", encoding="gbk")
    assert "加 --leavers 才登记离开" in machine.run("import", "名单.csv")
    assert "登记离开1人" in machine.run("import", "名单.csv", "--yes", "--leavers")


def test_a_doubtful_row_is_confirmed_by_its_cell(machine: Machine) -> None:
    (machine.folder / "名单.csv").write_text("姓名,党支部,手机\n林知远,窗口党支部,13800001111\n", encoding="utf-8-sig")
    machine.run("import", "名单.csv", "--yes")
    (machine.folder / "名单.csv").write_text("姓名,党支部,手机\n林致远,窗口党支部,13800001111\n", encoding="utf-8")
    assert "待确认" in machine.run("import", "名单.csv", "--yes")
    assert "不在待确认的行里" in machine.run("import", "名单.csv", "--yes", "--accept", "B2", status=1)
    assert "修改1人" in machine.run("import", "名单.csv", "--yes", "--accept", "A2")
    assert "林致远" in machine.names()


def test_an_export_opens_in_a_spreadsheet_and_comes_back_unchanged(machine: Machine) -> None:
    messy(machine.folder / "名单.xlsx")
    machine.run("import", "名单.xlsx", "--yes")
    assert "已导出11人" in machine.run("export", "花名册.csv")
    written = machine.folder / "花名册.csv"
    assert written.read_bytes().startswith(b"\xef\xbb\xbf")
    assert stat.S_IMODE(written.stat().st_mode) == 0o600
    with written.open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.reader(opened))
    assert rows[0] == ["姓名", "党支部", "手机号", "入党时间", "党员类别"]
    assert ["阿依古丽·买买提", "窗口党支部", "13800003333", "1998-07-01", "预备党员"] in rows
    assert "没有改动" in machine.run("import", "花名册.csv", "--yes", "--leavers")


def test_a_masked_export_may_be_handed_on(machine: Machine) -> None:
    messy(machine.folder / "名单.xlsx")
    machine.run("import", "名单.xlsx", "--yes")
    machine.run("export", "花名册.csv", "--masked")
    text = (machine.folder / "花名册.csv").read_text(encoding="utf-8-sig")
    assert "138****2222" in text
    assert "13800002222" not in text
    assert "没有改动" in machine.run("import", "花名册.csv", "--yes")


def test_a_name_that_is_a_formula_computes_nothing(machine: Machine) -> None:
    names = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"]
    with machine.house.database.transaction() as db:
        db.add_all(people.Person(name=name, branch_id=1) for name in names)
    machine.run("export", "花名册.csv")
    with (machine.folder / "花名册.csv").open(encoding="utf-8-sig", newline="") as opened:
        assert {f"'{name}" for name in names} <= {row[0] for row in csv.reader(opened)}


BAD = {
    "nothing.xlsx": b"",
    "picture.xlsx": b"\xff\xd8\xff\xe0\x00\x10JFIF" * 500,
    "letter.csv": "各支部：请于本周五前报送名单。".encode(),
    "large.csv": b"x," * 5_000_000,
}


@pytest.mark.parametrize("name", BAD)
def test_a_file_that_is_no_list_gets_one_sentence(machine: Machine, name: str) -> None:
    (machine.folder / name).write_bytes(BAD[name])
    said = machine.run("import", name, "--yes", status=1)
    assert said.strip().endswith("。")
    assert len(said.splitlines()) == 1


def test_a_file_that_is_not_there_gets_one_sentence(machine: Machine) -> None:
    assert "不存在" in machine.run("import", "没有.xlsx", status=1)
    assert "不存在" in machine.run("export", "没有这个文件夹/花名册.csv", status=1)
