"""A citizen rates a window by one message: the main job of the house."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from models.letters import Letter
from models.ratings import Rating
from models.rectifications import Rectification
from tests.bureau import Bureau
from tests.phones import Phone

Phones = Callable[..., Phone]


def stored(bureau: Bureau) -> list[tuple[int | None, int, str]]:
    numbers = {window: number for number, window in bureau.windows.items()}
    with bureau.house.database.reading() as db:
        return [(numbers[row.window_id], row.level, row.note) for row in db.scalars(select(Rating).order_by(Rating.window_id))]


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("评价 3号窗口 满意", (3, 4, "")),
        ("评价3号窗口不满意 等了两个小时", (3, 2, "等了两个小时")),
        ("三号窗口 5星", (3, 5, "")),
        ("３号 非常满意", (3, 5, "")),
        ("综合受理窗口 基本满意", (1, 3, "")),
        ("差评！3号窗口", (3, 2, "")),
        ("评价３号窗口不满意，等了２小时（第３次）", (3, 2, "等了２小时（第３次）")),
    ],
    ids=["plain", "joined and bad", "chinese number", "full width", "by name", "mark first", "own signs"],
)
def test_a_citizen_rates_by_one_message(phone: Phones, bureau: Bureau, said: str, kept: tuple[int, int, str]) -> None:
    assert "号窗口" in phone().say(said)
    assert stored(bureau) == [kept]


def test_a_near_name_is_asked_back_and_never_guessed(phone: Phones, bureau: Bureau) -> None:
    for said, citizen in (("房管的窗口 好评", phone()), ("房馆的窗口 好评", phone("li")), ("fgck 好评", phone("zhao"))):
        before = stored(bureau)
        assert "房管服务窗口" in citizen.say(said)
        assert stored(bureau) == before
        assert "已记下" in citizen.say("1")
        assert stored(bureau) == [*before, (5, 4, "")]


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("3号窗口和5号窗口都满意", (5, 4, "")),
        ("评价 3号 5号 满意", (5, 4, "")),
        ("3号、5号窗口满意", (5, 4, "")),
        ("满意 3号窗口 5号窗口", (5, 4, "")),
        ("3号窗口 不满意，5号窗口 满意", (5, 2, "满意")),
    ],
)
def test_of_two_windows_in_one_message_it_is_asked_which(phone: Phones, bureau: Bureau, said: str, kept: tuple[int, int, str]) -> None:
    citizen = phone()
    asked = citizen.say(said)
    assert ("一条消息评价一个窗口" in asked, "1 3号窗口" in asked, "2 5号窗口" in asked) == (True, True, True)
    assert stored(bureau) == []
    assert "已记下" in citizen.say("2")
    assert stored(bureau) == [kept]


@pytest.mark.parametrize("note", ["叫我去5号窗口", "5号下午去的，没有人", "7号窗口也一样", "3号窗口排队太长"])
def test_a_window_that_is_only_spoken_of_is_no_second_one(phone: Phones, bureau: Bureau, note: str) -> None:
    phone().say(f"评价 3号窗口 不满意 {note}")
    assert stored(bureau) == [(3, 2, note)]


def test_a_bad_rating_gets_a_number_a_clock_and_a_letter_to_the_head(phone: Phones, bureau: Bureau) -> None:
    answer = phone().say("评价 3号窗口 不满意 等了两个小时")
    assert "A0001" in answer
    assert "11月23日" in answer
    with bureau.house.database.reading() as db:
        order = db.scalars(select(Rectification)).one()
        letter = db.scalars(select(Letter).where(Letter.kind == "rectification_open")).one()
    assert (order.owner_id, order.state, letter.person_id) == (bureau.people["head"], "open", bureau.people["head"])


def test_the_same_message_twice_gets_the_first_answer_to_the_byte(phone: Phones, bureau: Bureau) -> None:
    citizen = phone()
    sent = citizen.envelope({"MsgType": "text", "Content": "评价 3号窗口 不满意", "MsgId": "77"})
    first = citizen.post(*sent)
    assert [citizen.post(*sent).data for _ in range(3)] == [first.data] * 3
    assert stored(bureau) == [(3, 2, "")]


def test_rating_again_on_the_same_day_changes_the_rating(phone: Phones, bureau: Bureau) -> None:
    citizen = phone()
    citizen.say("评价 3号窗口 不满意")
    assert "已改为" in citizen.say("评价 3号窗口 满意")
    assert stored(bureau) == [(3, 4, "")]
    with bureau.house.database.reading() as db:
        assert db.scalars(select(Rectification)).one().state == "withdrawn"


def test_a_clerk_cannot_rate_the_own_window(phone: Phones, bureau: Bureau) -> None:
    clerk = phone("clerk")
    bureau.bind("clerk", clerk.openid)
    assert "不能评价自己的窗口" in clerk.say("评价 3号窗口 非常满意")
    assert stored(bureau) == []


def test_other_staff_are_set_apart(phone: Phones, bureau: Bureau) -> None:
    secretary = phone("secretary")
    bureau.bind("secretary", secretary.openid)
    secretary.say("评价 3号窗口 非常满意")
    with bureau.house.database.reading() as db:
        assert db.scalars(select(Rating.standing)).all() == ["own_staff"]
