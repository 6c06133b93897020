"""Faults on demand: every kind of bad answer and bad push happens as asked, so often as asked, and is counted."""

import time
from typing import Any

import pytest
import requests

from tests.emulator.conftest import WeChat

PATH = "/cgi-bin/getcallbackip"


def raw(wechat: WeChat) -> requests.Response:
    return wechat.http.get(wechat.url + PATH, params={"access_token": wechat.token()}, timeout=3)


@pytest.mark.parametrize(
    ("kind", "status", "begins"),
    [
        ("http_500", 500, b"<html"),
        ("http_502", 502, b"<html"),
        ("http_503", 503, b"<html"),
        ("html", 200, b"<html"),
        ("empty", 200, b""),
        ("list", 200, b"[{"),
        ("bad_errcode", 200, b'{"errcode": "abc"'),
        ("string_errcode", 200, b'{"errcode": "-1"'),
        ("truncated", 200, b'{"ip_list"'),
    ],
)
def test_an_answer_is_spoiled_as_asked(wechat: WeChat, kind: str, status: int, begins: bytes) -> None:
    wechat.token()
    wechat.fault("api", kind, path=PATH)
    answer = raw(wechat)
    assert (answer.status_code, answer.content.startswith(begins)) == (status, True)
    assert kind != "empty" or not answer.content


def test_an_answer_can_be_ten_megabytes(wechat: WeChat) -> None:
    wechat.fault("api", "huge", path=PATH)
    assert len(raw(wechat).content) > 10_000_000


@pytest.mark.parametrize("code", [-1, 40001, 42001, 45009, 45011, 43101, 48001])
def test_any_error_code_can_be_asked_for(wechat: WeChat, code: int) -> None:
    wechat.fault("api", "errcode", path=PATH, errcode=code)
    assert wechat.ask(PATH)["errcode"] == code


@pytest.mark.parametrize("kind", ["reset", "timeout", "reset_after"])
def test_a_connection_can_break(wechat: WeChat, kind: str) -> None:
    wechat.token()
    wechat.fault("api", kind, path=PATH, seconds=0.05)
    with pytest.raises(requests.ConnectionError):
        raw(wechat)


def test_a_broken_answer_after_the_deed_leaves_the_deed(wechat: WeChat) -> None:
    wechat.token()
    wechat.fault("api", "reset_after", path="/cgi-bin/menu/create")
    with pytest.raises(requests.ConnectionError):
        wechat.ask("/cgi-bin/menu/create", {"button": [{"type": "click", "name": "一", "key": "K"}]})
    assert wechat.ask("/cgi-bin/menu/get")["menu"]["button"][0]["key"] == "K"


def test_an_answer_can_be_slow(wechat: WeChat) -> None:
    wechat.token()
    wechat.fault("api", "slow", seconds=0.2, path=PATH)
    start = time.perf_counter()
    raw(wechat)
    assert time.perf_counter() - start >= 0.2


def test_faults_strike_by_rate_by_count_and_after_some(wechat: WeChat) -> None:
    wechat.fault("api", "errcode", path=PATH, times=2, skip=1)
    assert [wechat.ask(PATH).get("errcode", 0) for _ in range(4)] == [0, -1, -1, 0]
    wechat.fault("api", "errcode", path=PATH, rate=0.3, errcode=45011)
    struck = sum(wechat.ask(PATH).get("errcode") == 45011 for _ in range(200))
    assert 35 <= struck <= 85
    assert wechat.counts()[f"call.{PATH}.45011"] == struck


def test_a_fault_is_taken_back(wechat: WeChat) -> None:
    fault = wechat.fault("api", "errcode", path=PATH)
    wechat.control("DELETE", f"/faults/{fault['id']}")
    assert "ip_list" in wechat.ask(PATH)


@pytest.mark.parametrize("wish", [{"kind": "none"}, {"where": "moon", "kind": "slow"}, {"kind": "slow", "seconds": "many"}], ids=str)
def test_a_wrong_fault_is_refused_in_words(wechat: WeChat, wish: dict[str, Any]) -> None:
    assert "故障" in wechat.control("POST", "/faults", expect=400, **wish)["error"]


def test_a_push_can_come_three_times_at_once(wechat: WeChat) -> None:
    wechat.fault("push", "duplicate", copies=3)
    wechat.act("p01", "text", content="你好")
    assert [heard["MsgId"] for heard in wechat.bot.heard] == [wechat.bot.heard[0]["MsgId"]] * 3
    assert (wechat.counts()["push.sent"], wechat.counts()["push.deliveries"]) == (1, 3)


def test_pushes_can_overtake_each_other(wechat: WeChat) -> None:
    wechat.fault("push", "disorder", seconds=0.3)
    wechat.control("POST", "/crowd", contents=[str(number) for number in range(20)], people=["p01"])
    order = [int(heard["Content"]) for heard in wechat.bot.heard]
    assert sorted(order) == list(range(20)) != order


@pytest.mark.parametrize("kind", ["wrong_appid", "bad_signature", "wrong_key", "mangled"])
def test_a_forged_push_is_refused_by_a_careful_bot(wechat: WeChat, kind: str) -> None:
    wechat.fault("push", kind)
    assert wechat.act("p01", "text", content="你好")["outcome"] == "unanswered"
    assert wechat.bot.heard == []


def test_a_push_can_be_clear_in_safe_mode_or_far_from_now(wechat: WeChat) -> None:
    wechat.fault("push", "clear", times=1)
    wechat.act("p01", "text", content="明文")
    assert ("encrypt_type" in wechat.bot.queries[0], b"Content" in wechat.bot.raw[0]) == (False, True)
    wechat.control("DELETE", "/faults")
    wechat.fault("push", "clock_skew", seconds=-700)
    wechat.act("p01", "text", content="旧")
    assert int(wechat.bot.heard[-1]["CreateTime"]) - int(wechat.bot.queries[-1]["timestamp"]) in range(699, 702)
