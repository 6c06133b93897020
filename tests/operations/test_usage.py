"""A command line that cannot be read gets one Chinese sentence, the right way to write it, and exit status 1."""

import subprocess
import sys

import click
import pytest
import rich

import manage
from operations.usage import run
from tests.faults.town import ROOT

WRONG = {
    "campaign check nofile.yaml": "找不到“nofile.yaml”",
    "campaign check tests": "“tests”是文件夹",
    "campaign check": "还缺 FILE",
    "campaign chk README.md": "没有“chk”这个命令，可用的有：check",
    "roster import nofile.xlsx --ye": "没有“--ye”这个选项，是不是想写“--yes”",
    "restore nofile": "找不到“nofile”",
    "clock 5": "多写了“5”",
    "nothing": "没有“nothing”这个命令",
    "rehearse": "还缺 CAMPAIGN",
}


@pytest.fixture(autouse=True)
def as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    """`serve` hides modules that a web worker has no use for; here they come back afterwards."""
    monkeypatch.setitem(sys.modules, "rich", rich)
    monkeypatch.setenv("PYDANTIC_DISABLE_PLUGINS", "__all__")


def told(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int | str | None, str]:
    with pytest.raises(SystemExit) as ended:
        run(manage.cli, list(words))
    out = capsys.readouterr()
    return ended.value.code, out.err or out.out


@pytest.mark.parametrize(("line", "word"), WRONG.items(), ids=WRONG)
def test_a_wrong_command_line_is_told_in_chinese(capsys: pytest.CaptureFixture[str], line: str, word: str) -> None:
    status, said = told(capsys, *line.split())
    assert (status, word in said) == (1, True), said
    assert "Try " not in said
    assert [sign for sign in ("does not", "Invalid", "Missing", "No such", "Got ") if sign in said] == []


def test_every_command_answers_for_help_and_alone_all_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert all(name in told(capsys)[1] for name in manage.COMMANDS)
    for name in manage.COMMANDS:
        assert told(capsys, name, "--help")[0] == 0


@click.command()
@click.option("--n", type=click.IntRange(1, 5))
@click.option("--way", type=click.Choice(["a", "b"]))
@click.option("--day", type=click.DateTime(["%Y-%m-%d"]))
def strict(n: int, way: str, day: object) -> None:
    raise click.Abort()


@pytest.mark.parametrize(
    ("line", "word"),
    [("--n x", "“x”应是整数"), ("--n 9", "超出范围"), ("--way c", "可选：a、b"), ("--day soon", "“soon”应是日期"), ("", "已取消")],
)
def test_values_are_told_apart(capsys: pytest.CaptureFixture[str], line: str, word: str) -> None:
    with pytest.raises(SystemExit) as ended:
        run(strict, line.split())
    assert (ended.value.code, word in capsys.readouterr().err) == (1, True)


def test_a_campaign_file_is_checked_with_its_name_its_line_and_the_remedy() -> None:
    def check(file: str) -> tuple[int, str]:
        done = subprocess.run([sys.executable, "manage.py", "campaign", "check", file], cwd=ROOT, capture_output=True, text=True)
        return done.returncode, done.stdout + done.stderr

    for name in ("pledge-pioneer-2010", "service-year", "template"):
        assert check(f"campaigns/{name}.yaml")[0] == 0
    status, said = check("README.md")
    assert (status, "README.md 第3行 错误：" in said, "请核对缩进、冒号和引号" in said) == (1, True, True)
