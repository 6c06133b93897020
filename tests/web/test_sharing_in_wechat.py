"""分享 in WeChat's own browser, as far as Chromium can play it: the page asks, is accepted, and says which card it has."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import Browser

from domain.ports import House
from gateways.emulated import emulated
from gateways.store import LocalStore
from gateways.wechat import Wechat
from tests.bureau import Bureau
from tests.services_here import free_port
from tests.web.shots import serving

WECHAT = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/120 Mobile MicroMessenger/8.0.47"
BRIDGE = """
window.called = [];
window.WeixinJSBridge = {
  invoke(name, said, answer) { window.called.push([name, said]); answer({err_msg: name + ":ok", errMsg: name + ":ok"}); },
  on() {},
};
"""
"""WeChat puts this into the page before its scripts run; every call is granted."""
pytestmark = pytest.mark.browser


@pytest.fixture
def given() -> dict[str, Any]:
    return {"base_url": f"http://127.0.0.1:{free_port()}"}


@pytest.fixture
def base(house: House, bureau: Bureau) -> Iterator[str]:
    with emulated({"service": house.settings.wechat.appid}) as wechat:
        joined = replace(house, wechat=Wechat(wechat.accounts["service"], LocalStore()))
        with serving(joined, int(house.settings.base_url.rpartition(":")[2])) as address:
            yield address


def test_inside_wechat_the_board_says_its_card(chromium: Browser, base: str) -> None:
    page = chromium.new_page(user_agent=WECHAT)
    page.add_init_script(BRIDGE)
    page.goto(f"{base}/board?said=ycgz")
    called: dict[str, Any] = {}
    for _ in range(200):  # not wait_for_function: its loop is an eval, which the page's own policy forbids
        called = dict(page.evaluate("window.called"))
        if "updateTimelineShareData" in called:
            break
        page.wait_for_timeout(50)
    page.close()
    assert len(called["preVerifyJSAPI"]["verifySignature"]) == 40
    card = called["updateAppMessageShareData"]
    assert (card["title"], card["link"], card["imgUrl"]) == ("承诺公示 · 青禾县住房和城乡建设局", f"{base}/board", f"{base}/share/board.png")


def test_any_other_browser_loads_nothing_more(chromium: Browser, base: str) -> None:
    page, seen = chromium.new_page(), []
    page.on("request", lambda request: seen.append(request.url))
    page.goto(f"{base}/board")
    page.close()
    assert [url for url in seen if "share/config" in url or "weixin" in url] == []
