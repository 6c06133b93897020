"""What WeChat tells of consents is booked: a yes once, a no at once, whatever shape the list has; receipts find their letter."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from domain.letters import Used
from domain.ports import House
from services import message_consents
from tests.bureau import Bureau
from tests.conftest import Clock
from tests.phones import Phone, to_json

Phones = Callable[..., Phone]


def popup(phone: Phone, *rows: tuple[str, str], wrapper: str = "SubscribeMsgPopupEvent") -> None:
    """The list as XML can tell it: repeated elements."""
    inner = "".join(
        f"<List><TemplateId>{one}</TemplateId><SubscribeStatusString>{said}</SubscribeStatusString><PopupScene>1</PopupScene></List>"
        for one, said in rows
    )
    name = "subscribe_msg_popup_event" if wrapper.endswith("PopupEvent") else "subscribe_msg_change_event"
    stamp = str(int(phone.now().timestamp()))
    head = f"<ToUserName>gh</ToUserName><FromUserName>{phone.openid}</FromUserName><CreateTime>{stamp}</CreateTime>"
    body = f"<xml>{head}<MsgType>event</MsgType><Event>{name}</Event><{wrapper}>{inner}</{wrapper}></xml>".encode()
    phone.last = phone.post(*phone.signed(body, stamp, f"n{len(inner)}{stamp}"))
    assert phone.words() == ""


def left(house: House, phone: Phone, account: str = "service") -> dict[str, int]:
    mark = house.pseudonyms.contact(account, phone.openid)
    with house.database.reading() as db:
        return message_consents.left(db, [mark]).get(mark, {})


def test_one_row_and_several_rows_are_read(phone: Phones, bureau: Bureau, house: House, clock: Clock) -> None:
    wang = phone("wang")
    popup(wang, ("T1", "accept"))
    clock.pass_(seconds=5)
    popup(wang, ("T1", "accept"), ("T2", "accept"), ("T3", "reject"))
    assert left(house, wang) == {"T1": 2, "T2": 1, "T3": 0}


@pytest.mark.parametrize("wrapper", ["SubscribeMsgChangeEvent", "SubscribeMsgPopupEvent"])
def test_a_change_of_mind_ends_all(phone: Phones, bureau: Bureau, house: House, clock: Clock, wrapper: str) -> None:
    wang = phone("wang")
    popup(wang, ("T1", "accept"))
    clock.pass_(seconds=5)
    popup(wang, ("T1", "reject"), wrapper=wrapper)
    assert left(house, wang) == {"T1": 0}


def test_the_mini_program_tells_it_in_json(phone: Phones, bureau: Bureau, house: House) -> None:
    wang = phone("wang", path="/wechat/mini", appid="wxfedcba0987654321")
    row = {"TemplateId": "T1", "SubscribeStatusString": "accept", "PopupScene": "0"}
    stamp = str(int(wang.now().timestamp()))
    fields: dict[str, Any] = {"ToUserName": "gh", "FromUserName": wang.openid, "CreateTime": int(stamp), "MsgType": "event"}
    body = to_json(fields | {"Event": "subscribe_msg_popup_event", "List": [row]})
    assert wang.post(*wang.signed(body, stamp, "nonce")).status_code == 200
    assert left(house, wang, "mini") == {"T1": 1}


@pytest.mark.parametrize("proofs_first", [True, False])
def test_a_tap_told_by_client_and_by_wechat_counts_once(phone: Phones, bureau: Bureau, house: House, clock: Clock, proofs_first: bool) -> None:
    phone("wang").say("你好")
    mark = house.pseudonyms.contact("service", phone("wang").openid)
    for _ in range(3):
        for proved in (proofs_first, not proofs_first):
            with house.database.transaction() as db:
                message_consents.accept(db, mark, "T1", clock.now(), proved=proved)
            clock.pass_(seconds=3)
        clock.pass_(minutes=5)
    assert left(house, phone("wang")) == {"T1": 3}


def test_the_balance_never_falls_below_nothing(phone: Phones, bureau: Bureau, house: House, clock: Clock) -> None:
    wang = phone("wang")
    popup(wang, ("T1", "accept"))
    mark = house.pseudonyms.contact("service", wang.openid)
    for _ in range(3):
        with house.database.transaction() as db:
            message_consents.use(db, [Used(mark, "T1")])
    assert left(house, wang) == {"T1": 0}
    clock.pass_(seconds=timedelta(minutes=5).total_seconds())
    popup(wang, ("T1", "accept"))
    assert left(house, wang) == {"T1": 1}


@pytest.mark.parametrize("odd", ["<List>x</List>", "<List><TemplateId></TemplateId></List>", "", "<List><TemplateId><a>1</a></TemplateId></List>"])
def test_odd_lists_do_nothing(phone: Phones, bureau: Bureau, house: House, odd: str) -> None:
    wang = phone("wang")
    stamp = str(int(wang.now().timestamp()))
    head = f"<ToUserName>gh</ToUserName><FromUserName>{wang.openid}</FromUserName><CreateTime>{stamp}</CreateTime><MsgType>event</MsgType>"
    body = f"<xml>{head}<Event>subscribe_msg_popup_event</Event><SubscribeMsgPopupEvent>{odd}</SubscribeMsgPopupEvent></xml>".encode()
    assert wang.post(*wang.signed(body, stamp, "nonce")).status_code == 200
    assert left(house, wang) == {}
