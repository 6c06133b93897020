"""座牌 from the command line to the desk: the printed code opens its page, reprints revoke, faults are sentences."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner
from flask import Flask

import manage
from domain.papers import Layout
from domain.ports import House
from models import prints
from operations import plates
from operations.plates import Wanted
from services import badges, register
from tests.bureau import Bureau
from tests.conftest import Clock
from tests.frames import flask_of
from tests.scanning import pages_of, words_of, zbar, zxing
from tests.web.conftest import words_of as seen

NOTHING = Wanted(layout="tent", windows=(), posts=(), everything=False, reprint=False, why="", by="", out="", logo="")


@pytest.fixture
def given() -> dict[str, Any]:
    return {"base_url": "https://ln.qinghe.gov.cn", "browser": {"pages_per_minute": 10_000}}


@pytest.fixture
def flask(house: House, bureau: Bureau) -> Flask:
    return flask_of(house)


def wanted(path: Path, **more: Any) -> Wanted:
    return Wanted(**(vars(NOTHING) | {"out": str(path)} | more))


def opened(flask: Flask, link: str) -> tuple[int, str]:
    """What a phone gets that follows the code."""
    assert link.startswith("https://ln.qinghe.gov.cn/p/")
    answer = flask.test_client().get(link.removeprefix("https://ln.qinghe.gov.cn"))
    return answer.status_code, seen(answer.get_data(as_text=True))


@pytest.mark.parametrize("layout", Layout)
def test_the_printed_code_opens_the_page_of_its_window(house: House, bureau: Bureau, flask: Flask, tmp_path: Path, layout: Layout) -> None:
    plates.print_out(house, wanted(tmp_path / "x.pdf", layout=layout.value, windows=("5",)))
    (page,) = pages_of((tmp_path / "x.pdf").read_bytes())
    links = set(zbar(page)) | set(zxing(page))
    assert links == {f"https://ln.qinghe.gov.cn/p/{bureau.codes[5]}"}
    status, words = opened(flask, links.pop())
    assert status == 200
    assert "5号窗口" in words
    assert "房管服务窗口受理岗" in words


def test_after_a_reprint_only_the_new_paper_opens(house: House, bureau: Bureau, flask: Flask, tmp_path: Path) -> None:
    plates.print_out(house, wanted(tmp_path / "old.pdf", windows=("3",)))
    said = plates.print_out(house, wanted(tmp_path / "new.pdf", windows=("3",), reprint=True, why="座牌遗失"))
    old, new = (zxing(pages_of((tmp_path / name).read_bytes())[0])[0] for name in ("old.pdf", "new.pdf"))
    assert "旧牌已停用" in said
    assert opened(flask, new)[0] == 200
    status, words = opened(flask, old)
    assert (status, "停用" in words) == (410, True)


def test_the_log_has_the_digest_of_the_very_file(house: House, bureau: Bureau, tmp_path: Path) -> None:
    said = plates.print_out(house, wanted(tmp_path / "all.pdf", everything=True))
    with house.database.reading() as db:
        (entry,) = prints.latest(db)
    assert entry.digest == hashlib.sha256((tmp_path / "all.pdf").read_bytes()).hexdigest()
    assert (entry.pieces, entry.who) == (3, "seat:leading_office")
    assert f"第{entry.edition}版" in said
    assert all(f"第{entry.edition}版" in page for page in words_of((tmp_path / "all.pdf").read_bytes()))


def test_printing_again_warns_with_times_and_day(house: House, bureau: Bureau, clock: Clock, tmp_path: Path) -> None:
    assert "已打印过" not in plates.print_out(house, wanted(tmp_path / "a.pdf", windows=("3",)))
    clock.pass_(days=1)
    plates.print_out(house, wanted(tmp_path / "b.pdf", windows=("3",)))
    said = plates.print_out(house, wanted(tmp_path / "c.pdf", everything=True))
    assert "3号窗口 不动产登记窗口受理岗（0002-01）打印过2次，最近一次是2026年11月17日" in said
    assert "1号窗口" not in said.split("已打印过")[1]


def test_another_kind_of_paper_is_no_second_print(house: House, bureau: Bureau, tmp_path: Path) -> None:
    plates.print_out(house, wanted(tmp_path / "a.pdf", windows=("3",)))
    assert "已打印过" not in plates.print_out(house, wanted(tmp_path / "b.pdf", windows=("3",), layout="poster"))


def test_a_person_who_prints_is_named_in_the_log(house: House, bureau: Bureau, tmp_path: Path) -> None:
    plates.print_out(house, wanted(tmp_path / "a.pdf", windows=("3",), by="叶知秋"))
    with house.database.reading() as db:
        assert prints.latest(db)[0].who == f"person:{bureau.people['office']}"


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "nothing chosen": ({}, "--window"),
    "all and one": ({"everything": True, "windows": ("3",)}, "--all"),
    "no such window": ({"windows": ("99",)}, "“99”"),
    "no such post": ({"posts": ("没有的岗",)}, "“没有的岗”"),
    "no such layout": ({"windows": ("3",), "layout": "a5"}, "stand（立式座牌）"),
    "reprint without a reason": ({"windows": ("3",), "reprint": True}, "原因"),
    "a reason without a reprint": ({"windows": ("3",), "why": "遗失"}, "--reprint"),
    "no such folder": ({"windows": ("3",), "out": "/nowhere/at/all/x.pdf"}, "/nowhere/at/all"),
    "no PDF": ({"windows": ("3",), "out": "x.docx"}, ".pdf"),
    "no such logo": ({"windows": ("3",), "logo": "/nowhere/logo.png"}, "/nowhere/logo.png"),
    "a stranger": ({"windows": ("3",), "by": "无此人"}, "“无此人”"),
    "without the right": ({"windows": ("3",), "by": "禾小满"}, "不能发放"),
    "another branch": ({"windows": ("3",), "by": "宋望舒"}, "不能发放"),
}


@pytest.mark.parametrize(("said", "told"), WRONG.values(), ids=WRONG.keys())
def test_what_is_wrong_is_one_chinese_sentence(house: House, bureau: Bureau, tmp_path: Path, said: dict[str, Any], told: str) -> None:
    with pytest.raises(click.ClickException) as stopped:
        plates.print_out(house, wanted(tmp_path / "x.pdf", **said))
    assert told in stopped.value.message
    assert stopped.value.message.endswith("。")
    assert list(tmp_path.glob("*.pdf*")) == []


def test_a_folder_that_takes_no_file_is_told_and_nothing_is_recorded(house: House, bureau: Bureau, tmp_path: Path) -> None:
    (tmp_path / ".x.pdf.part").mkdir()
    with pytest.raises(click.ClickException, match="磁盘空间"):
        plates.print_out(house, wanted(tmp_path / "x.pdf", windows=("3",), reprint=True, why="损坏"))
    with house.database.reading() as db:
        assert prints.latest(db) == []
        assert [plate.state for plate in register.windows.plates_of(db, bureau.windows[3])] == ["issued"]


class Meddled:
    """A database in which somebody issues a new plate as often as told, each time after it was read."""

    def __init__(self, bureau: Bureau, times: int) -> None:
        self.bureau, self.real, self.left = bureau, bureau.house.database, times

    @contextmanager
    def reading(self) -> Iterator[Any]:
        with self.real.reading() as db:
            yield db
        if self.left:
            self.left -= 1
            with self.real.transaction() as db:
                badges.issue(db, self.bureau.actor("office"), self.bureau.windows[3], self.bureau.house.now())

    def __getattr__(self, name: str) -> Any:
        return getattr(self.real, name)


def test_what_changes_while_it_is_drawn_is_drawn_again(house: House, bureau: Bureau, tmp_path: Path) -> None:
    plates.print_out(replace(house, database=Meddled(bureau, 2)), wanted(tmp_path / "x.pdf", windows=("3",)))
    assert "0002-03" in words_of((tmp_path / "x.pdf").read_bytes())[0]


def test_what_never_stands_still_is_not_handed_out(house: House, bureau: Bureau, tmp_path: Path) -> None:
    with pytest.raises(click.ClickException, match="请重新打印"):
        plates.print_out(replace(house, database=Meddled(bureau, 9)), wanted(tmp_path / "x.pdf", windows=("3",)))
    assert list(tmp_path.glob("*.pdf*")) == []


def test_a_plate_is_revoked_by_the_code_as_it_is_printed(house: House, bureau: Bureau, flask: Flask) -> None:
    code = bureau.codes[3]
    said = plates.revoke(house, f"{code[:4]}-{code[4:8]}-{code[8:]}".upper(), "遗失", "")
    assert f"{code} 已停用" in said
    assert opened(flask, f"https://ln.qinghe.gov.cn/p/{code}")[0] == 410


@pytest.mark.parametrize(("code", "why", "told"), [("", "遗失", "abcd-efgh-jkmnp"), ("2222222222222", "遗失", "badge list"), ("x", "", "--why")])
def test_what_cannot_be_revoked_is_told(house: House, bureau: Bureau, code: str, why: str, told: str) -> None:
    with pytest.raises(click.ClickException, match=told):
        plates.revoke(house, code, why, "")


def test_the_commands_work_as_typed(house: House, bureau: Bureau, tmp_path: Path) -> None:
    env = {"LIANGNUO_SECRET_KEY": "k" * 40, "LIANGNUO_DATABASE__URL": house.settings.database.url, "LIANGNUO_BASE_URL": "https://ln.qinghe.gov.cn"}
    run = CliRunner(env=env | {"LIANGNUO_WECHAT__APPID": "", "LIANGNUO_MINIPROGRAM__APPID": ""})
    printed = run.invoke(manage.cli, ["badge", "print", "--all", "--layout", "stand", "--out", str(tmp_path / "all.pdf")])
    assert (printed.exit_code, "立式座牌3块，3页" in printed.output) == (0, True), printed.output
    listed = run.invoke(manage.cli, ["badge", "list"]).output
    assert [code for code in bureau.codes.values() if code not in listed] == []
    revoked = run.invoke(manage.cli, ["badge", "revoke", bureau.codes[3], "--why", "遗失"])
    assert (revoked.exit_code, "已停用" in run.invoke(manage.cli, ["badge", "list"]).output) == (0, True)
    again = run.invoke(manage.cli, ["badge", "revoke", bureau.codes[3], "--why", "遗失"])
    assert (again.exit_code, "已停用" in again.output) == (1, True)


def test_a_database_without_tables_is_told(tmp_path: Path) -> None:
    run = CliRunner(env={"LIANGNUO_SECRET_KEY": "k" * 40, "LIANGNUO_DATABASE__URL": f"sqlite:///{tmp_path}/empty.db"})
    answer = run.invoke(manage.cli, ["badge", "list"])
    assert (answer.exit_code, "migrate" in answer.output) == (1, True)
