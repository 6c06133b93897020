"""On the command line a notice becomes a campaign file that can be checked and loaded."""

from pathlib import Path

from click.testing import CliRunner

from operations.campaigns import command

NOTICES = Path(__file__).parent.parent / "domain" / "notices"
CAMPAIGNS = Path(__file__).parent.parent.parent / "campaigns"


def ran(*words: object) -> tuple[int, str]:
    done = CliRunner().invoke(command, [str(word) for word in words])
    return done.exit_code, done.output


def test_a_notice_becomes_a_file_that_passes_the_check(tmp_path: Path) -> None:
    file = tmp_path / "draft.yaml"

    assert ran("draft", NOTICES / "pioneers.txt", "--to", file) == (0, "读出4个阶段、7项任务，已写到 draft.yaml。请核对、补全后检查、载入。\n")
    assert ran("check", file)[0] == 0


def test_a_file_that_is_there_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("mine")

    status, told = ran("draft", NOTICES / "pioneers.txt", "--to", tmp_path / "mine.yaml")

    assert (status, "没有覆盖" in told) == (1, True)
    assert (tmp_path / "mine.yaml").read_text() == "mine"


def test_the_draft_is_held_against_the_hand_made_file() -> None:
    status, told = ran("draft", NOTICES / "scanned.txt", "--year", 2014, "--against", CAMPAIGNS / "service-year.yaml")

    assert status == 0
    assert "找到3项，漏掉0项，多出0项（100%）" in told


def test_a_text_without_dates_is_refused_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("没有日期的一段话。", encoding="utf-8")

    assert "没有在通知里找到年份" in ran("draft", tmp_path / "letter.txt")[1]
