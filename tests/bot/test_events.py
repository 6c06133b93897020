"""Scans, follows, taps, voices: each gets one short useful answer, or `success` where no words are due."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from models.letters import Letter
from models.people import Contact
from models.ratings import Rating
from services import badges
from tests.bureau import Bureau
from tests.conftest import Clock
from tests.phones import Phone

Phones = Callable[..., Phone]


def test_a_scan_leads_to_a_rating_by_one_word(phone: Phones, bureau: Bureau) -> None:
    citizen = phone()
    answer = citizen.do("SCAN", f"p:{bureau.codes[3]}", Ticket="t")
    assert f"/p/{bureau.codes[3]}" in answer
    assert "3号窗口" in answer
    assert "已记下" in citizen.say("满意")
    with bureau.house.database.reading() as db:
        rating = db.scalars(select(Rating)).one()
    assert (rating.level, rating.post_id) == (4, bureau.windows[3])


def test_a_scan_that_makes_a_follower_does_the_same(phone: Phones, bureau: Bureau) -> None:
    assert "5号窗口" in phone().do("subscribe", f"qrscene_p:{bureau.codes[5]}", Ticket="t")


def test_a_follower_is_greeted_shortly(phone: Phones, bureau: Bureau) -> None:
    answer = phone().do("subscribe")
    assert answer.startswith("您好，欢迎关注青禾县")
    assert len(answer) < 160


def test_a_scan_from_the_menu_reads_the_printed_link(phone: Phones, bureau: Bureau) -> None:
    info = {"ScanType": "qrcode", "ScanResult": f"http://127.0.0.1:8000/p/{bureau.codes[1]}"}
    assert "1号窗口" in phone().do("scancode_waitmsg", "SCAN", ScanCodeInfo=info)


@pytest.mark.parametrize(("scene", "word"), [("p:forgedforgedx", "不要付款"), ("", "不要付款")], ids=["forged", "empty"])
def test_a_foreign_code_is_warned_of(phone: Phones, bureau: Bureau, scene: str, word: str) -> None:
    assert word in phone().do("SCAN", scene)


def test_a_revoked_plate_says_so(phone: Phones, bureau: Bureau, clock: Clock) -> None:
    with bureau.house.database.transaction() as db:
        badges.revoke(db, bureau.actor("office"), bureau.codes[3], "遗失", clock.now())
    assert "已停用" in phone().do("SCAN", f"p:{bureau.codes[3]}")


def test_who_leaves_is_forgotten(phone: Phones, bureau: Bureau) -> None:
    clerk = phone("clerk")
    bureau.bind("clerk", clerk.openid)
    assert clerk.do("unsubscribe") == ""
    with bureau.house.database.reading() as db:
        contact = db.scalars(select(Contact)).one()
    assert (contact.person_id, contact.follows, contact.gone_at is not None) == (None, False, True)


def test_a_leave_that_overtakes_an_earlier_word_still_counts(phone: Phones, bureau: Bureau, clock: Clock) -> None:
    citizen = phone()
    slow = citizen.envelope({"MsgType": "text", "Content": "你好", "MsgId": "1"})
    clock.pass_(seconds=2)
    citizen.do("unsubscribe")
    citizen.post(*slow)
    with bureau.house.database.reading() as db:
        assert db.scalars(select(Contact.follows)).one() is False


@pytest.mark.parametrize(
    "event",
    ["VIEW", "LOCATION", "TEMPLATESENDJOBFINISH", "subscribe_msg_popup_event", "subscribe_msg_sent_event", "wxa_media_check", "something_new"],
)
def test_events_without_words_are_taken_quietly(phone: Phones, bureau: Bureau, event: str) -> None:
    citizen = phone()
    assert citizen.do(event, "k", Status="success") == ""
    assert citizen.last.data == b"success"


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({"MsgType": "voice", "MediaId": "m", "Format": "amr", "Recognition": "评价三号窗口满意"}, "已记下"),
        ({"MsgType": "voice", "MediaId": "m", "Format": "amr"}, "没有听清"),
        ({"MsgType": "image", "PicUrl": "http://x", "MediaId": "m"}, "只能看懂文字"),
        ({"MsgType": "location", "Location_X": "23.1", "Location_Y": "113.3", "Scale": "20", "Label": "x"}, "只能看懂文字"),
        ({"MsgType": "text", "Content": ""}, "没有看懂"),
        ({"MsgType": "text", "Content": "你们几点上班"}, "没有看懂"),
        ({"MsgType": "text", "Content": "帮助"}, "评价 3号窗口 满意"),
        ({"MsgType": "text", "Content": "待办"}, "没有绑定"),
        ({"MsgType": "text", "Content": "进度"}, "进度 A0231"),
        ({"MsgType": "text", "Content": "进度 Z9999"}, "没有查到"),
        ({"MsgType": "text", "Content": "我的评价"}, "没有查到您的评价"),
    ],
    ids=["voice", "unclear voice", "image", "location", "empty", "question", "help", "todo", "progress", "wrong number", "own"],
)
def test_everything_gets_a_useful_answer(phone: Phones, bureau: Bureau, fields: dict[str, str], word: str) -> None:
    assert word in phone().send({**fields, "MsgId": "9"})


def test_progress_and_own_ratings_tell_what_became_of_it(phone: Phones, bureau: Bureau) -> None:
    citizen = phone()
    citizen.say("评价 3号窗口 不满意")
    assert "正在整改" in citizen.say("进度 a 1")
    assert "A0001 正在整改" in citizen.say("我的评价")
    assert "没有查到您的评价" in phone("zhao").say("我的评价")


def test_the_head_of_a_window_sees_what_waits(phone: Phones, bureau: Bureau) -> None:
    head = phone("head")
    bureau.bind("head", head.openid)
    assert "没有待办" in head.say("待办")
    phone().say("评价 3号窗口 不满意")
    assert "A0001 限期整改：正在整改" in head.say("待办")


def test_the_mini_programs_answer_leaves_as_a_letter(application: object, bureau: Bureau, clock: Clock) -> None:
    citizen = Phone(application, "li", clock.now, "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG", path="/wechat/mini", appid="wxfedcba0987654321")
    assert citizen.say("帮助") == ""
    with bureau.house.database.reading() as db:
        assert "评价 3号窗口 满意" in db.scalars(select(Letter).where(Letter.kind == "chat_answer")).one().words["text"]
