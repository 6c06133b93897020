"""Codes a phone scans: parametric, mini-program, plain link; and links that open the mini-program."""

import base64
from typing import Any

import pytest

from tests.emulator.conftest import WeChat


def create(wechat: WeChat, action: str, scene: Any, **more: Any) -> Any:
    key = "scene_str" if "STR" in action else "scene_id"
    return wechat.ask("/cgi-bin/qrcode/create", {"action_name": action, "action_info": {"scene": {key: scene}}} | more)


def picture(wechat: WeChat, path: str, body: Any = None, kind: str = "mini", **query: Any) -> str:
    method = "POST" if body is not None else "GET"
    answer = wechat.http.request(method, wechat.url + path, json=body, params={"access_token": wechat.token(kind)} | query)
    assert answer.headers["Content-Type"].startswith("image/"), answer.text
    return base64.b64encode(answer.content).decode()


def test_the_picture_of_a_ticket_is_scanned_by_a_follower_and_by_a_stranger(wechat: WeChat) -> None:
    ticket = create(wechat, "QR_LIMIT_STR_SCENE", "p:3k7q")["ticket"]
    image = picture(wechat, "/cgi-bin/showqrcode", kind="service", ticket=ticket)
    for person in ("p01", "p09"):
        wechat.act(person, "scan", picture=image)
    scanned, followed = wechat.bot.heard
    assert (scanned["Event"], scanned["EventKey"], scanned["Ticket"]) == ("SCAN", "p:3k7q", ticket)
    assert (followed["Event"], followed["EventKey"]) == ("subscribe", "qrscene_p:3k7q")
    assert wechat.ask("/cgi-bin/user/info", openid=wechat.openid("p09"))["qr_scene_str"] == "p:3k7q"


def test_a_temporary_code_dies(wechat: WeChat) -> None:
    made = create(wechat, "QR_SCENE", 7, expire_seconds=100)
    assert made["expire_seconds"] == 100
    wechat.advance(101)
    assert wechat.act("p01", "scan", text=made["url"])["about"] == {"notice": "二维码已过期"}


@pytest.mark.parametrize(
    ("action", "scene", "more"),
    [
        ("QR_OTHER", 1, {}),
        ("QR_SCENE", 0, {}),
        ("QR_SCENE", 2**32, {}),
        ("QR_LIMIT_SCENE", 100_001, {}),
        ("QR_STR_SCENE", "", {}),
        ("QR_STR_SCENE", "s" * 65, {}),
        ("QR_SCENE", 5, {"expire_seconds": 2_592_001}),
        ("QR_SCENE", True, {}),
    ],
    ids=str,
)
def test_a_wrong_scene_is_refused(wechat: WeChat, action: str, scene: Any, more: dict[str, Any]) -> None:
    assert create(wechat, action, scene, **more)["errcode"] == 40053


def test_a_mini_program_code_opens_its_page_with_the_scene(wechat: WeChat) -> None:
    image = picture(wechat, "/wxa/getwxacodeunlimit", {"scene": "a=1&b", "page": "pages/post"})
    found = wechat.act("p01", "scan", picture=image)
    assert (found["leads"], found["about"]["page"], found["about"]["query"]) == ("miniprogram", "pages/post", "scene=a%3D1%26b")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"scene": "一"}, 40129),
        ({"scene": "s" * 33}, 40129),
        ({"scene": "a%b"}, 40129),
        ({}, 40129),
        ({"scene": "a", "page": "/pages/a"}, 41030),
        ({"scene": "a", "page": "pages/unknown"}, 41030),
        ({"scene": "a", "width": 100}, 40097),
        ({"scene": "a", "env_version": "beta"}, 40097),
    ],
    ids=str,
)
def test_a_wrong_mini_program_code_is_json(wechat: WeChat, body: dict[str, Any], code: int) -> None:
    wechat.control("PATCH", "/accounts/mini", pages=["pages/post"])
    assert wechat.ask("/wxa/getwxacodeunlimit", body, "mini")["errcode"] == code


def test_an_unreleased_page_is_taken_when_the_check_is_off(wechat: WeChat) -> None:
    wechat.control("PATCH", "/accounts/mini", pages=["pages/post"])
    assert picture(wechat, "/wxa/getwxacodeunlimit", {"scene": "a", "page": "pages/new", "check_path": False})


@pytest.mark.parametrize(
    ("prefix", "link", "opens"),
    [
        ("https://h/p/", "https://h/p/7Kq2", True),
        ("https://h/p", "https://h/p/7Kq2", False),
        ("https://h/p", "https://h/p", True),
        ("https://h/p/", "http://h/p/7Kq2", False),
        ("https://h/p/", "https://i/p/7Kq2", False),
        ("https://h/p?a=", "https://h/p?a=5", True),
        ("https://h/p?a=", "https://h/p?b=5", False),
    ],
    ids=str,
)
def test_a_plain_link_opens_the_mini_program_by_its_rule(wechat: WeChat, prefix: str, link: str, opens: bool) -> None:
    wechat.control("PATCH", "/accounts/mini", link_rules=[{"prefix": prefix, "page": "pages/post"}])
    found = wechat.act("p01", "scan", text=link)
    assert found["leads"] == ("miniprogram" if opens else "web")
    assert not opens or found["about"]["query"].startswith("q=http")


def test_a_registered_plate_is_scanned_by_its_name(wechat: WeChat) -> None:
    wechat.control("POST", "/plates", plates={"3号窗口": "http://127.0.0.1:8000/p/7Kq2"})
    assert wechat.act("p01", "scan", plate="3号窗口")["text"] == "http://127.0.0.1:8000/p/7Kq2"
    wechat.control("POST", "/people/p01/scan", expect=400, plate="没有的")


def test_links_open_the_page_for_thirty_days_at_most(wechat: WeChat) -> None:
    link = wechat.ask("/wxa/generate_urllink", {"path": "/pages/a", "query": "x=1", "expire_type": 1, "expire_interval": 30}, "mini")["url_link"]
    scheme = wechat.ask("/wxa/generatescheme", {"jump_wxa": {"path": "pages/a"}}, "mini")["openlink"]
    assert wechat.act("p01", "scan", text=link)["about"]["query"] == "x=1"
    assert wechat.act("p01", "scan", text=scheme)["leads"] == "miniprogram"
    assert wechat.ask("/wxa/generate_urllink", {"expire_type": 1, "expire_interval": 31}, "mini")["errcode"] == 85401
    wechat.advance(31 * 86400)
    assert wechat.act("p01", "scan", text=link)["about"] == {"notice": "链接已失效"}


def test_a_picture_without_a_code_is_refused_in_words(wechat: WeChat) -> None:
    assert "图片" in wechat.control("POST", "/people/p01/scan", expect=400, picture=base64.b64encode(b"no picture").decode())["error"]
