"""异议 in the chat: one message, or asked for step by step; its number asked after like any other."""

from collections.abc import Callable

from sqlalchemy import select

from models.objections import ObjectionRow
from tests.bureau import Bureau
from tests.phones import Phone

Phones = Callable[..., Phone]


def rows(bureau: Bureau) -> list[ObjectionRow]:
    with bureau.house.database.reading() as db:
        return list(db.scalars(select(ObjectionRow)))


def test_one_message_is_an_objection(phone: Phones, bureau: Bureau) -> None:
    told = phone().say("异议 诺0001 不满意，材料收了两遍")
    assert "已登记（匿名），编号异0001。最迟11月23日答复" in told
    (row,) = rows(bureau)
    assert (row.text, row.contact) == ("不满意,材料收了两遍", None)


def test_step_by_step_the_level_is_said_before_the_words(phone: Phones, bureau: Bureau) -> None:
    citizen = phone()
    assert "承诺编号" in citizen.say("异议")
    assert "默认匿名提交" in citizen.say("1")
    assert "已登记（保密）" in citizen.say("保密 3号窗口 不满意 材料收了两遍")
    (row,) = rows(bureau)
    assert row.contact


def test_its_number_is_asked_after_in_the_same_words(phone: Phones, bureau: Bureau) -> None:
    citizen = phone()
    citizen.say("异议 1 材料收了两遍")
    for said in ("进度 异0001", "异0001", "进度 YI1"):
        assert "编号异0001：已收到，正在核实" in citizen.say(said)


def test_other_words_lead_out_of_it(phone: Phones, bureau: Bureau) -> None:
    citizen = phone()
    citizen.say("异议 1")
    assert "已取消" in citizen.say("取消")
    assert "没有找到这条承诺" in citizen.say("异议 9999 没有做到")
    assert rows(bureau) == []
