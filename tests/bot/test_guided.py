"""我要评价: three messages at most, numbers or words, a way back and a way out."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from domain.marks import Mark
from domain.ports import House
from models.ratings import Rating
from models.windows import ServiceWindow
from services import register as registers
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


@pytest.mark.parametrize(
    "words",
    [
        ("我要评价", "不动产登记窗口", "不满意", "等候太久、态度冷淡 等了两个小时"),
        ("评价窗口", "３号", "二", "等候太久 3 等了两个小时"),
        ("想评价", "三号窗口", "2星", "1 3，等了两个小时"),
        ("我要打分", "办证窗口", "不太满意", "1,3,等了两个小时"),
    ],
    ids=" ".join,
)
def test_words_are_as_good_as_numbers(phone: Phones, bureau: Bureau, words: tuple[str, ...]) -> None:
    citizen = phone()
    for word in words:
        citizen.say(word)
    (rating,) = ratings(bureau)
    assert (rating.window_id, rating.level, rating.tags, rating.note) == (bureau.windows[3], 2, ["等候太久", "态度冷淡"], "等了两个小时")


def test_what_the_bot_offers_is_what_it_takes(phone: Phones, bureau: Bureau) -> None:
    """Every choice of every step, by its number and by its word."""
    citizen = phone()
    for shown in citizen.say("我要评价").split("\n")[1:-1]:
        number, name = shown.split(" ", 1)
        for said in (number, shown, name):
            assert "请回复数字" in citizen.say(said)
            assert "哪个窗口" in citizen.say("0")
        citizen.say(name)
        for level in range(1, 6):
            for said in (str(level), Mark(level).chinese):
                assert "的评价" in citizen.say(said)
                assert "请回复数字" in citizen.say("0")
        assert "哪个窗口" in citizen.say("返回")
    assert len(ratings(bureau)) == 3


def test_nothing_is_lost_when_the_reasons_never_come(phone: Phones, bureau: Bureau) -> None:
    citizen = phone()
    citizen.do("CLICK", "RATE")
    citizen.say("三号")
    citizen.say("4")
    assert [rating.level for rating in ratings(bureau)] == [4]


def test_windows_that_do_not_fit_the_list_are_spoken_of_and_taken(phone: Phones, bureau: Bureau, house: House) -> None:
    with house.database.transaction() as db:
        db.add_all(ServiceWindow(number=n, name=f"第{n}办事窗口", aliases=[], branch_id=bureau.branch) for n in range(10, 40))
        registers.grow(db)
    citizen = phone()
    asked = citizen.say("我要评价")
    assert ("共33个窗口" in asked, asked.count("办事"), len(asked.encode()) < 2000) == (True, 17, True)
    assert "请回复数字" in citizen.say("39")


def test_zero_goes_back_and_cancel_goes_out(phone: Phones, bureau: Bureau) -> None:
    citizen = phone()
    citizen.say("我要评价")
    citizen.say("3")
    assert "哪个窗口" in citizen.say("0")
    assert "已取消" in citizen.say("取消")
    assert "没有正在进行" in citizen.say("取消")
    assert ratings(bureau) == []


def test_zero_behind_the_rating_changes_it_and_keeps_what_was_said(phone: Phones, bureau: Bureau) -> None:
    citizen = phone()
    citizen.do("SCAN", f"p:{bureau.codes[3]}")
    assert "0 改满意程度" in citizen.say("2")
    assert "请回复数字" in citizen.say("返回")
    assert "已改为“非常不满意”" in citizen.say("1")
    citizen.say("没人管")
    citizen.say("评价 不满意 等了很久")
    citizen.say("5")
    citizen.say("0")
    citizen.say("3")
    citizen.say("1 后来有人来了")
    told = {rating.window_id: (rating.level, rating.tags, rating.note, rating.post_id) for rating in ratings(bureau)}
    assert told == {
        bureau.windows[3]: (1, None, "没人管", bureau.windows[3]),
        bureau.windows[5]: (3, ["速度一般"], "等了很久，后来有人来了", None),
    }


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("不满意 等了两个小时", (2, "等了两个小时")),
        ("不满意，等了两个小时", (2, "等了两个小时")),
        ("2 等了两个小时", (2, "等了两个小时")),
        ("二、等了两个小时", (2, "等了两个小时")),
        ("２，等了２小时，（第３次）", (2, "等了２小时，（第３次）")),
        ("不满意：等了２小时，没人", (2, "等了２小时，没人")),
        ("很满意，谢谢", (5, "谢谢")),
        ("不是很满意", (2, "")),
    ],
)
def test_behind_a_scan_level_and_words_come_in_one_message(phone: Phones, bureau: Bureau, said: str, kept: tuple[int, str]) -> None:
    citizen = phone()
    citizen.do("SCAN", f"p:{bureau.codes[3]}")
    citizen.say(said)
    assert [(rating.level, rating.note, rating.post_id) for rating in ratings(bureau)] == [(*kept, bureau.windows[3])]


def test_a_number_that_no_reason_has_is_asked_again_and_a_count_of_hours_is_none(phone: Phones, bureau: Bureau) -> None:
    citizen = phone()
    citizen.say("3号窗口")
    citizen.say("2")
    assert "1 到 6" in citizen.say("8")
    citizen.say("2个小时没人理")
    assert [(rating.tags, rating.note) for rating in ratings(bureau)] == [(None, "2个小时没人理")]


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
