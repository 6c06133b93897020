"""Field names on the wire, as the official samples and two SDKs of other languages (WxJava, silenceper/wechat) read them."""

import json
from typing import Any
from xml.etree import ElementTree

import pytest

from emulator.wire import envelope
from tests.emulator.conftest import WeChat

COMMON = {"ToUserName", "FromUserName", "CreateTime", "MsgType"}
PLACE = {"type": "location_select", "name": "位置", "key": "PLACE"}
PHOTO = {"type": "pic_sysphoto", "name": "拍照", "key": "PHOTO"}
SCAN = {"type": "scancode_push", "name": "扫码", "key": "SCAN"}

# deed, what it takes, the account, own fields of the first push, an inner path and its fields
EVENTS: dict[str, tuple[str, dict[str, Any], set[str], tuple[str, ...], set[str]]] = {
    "location-event": ("place", {}, {"Event", "Latitude", "Longitude", "Precision"}, (), set()),
    "kf": ("enter", {"source": "post"}, {"Event", "SessionFrom"}, (), set()),
    "revoke": ("revoke", {}, {"Event", "OpenID", "AppID", "RevokeInfo"}, (), set()),
    "location_select": (
        "tap",
        {"key": "PLACE"},
        {"Event", "EventKey", "SendLocationInfo"},
        ("SendLocationInfo",),
        {"Location_X", "Location_Y", "Scale", "Label", "Poiname"},
    ),
    "pic": ("tap", {"key": "PHOTO"}, {"Event", "EventKey", "SendPicsInfo"}, ("SendPicsInfo", "PicList", "item"), {"PicMd5Sum"}),
    "scancode": ("tap", {"key": "SCAN", "text": "x"}, {"Event", "EventKey", "ScanCodeInfo"}, ("ScanCodeInfo",), {"ScanType", "ScanResult"}),
}


@pytest.mark.parametrize(("deed", "body", "own", "path", "inner"), EVENTS.values(), ids=EVENTS)
def test_an_event_carries_exactly_its_fields(
    wechat: WeChat, deed: str, body: dict[str, Any], own: set[str], path: tuple[str, ...], inner: set[str]
) -> None:
    wechat.ask("/cgi-bin/menu/create", {"button": [PLACE, PHOTO, SCAN]})
    wechat.act("p01", deed, **body)
    heard = wechat.bot.heard[0]
    assert set(heard) == COMMON | own
    for name in path:
        heard = heard[name]
    assert not inner or set(heard) == inner


@pytest.mark.parametrize(
    ("event", "wrapper", "fields"),
    [
        ("subscribe_msg_popup_event", "SubscribeMsgPopupEvent", {"TemplateId", "SubscribeStatusString", "PopupScene"}),
        ("subscribe_msg_change_event", "SubscribeMsgChangeEvent", {"TemplateId", "SubscribeStatusString"}),
    ],
)
def test_subscription_events_wrap_their_rows_in_list(wechat: WeChat, event: str, wrapper: str, fields: set[str]) -> None:
    template = next(iter(wechat.templates().values()))
    wechat.act("p01", "subscribe", template_ids=[template], scene=1)
    wechat.act("p01", "subscription-change", template_id=template)
    heard = next(one for one in wechat.bot.heard if one["Event"] == event)
    assert set(heard[wrapper]["List"]) == fields


def test_numbers_are_bare_and_texts_are_cdata_that_cannot_be_broken_out_of() -> None:
    text = envelope.as_xml({"MsgType": "text", "Content": "a]]><MsgType>b", "MsgId": 2**62})
    assert "<MsgType><![CDATA[text]]></MsgType>" in text
    assert f"<MsgId>{2**62}</MsgId>" in text
    assert ElementTree.fromstring(text).findtext("Content") == "a]]><MsgType>b"


def test_rows_of_a_json_event_are_texts() -> None:
    rows = [{"TemplateId": "t", "SubscribeStatusString": "accept", "PopupScene": 0}]
    fields = {"CreateTime": 5, "Event": "subscribe_msg_popup_event", "SubscribeMsgPopupEvent": {"List": rows}}
    assert json.loads(envelope.as_json(fields)) == {
        "CreateTime": "5",
        "Event": "subscribe_msg_popup_event",
        "List": {"TemplateId": "t", "SubscribeStatusString": "accept", "PopupScene": "0"},
    }
