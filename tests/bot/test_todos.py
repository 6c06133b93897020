"""待办 in the chat: the oldest first, opened by number, handed in by a word, with a receipt (A3, F04, X12)."""

from collections.abc import Callable

import pytest

from tests.bureau import Bureau
from tests.conftest import Clock
from tests.phones import Phone
from tests.services.test_submissions import decide
from tests.services.test_todos import start


@pytest.fixture
def secretary(phone: Callable[..., Phone], bureau: Bureau) -> Phone:
    """The branch's secretary with his phone; the campaign runs."""
    start(bureau)
    taken = phone("secretary")
    bureau.bind("secretary", taken.openid)
    return taken


def test_the_list_is_numbered_and_the_oldest_stands_first(secretary: Phone) -> None:
    listed = secretary.say("待办").splitlines()
    assert listed[0] == "您有1件待办："
    assert listed[1] == "1 报送“制定实施细则并报送”（窗口党支部），11月24日截止"


def test_one_is_opened_by_its_number_and_says_what_is_asked(secretary: Phone) -> None:
    secretary.say("待办")
    shown = secretary.say("1")
    assert "要交：实施细则" in shown
    assert "文件写明“11月24日前”" in shown
    assert "/console/todos/" in shown


def test_a_word_hands_in_and_brings_the_receipt(secretary: Phone) -> None:
    secretary.say("待办")
    secretary.say("1")
    assert "回执编号收字2026-0001" in secretary.say("交 细则已印发，共五条，会议开得很满意。")
    assert "已报送，待审核" in secretary.say("收字2026-0001")
    assert "没有待办" in secretary.say("待办")


def test_what_was_handed_in_can_be_taken_back_and_handed_in_again(secretary: Phone) -> None:
    secretary.say("待办")
    secretary.say("1")
    secretary.say("交 第一稿")
    assert "收字2026-0001" in secretary.say("交 又交一次")
    assert "已撤回" in secretary.say("撤回")
    assert "第2次报送" in secretary.say("交 第二稿")


def test_a_returned_one_is_back_on_the_list_with_its_reason(secretary: Phone, bureau: Bureau) -> None:
    secretary.say("待办")
    secretary.say("1")
    secretary.say("交 第一稿")
    decide(bureau, 1, "return")
    assert "重新报送" in secretary.say("待办")
    assert "退回原因：缺时间表" in secretary.say("1")


def test_late_is_said_at_once_and_stays(secretary: Phone, clock: Clock) -> None:
    clock.pass_(days=10)
    assert "已逾期2天" in secretary.say("待办")
    secretary.say("1")
    assert "已登记为逾期报送" in secretary.say("交 迟交的细则")


@pytest.mark.parametrize("said", ["延期 12月5日 等县里批复", "申请延期到12月5日，等县里批复", "延期 2026-12-05 等县里批复"])
def test_more_time_is_asked_for_with_a_reason(secretary: Phone, said: str) -> None:
    secretary.say("待办")
    secretary.say("1")
    assert "申请延期到12月5日" in secretary.say(said)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("延期 以后再说", "没有看懂"),
        ("延期 2月30日 原因", "没有看懂"),
        ("延期 12月5日", "请写明原因"),
        ("延期 2026-01-05 太迟", "日期"),
        ("99", "1到1之间"),
    ],
)
def test_what_cannot_be_read_is_asked_again(secretary: Phone, said: str, words: str) -> None:
    secretary.say("待办")
    secretary.say("1")
    assert words in secretary.say(said)


def test_zero_leads_back_to_the_list(secretary: Phone) -> None:
    secretary.say("待办")
    secretary.say("1")
    assert secretary.say("0").startswith("您有1件待办")


def test_a_number_is_a_level_again_once_a_window_is_to_be_rated(secretary: Phone) -> None:
    secretary.say("待办")
    secretary.say("评价5号窗口")
    assert "已记下" in secretary.say("5")


def test_a_citizen_has_no_receipts_and_no_todos(secretary: Phone, phone: Callable[..., Phone]) -> None:
    citizen = phone("wang")
    assert "还没有绑定" in citizen.say("待办")
    assert "不能办理" in citizen.say("收字2026-0001")
    assert "没有看懂" in citizen.say("交 什么")


@pytest.fixture
def head(phone: Callable[..., Phone], bureau: Bureau) -> Phone:
    """The head of three windows, each of which owes the same."""
    start(bureau)
    taken = phone("head")
    bureau.bind("head", taken.openid)
    return taken


def test_what_several_units_owe_alike_is_one_line_and_its_number_opens_them(head: Phone) -> None:
    listed = head.say("待办").splitlines()
    assert listed[:2] == ["您有3件待办：", "1 报送“窗口亮标准”，3个单位，最早的2027年6月30日截止"]
    opened = head.say("1").splitlines()
    assert opened[0] == "报送“窗口亮标准”："
    assert opened[2] == "2 不动产登记窗口，2027年6月30日截止"
    assert "窗口亮标准（不动产登记窗口）" in head.say("2")
    assert head.say("0").splitlines() == listed
