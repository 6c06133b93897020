"""配档表: every task with its wording, its day, its people and how far they are (A2, A25, F03)."""

from datetime import date, timedelta

from domain.calendar import local_day
from services import schedule_table
from services.schedule_table import Entry, Table
from tests.bureau import Bureau
from tests.services.test_submissions import hand_in
from tests.services.test_todos import load, mine, start


def table(bureau: Bureau, days: int = 0) -> Table:
    with bureau.house.database.reading() as db:
        return schedule_table.table(db, bureau.actor("clerk"), "spring", bureau.house.now() + timedelta(days=days))


def entry(bureau: Bureau, key: str, days: int = 0) -> Entry:
    return next(one for one in table(bureau, days).entries if one.key == key)


def test_a_row_says_who_what_when_to_whom_and_how_far(bureau: Bureau) -> None:
    start(bureau)
    rules = entry(bureau, "t1")
    assert (rules.who, rules.wording, rules.due_on, rules.firm) == ("党支部", "11月24日前", date(2026, 11, 24), True)
    assert (rules.deliverable, rules.report_to, rules.state) == ("实施细则", "领导小组办公室", "未报2")


def test_a_task_without_a_date_is_due_with_its_phase_or_its_campaign_and_says_so(bureau: Bureau) -> None:
    start(bureau)
    assert "没有单独写期限，最迟到“集中承诺”阶段结束" in entry(bureau, "t3").due_words
    assert entry(bureau, "t7").due_words.startswith("文件写的是“适时”，没有给出日期，最迟到活动结束：2027年6月30日")
    assert entry(bureau, "t6").state == "经常性工作"


def test_the_state_follows_what_is_handed_in_and_what_is_late(bureau: Bureau) -> None:
    start(bureau)
    hand_in(bureau, mine(bureau, "secretary")[0].id)
    assert entry(bureau, "t1", days=9).state == "待审1、未报1（逾期1）"
    assert entry(bureau, "t2").state == "启动前过期待确认2"


def test_two_phases_are_open_on_a_day_that_both_hold(bureau: Bureau) -> None:
    load(bureau)
    late = table(bureau, days=6)
    assert [band.name for band in late.bands if band.open_today] == ["动员部署", "集中承诺"]
    assert local_day(bureau.house.now()) == date(2026, 11, 16)
    assert (late.chinese, late.running) == ("筹备中", False)
