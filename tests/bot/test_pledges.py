"""承诺 in the chat: four messages make a pledge, a number opens one, a secretary decides what was read."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from models.pledges import Pledge
from models.pledges import pledge as by_code
from tests.bureau import Bureau
from tests.conftest import MONDAY
from tests.phones import Phone
from tests.pledging import load, pledged

Phones = Callable[..., Phone]


@pytest.fixture
def member(phone: Phones, bureau: Bureau) -> Phone:
    load(bureau, "pledge-pioneer-2010", MONDAY)
    return bound(phone, bureau, "clerk")


def bound(phone: Phones, bureau: Bureau, who: str) -> Phone:
    taken = phone(who)
    bureau.bind(who, taken.openid)
    return taken


def newest(bureau: Bureau) -> Pledge:
    with bureau.house.database.reading() as db:
        return db.scalars(select(Pledge).order_by(Pledge.id.desc())).first()  # type: ignore[return-value]


def test_four_messages_make_a_draft_with_hints_and_one_more_submits_it(member: Phone, bureau: Bureau) -> None:
    assert "承诺内容：做哪件事" in member.say("起草承诺")
    assert "笼统" in member.say("提高服务意识")
    assert "怎么做" not in member.say("0")
    assert "落实措施" in member.say("窗口材料一次告知")
    member.say("印制十二类业务清单")
    assert "哪天之前" in member.say("漏告知每月为零")
    assert "没有看懂这个日期" in member.say("快了")
    assert "内容：窗口材料一次告知" in member.say("12月31日")
    assert newest(bureau).state == "draft"
    assert "已提交审核" in member.say("提交")
    pledge = newest(bureau)
    assert (pledge.state, str(pledge.deadline), pledge.measures) == ("submitted", "2026-12-31", "印制十二类业务清单")


def test_every_answer_is_kept_when_the_rest_never_comes(member: Phone, bureau: Bureau) -> None:
    member.say("起草承诺")
    member.say("窗口材料一次告知")
    assert "已取消" in member.say("取消")
    assert "窗口材料一次告知，起草中" in member.say("我的承诺")


def test_a_missing_clear_is_said_and_the_draft_stays(member: Phone, bureau: Bureau) -> None:
    member.say("起草承诺")
    member.say("窗口材料一次告知")
    member.say("我的承诺")
    member.say("1")
    assert "“四明确”还缺：措施、标准、时限" in member.say("提交")


def test_progress_and_fulfilment_are_reported_by_one_message_each(member: Phone, bureau: Bureau) -> None:
    pledged(bureau, "published", MONDAY)
    assert "窗口材料一次告知，未启动" in member.say("我的承诺")
    assert "报告进展，回复" in member.say("1")
    assert "已记下" in member.say("进展 50% 印好六类")
    assert "等待核实" in member.say("兑现 清单全部上墙")
    assert newest(bureau).state == "fulfilled"
    assert "当前状态是" in member.say("进展 60 再印")


def test_a_secretary_decides_by_number_what_was_read(member: Phone, phone: Phones, bureau: Bureau) -> None:
    codes = [pledged(bureau, "submitted", MONDAY, content=f"第{n}件事一次告知") for n in range(3)]
    secretary = bound(phone, bureau, "secretary")
    assert "2 禾小满（待审核）\n内容：第1件事一次告知" in secretary.say("待审")
    assert "请写明原因" in secretary.say("退回 2")
    assert "已办1条" in secretary.say("退回 2 写清办几件")
    assert "已办2条" in secretary.say("通过 1、3")
    assert "请回复1到3" in secretary.say("通过 9")
    with bureau.house.database.reading() as db:
        assert [getattr(by_code(db, code), "state", "") for code in codes] == ["approved", "returned", "approved"]


def test_one_list_of_reviews_fits_into_a_message(member: Phone, phone: Phones, bureau: Bureau) -> None:
    for n in range(9):
        pledged(bureau, "submitted", MONDAY, content=f"{n}" + "很长的内容" * 59)
    said = bound(phone, bureau, "secretary").say("待审")
    assert "等您办理的承诺9条" in said
    assert len(said.encode()) <= 2000


def test_who_is_not_bound_learns_how_and_a_member_reviews_nothing(phone: Phones, member: Phone) -> None:
    assert "邀请码" in phone("citizen").say("我的承诺")
    assert "您目前的身份不能办理" in phone("citizen2").say("起草承诺")
    assert "您目前的身份不能办理" in member.say("待审")


@pytest.mark.parametrize("said", ["长" * 301, "身份证110101199001011234"])
def test_what_cannot_be_kept_is_said_and_asked_again(member: Phone, bureau: Bureau, said: str) -> None:
    member.say("起草承诺")
    assert "请删" in member.say(said)
    assert "落实措施" in member.say("窗口材料一次告知")
