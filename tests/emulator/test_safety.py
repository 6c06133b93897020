"""Content checks: text by word list, media by a later event with its string label."""

from typing import Any

import pytest

from tests.emulator.conftest import WeChat


def check(wechat: WeChat, content: Any = "承诺", person: str = "p01", **more: Any) -> Any:
    body = {"version": 2, "openid": wechat.openid(person, "mini"), "scene": 2, "content": content} | more
    return wechat.ask("/wxa/msg_sec_check", body, "mini")


def used_the_mini_program(wechat: WeChat, person: str = "p01") -> None:
    query = {"appid": wechat.mini["appid"], "secret": wechat.mini["secret"], "grant_type": "authorization_code"}
    wechat.plain("/sns/jscode2session", js_code=wechat.act(person, "login")["code"], **query)


@pytest.mark.parametrize(("content", "suggest", "label"), [("为群众办实事", "pass", 100), ("反动言论", "review", 20001), ("赌博", "risky", 20006)])
def test_a_text_is_judged_by_its_words(wechat: WeChat, content: str, suggest: str, label: int) -> None:
    used_the_mini_program(wechat)
    assert check(wechat, content)["result"] == {"suggest": suggest, "label": label}


def test_the_judgement_can_be_set(wechat: WeChat) -> None:
    used_the_mini_program(wechat)
    wechat.control("PATCH", "/settings", safety_suggest="review")
    assert check(wechat)["result"]["suggest"] == "review"


def test_only_a_visitor_of_the_last_two_hours_is_checked(wechat: WeChat) -> None:
    assert check(wechat)["errcode"] == 61010
    used_the_mini_program(wechat)
    assert check(wechat)["errcode"] == 0
    wechat.advance(7300)
    assert check(wechat)["errcode"] == 61010


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"scene": 9}, 40129),
        ({"openid": "x"}, 40003),
        ({"content": ""}, 44002),
        ({"content": "长" * 2501}, 45002),
        ({"version": 1, "content": "赌博"}, 87014),
    ],
    ids=["scene", "openid", "empty", "long", "v1"],
)
def test_a_wrong_check_has_its_code(wechat: WeChat, more: dict[str, Any], code: int) -> None:
    used_the_mini_program(wechat)
    assert check(wechat, **more)["errcode"] == code


def test_media_is_judged_by_a_later_event_with_a_string_label(wechat: WeChat) -> None:
    used_the_mini_program(wechat)
    body = {"version": 2, "openid": wechat.openid("p01", "mini"), "scene": 1, "media_type": 2, "media_url": "http://127.0.0.1/a.png"}
    trace = wechat.ask("/wxa/media_check_async", body, "mini")["trace_id"]
    wechat.rest()
    event = wechat.bot.heard[-1]
    assert (event["Event"], event["trace_id"], event["result"]) == ("wxa_media_check", trace, {"suggest": "pass", "label": "100"})
