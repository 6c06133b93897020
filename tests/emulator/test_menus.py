"""Menus: their limits, what a tap leads to, and the menu only some people see."""

from typing import Any

import pytest

from tests.emulator.conftest import WeChat

CLICK = {"type": "click", "name": "我的", "key": "ME"}


def create(wechat: WeChat, *buttons: Any) -> int:
    return int(wechat.ask("/cgi-bin/menu/create", {"button": list(buttons)})["errcode"])


@pytest.mark.parametrize(
    ("button", "code"),
    [
        (CLICK | {"name": "六个汉字太长了"}, 40018),
        (CLICK | {"name": ""}, 40018),
        (CLICK | {"key": "k" * 129}, 40019),
        (CLICK | {"key": ""}, 40019),
        ({"type": "view", "name": "网页", "url": "http://x/" + "u" * 1024}, 40020),
        ({"type": "dance", "name": "跳"}, 40017),
        ({"name": "多", "sub_button": [CLICK] * 6}, 40023),
        ({"type": "miniprogram", "name": "小", "url": "http://x", "appid": "wx0", "pagepath": "a"}, 85005),
        ("text", 47001),
    ],
    ids=["long-name", "no-name", "long-key", "no-key", "long-url", "type", "six-sub", "foreign-mini", "not-object"],
)
def test_a_wrong_button_is_refused(wechat: WeChat, button: Any, code: int) -> None:
    assert create(wechat, button) == code


def test_four_buttons_are_too_many(wechat: WeChat) -> None:
    assert create(wechat, *[CLICK] * 4) == 40016


def test_a_menu_is_read_back_and_deleted(wechat: WeChat) -> None:
    assert wechat.ask("/cgi-bin/menu/get")["errcode"] == 46003
    assert create(wechat, CLICK) == 0
    assert wechat.ask("/cgi-bin/menu/get")["menu"]["button"] == [CLICK | {"sub_button": []}]
    assert wechat.ask("/cgi-bin/get_current_selfmenu_info")["is_menu_open"] == 1
    wechat.ask("/cgi-bin/menu/delete")
    assert wechat.ask("/cgi-bin/menu/get")["errcode"] == 46003


def test_a_tap_pushes_what_its_button_says(wechat: WeChat) -> None:
    view = {"type": "view", "name": "公开栏", "url": "http://127.0.0.1/board"}
    mini = {"type": "miniprogram", "name": "小程序", "url": "http://127.0.0.1/", "appid": wechat.mini["appid"], "pagepath": "pages/index"}
    scan = {"type": "scancode_waitmsg", "name": "扫码", "key": "SCAN"}
    place = {"type": "location_select", "name": "位置", "key": "PLACE"}
    assert create(wechat, {"name": "更多", "sub_button": [CLICK, scan, place]}, view, mini) == 0
    assert wechat.act("p01", "tap", key="ME")["reply"]["body"]["Content"] == "收到 CLICK"
    assert wechat.act("p01", "tap", name="公开栏")["opens"] == "http://127.0.0.1/board"
    assert wechat.act("p01", "tap", path=[2])["appid"] == wechat.mini["appid"]
    wechat.act("p01", "tap", path=[0, 1], text="3号窗口")
    assert wechat.bot.heard[-1]["ScanCodeInfo"] == {"ScanType": "qrcode", "ScanResult": "3号窗口"}
    wechat.act("p01", "tap", key="PLACE")
    told = [heard.get("Event", heard["MsgType"]) for heard in wechat.bot.heard]
    assert told == ["CLICK", "VIEW", "view_miniprogram", "scancode_waitmsg", "location_select", "location"]


def test_only_tagged_people_see_the_conditional_menu(wechat: WeChat) -> None:
    create(wechat, CLICK)
    tag = wechat.ask("/cgi-bin/tags/create", {"tag": {"name": "书记"}})["tag"]["id"]
    wechat.ask("/cgi-bin/tags/members/batchtagging", {"tagid": tag, "openid_list": [wechat.openid("p04")]})
    special = {"button": [{"type": "click", "name": "审核", "key": "REVIEW"}], "matchrule": {"tag_id": str(tag)}}
    menuid = wechat.ask("/cgi-bin/menu/addconditional", special)["menuid"]
    names = [wechat.control("GET", f"/people/{one}")["menu"]["button"][0]["name"] for one in ("p01", "p04")]
    assert names == ["我的", "审核"]
    assert wechat.ask("/cgi-bin/menu/trymatch", {"user_id": wechat.openid("p04")})["button"][0]["name"] == "审核"
    assert wechat.ask("/cgi-bin/menu/delconditional", {"menuid": menuid})["errcode"] == 0
