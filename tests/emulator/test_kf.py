"""Customer-service windows: who did what opens which right to answer."""

from typing import Any

import pytest

from tests.emulator.conftest import WeChat


def send(wechat: WeChat, person: str = "p01", kind: str = "service", **message: Any) -> int:
    body = {"touser": wechat.openid(person, kind)} | (message or {"msgtype": "text", "text": {"content": "您好"}})
    return int(wechat.ask("/cgi-bin/message/custom/send", body, kind)["errcode"])


def codes(wechat: WeChat, count: int, kind: str = "service") -> list[int]:
    return [send(wechat, kind=kind) for _ in range(count)]


def test_without_a_word_from_the_person_the_window_is_closed(wechat: WeChat) -> None:
    assert send(wechat) == 45015


def test_a_message_opens_five_answers_for_two_days(wechat: WeChat) -> None:
    wechat.act("p01", "text", content="你好")
    assert codes(wechat, 6) == [0] * 5 + [45047]
    wechat.act("p01", "text", content="再问")
    wechat.advance(48 * 3600 + 1)
    assert send(wechat) == 45015


@pytest.mark.parametrize(("person", "open_by"), [("p01", "tap"), ("p09", "follow"), ("p01", "scan")])
def test_a_tap_a_follow_or_a_scan_opens_three_answers_for_a_minute(wechat: WeChat, person: str, open_by: str) -> None:
    wechat.ask("/cgi-bin/menu/create", {"button": [{"type": "click", "name": "我的", "key": "ME"}]})
    scene = {"action_name": "QR_STR_SCENE", "action_info": {"scene": {"scene_str": "p:1"}}}
    ticket = wechat.ask("/cgi-bin/qrcode/create", scene)["ticket"]
    wechat.act(person, open_by, **{"tap": {"key": "ME"}, "scan": {"ticket": ticket}}.get(open_by, {}))
    assert [send(wechat, person) for _ in range(4)] == [0, 0, 0, 45047]
    wechat.advance(61)
    assert send(wechat, person) == 45015


def test_the_mini_programs_service_chat_gives_two(wechat: WeChat) -> None:
    wechat.act("p01", "enter")
    assert codes(wechat, 3, "mini") == [0, 0, 45047]


def test_who_has_left_cannot_be_answered(wechat: WeChat) -> None:
    wechat.act("p01", "text", content="再见")
    wechat.act("p01", "unfollow")
    assert send(wechat) == 45015


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ({"msgtype": "poem"}, 40008),
        ({"msgtype": "text", "text": {}}, 44002),
        ({"msgtype": "text"}, 47001),
        ({"msgtype": "image", "image": {}}, 40007),
        ({"msgtype": "text", "text": {"content": "长" * 700}}, 45002),
        ({"msgtype": "news", "news": {"articles": [{}, {}]}}, 45008),
        ({"msgtype": "msgmenu", "msgmenu": {"list": ["满意"]}}, 47001),
        ({"touser": "nobody", "msgtype": "text"}, 40003),
        ({"msgtype": "text", "text": {"content": 5}}, 47001),
    ],
    ids=["type", "empty", "missing", "media", "long", "articles", "menu", "nobody", "number"],
)
def test_a_wrong_message_has_its_code(wechat: WeChat, message: dict[str, Any], code: int) -> None:
    wechat.act("p01", "text", content="你好")
    assert send(wechat, **message) == code


def test_a_tapped_menu_message_comes_back_as_text_with_its_id(wechat: WeChat) -> None:
    wechat.act("p01", "text", content="你好")
    menu = {"head_content": "满意吗？", "list": [{"id": "1", "content": "满意"}, {"id": "2", "content": "不满意"}], "tail_content": ""}
    assert send(wechat, msgtype="msgmenu", msgmenu=menu) == 0
    wechat.act("p01", "menu-answer", message=wechat.inbox("p01")[-1]["id"], choice="2")
    assert (wechat.bot.heard[-1]["Content"], wechat.bot.heard[-1]["bizmsgmenuid"]) == ("不满意", "2")


def test_a_blacklisted_person_is_not_reached(wechat: WeChat) -> None:
    wechat.act("p01", "text", content="你好")
    wechat.control("PATCH", "/accounts/service", blacklist=[wechat.openid("p01")])
    assert send(wechat) == 43019


def test_typing_needs_a_command(wechat: WeChat) -> None:
    typing = "/cgi-bin/message/custom/typing"
    assert [wechat.ask(typing, {"touser": wechat.openid("p01"), "command": one})["errcode"] for one in ("Typing", "Dancing")] == [0, 40035]
