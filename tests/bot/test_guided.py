"""我要评价: three messages at most, numbers or words, a way back and a way out."""

from collections.abc import Callable

from sqlalchemy import select

from models.ratings import Rating
from tests.bureau import Bureau
from tests.conftest import Clock
from tests.phones import Phone

Phones = Callable[..., Phone]


def ratings(bureau: Bureau) -> list[Rating]:
    with bureau.house.database.reading() as db:
        return list(db.scalars(select(Rating)))


def test_three_messages_make_a_whole_rating(phone: Phones, bureau: Bureau) -> None:
    citizen = phone()
    assert "哪个窗口" in citizen.say("我要评价")
    assert "5 非常满意" in citizen.say("3")
    assert "A0001" in citizen.say("2")
    assert "已记下" in citizen.say("1 3 等了两个小时")
    (rating,) = ratings(bureau)
    assert (rating.level, rating.tags, rating.note) == (2, ["等候太久", "态度冷淡"], "等了两个小时")


def test_words_are_as_good_as_numbers(phone: Phones, bureau: Bureau) -> None:
    citizen = phone()
    citizen.say("我要评价")
    citizen.say("不动产登记窗口")
    citizen.say("非常满意")
    assert [rating.level for rating in ratings(bureau)] == [5]


def test_nothing_is_lost_when_the_reasons_never_come(phone: Phones, bureau: Bureau) -> None:
    citizen = phone()
    citizen.do("CLICK", "RATE")
    citizen.say("三号")
    citizen.say("4")
    assert [rating.level for rating in ratings(bureau)] == [4]


def test_zero_goes_back_and_cancel_goes_out(phone: Phones, bureau: Bureau) -> None:
    citizen = phone()
    citizen.say("我要评价")
    citizen.say("3")
    assert "哪个窗口" in citizen.say("0")
    assert "已取消" in citizen.say("取消")
    assert "没有正在进行" in citizen.say("取消")
    assert ratings(bureau) == []


def test_a_conversation_ends_by_itself_and_says_so(phone: Phones, bureau: Bureau, clock: Clock) -> None:
    citizen = phone()
    citizen.say("我要评价")
    clock.pass_(minutes=11)
    assert "自动结束" in citizen.say("3")
    assert ratings(bureau) == []


def test_a_whole_rating_is_understood_in_the_middle_of_a_conversation(phone: Phones, bureau: Bureau) -> None:
    citizen = phone()
    citizen.say("我要评价")
    assert "已记下" in citizen.say("评价 5号窗口 满意")
    assert [rating.window_id for rating in ratings(bureau)] == [bureau.windows[5]]


def test_a_word_that_is_no_level_is_asked_again(phone: Phones, bureau: Bureau) -> None:
    citizen = phone()
    citizen.say("3号窗口")
    assert "1 到 5" in citizen.say("随便")
    assert "1 到 5" in citizen.say("9")
    assert "已记下" in citizen.say("不满意")


def test_an_unknown_window_is_told_kindly(phone: Phones, bureau: Bureau) -> None:
    citizen = phone()
    assert "没有找到" in citizen.say("评价 火星移民窗口 满意")
    citizen.say("我要评价")
    assert "没有找到" in citizen.say("火星移民")
    assert "5 非常满意" in citizen.say("1")
