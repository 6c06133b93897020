"""整改满意 A0001: the rater's word by message; “进度” tells the answer; whoever asks is told of the end once."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from models.letters import Letter
from tests.bureau import Bureau
from tests.phones import Phone
from tests.services.test_rectifications import do

Phones = Callable[[str], Phone]


@pytest.fixture
def wang(phone: Phones, bureau: Bureau) -> Phone:
    """Somebody who rated badly and was answered; the office has checked it."""
    taken = phone("wang")
    taken.say("评价 3号窗口 不满意 等了两个小时")
    assert "办结时会通知您一次" in taken.say("通知 A0001")
    do(bureau, "answer", "head", "A0001", "已增开一个窗口")
    assert "已增开" not in taken.say("进度 A0001")
    do(bureau, "close", "office", "A0001")
    return taken


def test_progress_tells_the_answer_and_how_to_judge_it(wang: Phone, bureau: Bureau) -> None:
    told = wang.say("进度 A0001")
    assert "已办结。答复：已增开一个窗口" in told
    assert "整改满意 A0001" in told
    with bureau.house.database.reading() as db:
        letter = db.scalars(select(Letter).where(Letter.kind == "rectification_result")).one()
    assert letter.words == {"number": "A0001", "answer": "已增开一个窗口"}


@pytest.mark.parametrize("said", ["整改满意 A0001", "满意 A0001", "整改满意a0001", "认可 A0001", "A0001 满意", "A0001：结果满意，谢谢"])
def test_the_rater_is_satisfied(wang: Phone, said: str) -> None:
    assert "您对整改A0001满意" in wang.say(said)
    assert "您已经说过“满意”" in wang.say("整改不满意 A0001 还是慢")


def test_the_rater_is_not_and_it_comes_back_once(wang: Phone, bureau: Bureau) -> None:
    assert "已转二次督办" in wang.say("不满意 A0001 还是排队")
    assert "二次督办" in wang.say("进度 A0001")
    do(bureau, "answer", "head", "A0001", "再增开一个窗口")
    do(bureau, "close", "office", "A0001")
    assert "二次督办只有一次" in wang.say("整改不满意 A0001")


def test_nobody_else_is_heard(wang: Phone, phone: Phones) -> None:
    assert "只有评价人本人" in phone("li").say("整改满意 A0001")
    assert "没有查到编号" in wang.say("整改满意 A9999")


def test_the_window_answers_by_message_and_nobody_else_does(phone: Phones, bureau: Bureau) -> None:
    wang, head = phone("wang"), phone("head")
    bureau.bind("head", head.openid)
    wang.say("评价 3号窗口 不满意 等了两个小时")
    assert "不能办理这件事" in wang.say("整改 A0001 随便说说")
    assert "没有找到这张整改单" in head.say("整改 A0009 已增开一个窗口")
    assert "由另一位同志复核" in head.say("整改 A0001 已增开一个窗口")
    assert "已答复，待复核" in head.say("整改 A0001 又改了")
    do(bureau, "close", "office", "A0001")
    assert "答复：已增开一个窗口" in wang.say("进度 A0001")


def test_a_mark_with_a_window_is_still_a_rating(wang: Phone) -> None:
    assert "1号窗口" in wang.say("1号窗口 满意")
    assert "您对3号窗口（不动产登记窗口）的评价已改为“满意”" in wang.say("评价 3号窗口 满意")


def test_a_number_without_a_result_says_how_to_report_one(phone: Phones, bureau: Bureau) -> None:
    wang, head = phone("wang"), phone("head")
    bureau.bind("head", head.openid)
    wang.say("评价 3号窗口 不满意 等了两个小时")
    assert "报告整改结果" not in wang.say("整改 A0001")
    told = head.say("整改A0001")
    assert "正在整改" in told
    assert "请发送：整改 A0001 加" in told
    assert "。）" not in told
    head.say("待办")
    opened = head.say("1")
    assert "/console/rectifications/A0001" in opened
    assert "请发送：整改 A0001 加" in opened


def test_a_word_that_comes_too_early_or_too_late_says_what_to_send(phone: Phones, bureau: Bureau) -> None:
    wang = phone("wang")
    wang.say("评价 3号窗口 不满意 等了两个小时")
    assert "整改A0001还在办理，办结以后再说满意不满意" in wang.say("整改满意 A0001")
    do(bureau, "answer", "head", "A0001", "已增开一个窗口")
    do(bureau, "close", "office", "A0001")
    assert "整改A0001已办结，不用再等通知" in wang.say("通知 A0001")


def test_help_tells_members_what_is_theirs(phone: Phones, bureau: Bureau) -> None:
    head = phone("head")
    assert "待办" not in head.say("帮助")
    bureau.bind("head", head.openid)
    assert all(word in head.say("帮助") for word in ("· 待办", "· 我的承诺", "· 整改 A0231"))
