"""公示板、电子屏文字、承诺书、名单 from the command line: the file, its entry in the log, and faults as sentences."""

import io
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner, Result
from python_calamine import CalamineWorkbook

import manage
from domain.ports import House
from models import prints
from tests.bureau import Bureau
from tests.scanning import pages_of, sizes_of, zbar, zxing

Run = Callable[..., Result]


@pytest.fixture
def run(house: House, bureau: Bureau) -> Run:
    env = {"LIANGNUO_SECRET_KEY": "k" * 40, "LIANGNUO_DATABASE__URL": house.settings.database.url, "LIANGNUO_BASE_URL": "https://ln.qinghe.gov.cn"}
    runner = CliRunner(env=env | {"LIANGNUO_WECHAT__APPID": "", "LIANGNUO_MINIPROGRAM__APPID": ""})
    return lambda *words: runner.invoke(manage.cli, ["print", *map(str, words)])


def test_a_board_is_drawn_and_stands_in_the_log(run: Run, house: House, bureau: Bureau, tmp_path: Path) -> None:
    out = tmp_path / "board.pdf"
    said = run("board", "--window", "3", "--size", "A3", "--period", "公示期五天", "--out", out)
    assert (said.exit_code, "1条承诺，1页" in said.output) == (0, True), said.output
    assert sizes_of(out.read_bytes()) == [(420, 297)]
    (page,) = pages_of(out.read_bytes())
    assert zbar(page) == zxing(page) == [f"https://ln.qinghe.gov.cn/board?window={bureau.windows[3]}"]
    with house.database.reading() as db:
        assert prints.latest(db)[0].digest == sha256(out.read_bytes()).hexdigest()


@pytest.mark.parametrize("kind", ["poster", "slogans"])
def test_posters_and_slogans_of_a_branch(run: Run, tmp_path: Path, kind: str) -> None:
    said = run("board", "--branch", "窗口党支部", "--kind", kind, "--out", tmp_path / "x.pdf")
    assert said.exit_code == 0, said.output
    assert len(pages_of((tmp_path / "x.pdf").read_bytes())) == 1


def test_screen_texts_for_old_software(run: Run, tmp_path: Path) -> None:
    said = run("screen", "--encoding", "gb18030", "--out", tmp_path / "x.txt")
    assert said.exit_code == 0, said.output
    assert (tmp_path / "x.txt").read_bytes().decode("gb18030") == "禾同志承诺：一次告知，少跑一趟\r\n"


def test_forms_blank_and_of_a_branch(run: Run, tmp_path: Path) -> None:
    assert run("form", "--out", tmp_path / "x.docx").exit_code == 0
    assert len(docx.Document(str(tmp_path / "x.docx")).tables) == 3
    assert run("form", "--branch", "窗口党支部", "--out", tmp_path / "x.pdf").exit_code == 0
    assert len(pages_of((tmp_path / "x.pdf").read_bytes())) == 1


def test_a_list_is_for_its_owner_alone(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "x.xlsx"
    said = run("list", "people", "--out", out)
    assert (said.exit_code, "党员名单，8行" in said.output) == (0, True), said.output
    assert CalamineWorkbook.from_filelike(io.BytesIO(out.read_bytes())).get_sheet_by_index(0).total_height > 8
    assert out.stat().st_mode & 0o077 == 0


FAULTS = {
    "no such branch": (("board", "--branch", "没有的支部"), "现有：窗口党支部"),
    "no such window": (("board", "--window", "99"), "请写窗口号或名称"),
    "no such pledge": (("board", "--pledge", "nothing"), "没有找到这条承诺"),
    "nothing published": (("board", "--branch", "机关党支部"), "还没有已公示的承诺"),
    "a wrong ending": (("board", "--out", "x.docx"), "以 .pdf 结尾"),
    "a form as a workbook": (("form", "--out", "x.xlsx"), "以 .docx 或 .pdf 结尾"),
    "no folder": (("list", "people", "--out", "/no/where/x.xlsx"), "不存在"),
}


@pytest.mark.parametrize(("words", "told"), FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_is_one_sentence_and_no_file(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], told: str) -> None:
    monkeypatch.chdir(tmp_path)
    said = run(*words)
    assert (said.exit_code, told in said.output) == (1, True), said.output
    assert list(tmp_path.glob("*.pdf*")) == []
