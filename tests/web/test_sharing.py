"""分享: the card of a page in WeChat: signed by a ticket that all share, with a picture of our own; pages are whole without it."""

import io
import json
import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from urllib.parse import quote

import pytest
import requests
from flask import Flask
from PIL import Image

from domain.ports import House
from gateways.emulated import Emulated, emulated
from gateways.store import LocalStore
from gateways.wechat import Account, Wechat
from tests.bureau import Bureau
from tests.conftest import MONDAY
from tests.gateways.moody import moody
from tests.pledging import pledged
from tests.web.conftest import Browser

Browsers = Callable[..., Browser]


@pytest.fixture(scope="module")
def wechat() -> Iterator[Emulated]:
    with emulated({"service": "wx1234567890abcdef"}) as running:
        yield running


@pytest.fixture
def joined(flask: Flask, house: House, wechat: Emulated) -> House:
    """The house speaks to an emulated WeChat."""
    flask.extensions["house"] = replace(house, wechat=Wechat(wechat.accounts["service"], LocalStore()))
    return house


def asked(browser: Browser, url: str, expect: int = 200) -> str:
    return browser.get(f"/share/config?url={quote(url, safe='')}", expect)


def test_wechat_accepts_what_the_page_is_given(browser: Browsers, joined: House, wechat: Emulated) -> None:
    page = f"{joined.settings.base_url.rstrip('/')}/board?said=ycgz"
    told = json.loads(asked(browser(), f"{page}#top"))
    assert told["appId"] == "wx1234567890abcdef"
    query = {"noncestr": told["nonceStr"], "timestamp": str(told["timestamp"]), "url": page, "signature": told["signature"]}
    base = wechat.accounts["service"].api_base
    assert "config:ok" in requests.get(f"{base}/_emulator/jssdk", params=query, timeout=10).text
    assert "config:fail" in requests.get(f"{base}/_emulator/jssdk", params=query | {"url": f"{page}x"}, timeout=10).text


@pytest.mark.parametrize("url", ["", "https://evil.example.com/board", "/board"])
def test_an_address_of_others_is_not_signed(browser: Browsers, joined: House, url: str) -> None:
    assert "不能签名" in asked(browser(), url, 422)


def test_one_ticket_is_fetched_for_all() -> None:
    with moody() as server:
        server.mood = {"errcode": 0, "errmsg": "ok", "ticket": "ticket-1", "expires_in": 7200}
        store = LocalStore()
        gateways = [Wechat(Account("wx1", "secret", server.base), store) for _ in range(4)]
        found: list[str] = []
        threads = [threading.Thread(target=lambda one=one: found.append(one.ticket())) for one in gateways * 4]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(10)
        assert found == ["ticket-1"] * 16
        assert [call for call in server.calls if "getticket" in call] == ["/cgi-bin/ticket/getticket?access_token=T1&type=jsapi"]


def test_a_wechat_that_fails_leaves_the_page_whole(browser: Browsers, flask: Flask, house: House) -> None:
    with moody() as server:
        server.mood = {"errcode": -1}
        flask.extensions["house"] = replace(house, wechat=Wechat(Account("wx1", "secret", server.base), LocalStore(), lambda _: None))
        assert "连不上微信" in asked(browser(), f"{house.settings.base_url.rstrip('/')}/board", 409)
        assert "承诺公示" in browser().get("/board")


def test_every_shared_page_names_a_picture_that_is_there(browser: Browsers, bureau: Bureau, house: House) -> None:
    site, reader = house.settings.base_url.rstrip("/"), browser()
    for path in ("/board", f"/board/{pledged(bureau, 'published', MONDAY)}", f"/p/{bureau.codes[3]}"):
        page = reader.get(path)
        (picture,) = re.findall(rf'og:image" content="{re.escape(site)}([^"]+)"', page)
        answer = reader.open("GET", picture, 200)
        assert answer.headers["Content-Type"] == "image/png"
        shown = Image.open(io.BytesIO(answer.get_data()))
        assert shown.size == (600, 600)
        assert shown.convert("RGB").getpixel((5, 5)) == pytest.approx((181, 13, 39), abs=6)


def test_the_card_of_a_plate_leads_to_the_window_and_not_to_the_code(browser: Browsers, bureau: Bureau) -> None:
    (link,) = re.findall(r'og:url" content="([^"]+)"', browser().get(f"/p/{bureau.codes[3]}"))
    assert link.endswith(f"/windows/{bureau.windows[3]}")


def test_a_picture_of_nothing_is_not_there(browser: Browsers) -> None:
    for path in ("/share/pledges/nothing.png", "/share/windows/999.png", "/share/else.png"):
        browser().get(path, 404)
