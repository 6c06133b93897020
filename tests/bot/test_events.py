"""Scans, follows, taps, voices: each gets one short useful answer, or `success` where no words are due."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from bot import menu
from domain.ports import House
from models.letters import Letter
from models.people import Contact
from models.ratings import Rating
from models.signing_in import DeskSession
from services import badges, desk_sessions
from tests.bureau import Bureau
from tests.conftest import Clock
from tests.phones import Phone
from tests.services.test_forgetting import everything

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


POPUP = {"List": {"TemplateId": "T1", "SubscribeStatusString": "accept", "PopupScene": "1"}}
CHANGE = {"List": {"TemplateId": "T1", "SubscribeStatusString": "reject"}}
SENT = {"List": {"TemplateId": "T1", "MsgID": "170", "ErrorCode": "0", "ErrorStatus": "success"}}
PICKED = {"ScanType": "qrcode", "ScanResult": "http://127.0.0.1:8000/p/{code}"}
EVENTS: dict[str, tuple[dict[str, Any], str]] = {
    "subscribe": ({"EventKey": ""}, "欢迎关注"),
    "subscribe without a key": ({"Event": "subscribe"}, "欢迎关注"),
    "subscribe by a plate": ({"Event": "subscribe", "EventKey": "qrscene_p:{code}", "Ticket": "gQ"}, "3号窗口"),
    "subscribe by another code": ({"Event": "subscribe", "EventKey": "qrscene_31", "Ticket": "gQ"}, "不要付款"),
    "unsubscribe": ({"EventKey": ""}, ""),
    "SCAN": ({"EventKey": "p:{code}", "Ticket": "gQ"}, "3号窗口"),
    "SCAN of a number": ({"Event": "SCAN", "EventKey": "123", "Ticket": "gQ"}, "不要付款"),
    "LOCATION": ({"Latitude": "23.137466", "Longitude": "113.352425", "Precision": "119.385040"}, ""),
    "CLICK of a button that is no more": ({"Event": "CLICK", "EventKey": "OLD"}, ""),
    "VIEW": ({"EventKey": "http://127.0.0.1:8000/board", "MenuId": "430"}, ""),
    "view_miniprogram": ({"EventKey": "pages/index/index", "MenuId": "430"}, ""),
    "scancode_push": ({"EventKey": "SCAN", "ScanCodeInfo": PICKED}, "3号窗口"),
    "scancode_waitmsg": ({"EventKey": "SCAN", "ScanCodeInfo": PICKED}, "3号窗口"),
    "scancode_waitmsg of something else": (
        {"Event": "scancode_waitmsg", "ScanCodeInfo": {"ScanType": "barcode", "ScanResult": "EAN_13,690"}},
        "不要付款",
    ),
    "pic_sysphoto": ({"EventKey": "PHOTO", "SendPicsInfo": {"Count": "1"}}, ""),
    "location_select": ({"EventKey": "WHERE", "SendLocationInfo": {"Label": "x"}}, ""),
    "TEMPLATESENDJOBFINISH": ({"MsgID": "200163836", "Status": "failed:user block"}, ""),
    "subscribe_msg_popup_event": ({"SubscribeMsgPopupEvent": POPUP}, ""),
    "subscribe_msg_change_event": ({"SubscribeMsgChangeEvent": CHANGE}, ""),
    "subscribe_msg_change_event as in one sample": ({"Event": "subscribe_msg_change_event", "SubscribeMsgPopupEvent": CHANGE}, ""),
    "subscribe_msg_sent_event": ({"SubscribeMsgSentEvent": SENT}, ""),
    "wxa_media_check": ({"appid": "wx1", "trace_id": "60ae", "version": "2", "result": {"suggest": "pass", "label": "100"}, "detail": {}}, ""),
    "user_enter_tempsession": ({"SessionFrom": "pages/help"}, ""),
    "user_authorization_revoke": ({"OpenID": "o" + "x" * 27, "RevokeInfo": "1"}, ""),
    "user_authorization_cancellation": ({"OpenID": "o" + "x" * 27}, ""),
    "user_info_modified": ({"OpenID": "o" + "x" * 27}, ""),
    "something_new": ({"EventKey": "k"}, ""),
}
"""Every event of wechat-platform.md §4 with its own fields, and what its sender reads; “” is `success`."""


def filled(fields: Any, code: str) -> Any:
    if isinstance(fields, dict):
        return {name: filled(value, code) for name, value in fields.items()}
    return fields.replace("{code}", code)


@pytest.mark.parametrize("name", EVENTS)
@pytest.mark.parametrize("case", [str.upper, str.lower, str], ids=["capitals", "small", "as told"])
def test_every_event_is_handled_or_taken_quietly(phone: Phones, bureau: Bureau, name: str, case: Callable[[str], str]) -> None:
    citizen, (own, word) = phone(), EVENTS[name]
    fields = {"MsgType": "event", "Event": name} | filled(own, bureau.codes[3])
    said = citizen.send(fields | {"Event": case(str(fields["Event"]))})
    assert (word in said, len(said) < 200) == (True, True)
    assert bool(said) is bool(word)
    assert citizen.last.data == b"success" or word


def test_every_button_of_the_menu_is_answered_or_opens(phone: Phones, bureau: Bureau) -> None:
    site = bureau.house.settings.base_url
    buttons = [inner for one in menu.menu(site)["button"] for inner in one.get("sub_button", [one])]
    keys = [one["key"] for one in buttons if one["type"] == "click"]
    pages = [one["url"].removeprefix(site) for one in buttons if one["type"] == "view"]
    assert [key for key in keys if not phone().do("CLICK", key)] == []
    assert [phone().client.get(page).status_code for page in pages] == [200]
    assert len(keys) + len(pages) == len(buttons) == 6


def test_a_place_that_is_told_is_not_kept(phone: Phones, bureau: Bureau, house: House) -> None:
    phone().do("LOCATION", Latitude="23.137466", Longitude="113.352425", Precision="119.385040")
    phone().send({"MsgType": "location", "Location_X": "23.137466", "Location_Y": "113.352425", "Label": "某小区某号楼", "MsgId": "8"})
    kept = everything(house)
    assert [told for told in ("23.137466", "113.352425", "某小区") if told in kept] == []


PLATFORM = "push_service"


@pytest.mark.parametrize("event", ["user_authorization_revoke", "user_authorization_cancellation"])
@pytest.mark.parametrize(
    "place", [("/wechat", "service", "wx1234567890abcdef"), ("/wechat/mini", "mini", "wxfedcba0987654321")], ids=lambda one: one[1]
)
def test_who_withdraws_is_forgotten_though_the_platform_tells_of_him(
    phone: Phones, bureau: Bureau, house: House, event: str, place: tuple[str, str, str]
) -> None:
    path, account, appid = place
    clerk, head = phone("clerk", path=path, appid=appid), phone("head", path=path, appid=appid)
    for name, one in (("clerk", clerk), ("head", head)):
        bureau.bind(name, one.openid, account)
    platform = phone(PLATFORM, path=path, appid=appid)
    assert [platform.do(event, OpenID=one.openid, RevokeInfo="301") for one in (clerk, head)] == ["", ""]
    with house.database.reading() as db:
        kept = {one.mark: (one.person_id, one.gone_at is not None) for one in db.scalars(select(Contact))}
    assert kept == {house.pseudonyms.contact(account, one.openid): (None, True) for one in (clerk, head)}


def test_who_leaves_is_signed_out_of_the_console_too(phone: Phones, bureau: Bureau, house: House) -> None:
    clerk = phone("clerk")
    bureau.bind("clerk", clerk.openid)
    with house.database.transaction() as db:
        desk_sessions.open_for(db, bureau.people["clerk"], house.now())
        desk_sessions.open_for(db, bureau.people["office"], house.now())
    clerk.do("unsubscribe")
    with house.database.reading() as db:
        assert db.scalars(select(DeskSession.person_id)).all() == [bureau.people["office"]]


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({"MsgType": "voice", "MediaId": "m", "Format": "amr", "Recognition": "评价三号窗口满意"}, "已记下"),
        ({"MsgType": "voice", "MediaId": "m", "Format": "amr"}, "没有听清"),
        ({"MsgType": "image", "PicUrl": "http://x", "MediaId": "m"}, "只能看懂文字"),
        ({"MsgType": "video", "MediaId": "m", "ThumbMediaId": "t"}, "只能看懂文字"),
        ({"MsgType": "shortvideo", "MediaId": "m", "ThumbMediaId": "t"}, "只能看懂文字"),
        ({"MsgType": "link", "Title": "t", "Description": "d", "Url": "http://x"}, "只能看懂文字"),
        ({"MsgType": "miniprogrampage", "Title": "t", "AppId": "wx1", "PagePath": "p", "ThumbUrl": "http://x"}, "只能看懂文字"),
        ({"MsgType": "location", "Location_X": "23.1", "Location_Y": "113.3", "Scale": "20", "Label": "x"}, "只能看懂文字"),
        ({"MsgType": "text", "Content": ""}, "没有看懂"),
        ({"MsgType": "text", "Content": "你们几点上班"}, "没有看懂"),
        ({"MsgType": "text", "Content": "帮助"}, "评价 3号窗口 满意"),
        ({"MsgType": "text", "Content": "待办"}, "没有绑定"),
        ({"MsgType": "text", "Content": "进度"}, "进度 A0231"),
        ({"MsgType": "text", "Content": "进度 Z9999"}, "没有查到"),
        ({"MsgType": "text", "Content": "我的评价"}, "没有查到您的评价"),
    ],
    ids=[
        "voice",
        "unclear voice",
        "image",
        "video",
        "short video",
        "link",
        "card",
        "location",
        "empty",
        "question",
        "help",
        "todo",
        "progress",
        "wrong number",
        "own",
    ],
)
def test_everything_gets_a_useful_answer(phone: Phones, bureau: Bureau, fields: dict[str, str], word: str) -> None:
    assert word in phone().send({**fields, "MsgId": "9"})


def test_progress_and_own_ratings_tell_what_became_of_it(phone: Phones, bureau: Bureau) -> None:
    citizen = phone()
    citizen.say("评价 3号窗口 不满意")
    for said in ("进度 A0001", "进度A0001", "进度 a 1", "进度：Ａ０００１", "A0001"):
        assert "编号A0001：正在整改" in citizen.say(said)
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
