"""What a person says reaches the bot signed and sealed, and the answer reaches the phone."""

import json
from typing import Any

import pytest

from tests.emulator.conftest import WeChat

UNAVAILABLE = "该公众号暂时无法提供服务，请稍后再试"


@pytest.mark.parametrize("mode", ["safe", "compatible", "plain"])
def test_a_text_is_answered_in_every_mode(wechat: WeChat, mode: str) -> None:
    wechat.control("PATCH", "/accounts/service", mode=mode)
    answer = wechat.act("p01", "text", content="评价 3号窗口 满意 ]]> <b>&")
    assert wechat.bot.heard[0]["Content"] == "评价 3号窗口 满意 ]]> <b>&"
    assert answer["reply"]["body"]["Content"] == "收到 评价 3号窗口 满意 ]]> <b>&"
    assert (b"Encrypt" in wechat.bot.raw[0], b"Content" in wechat.bot.raw[0]) == (mode != "plain", mode != "safe")


def test_the_mini_program_pushes_json_and_shows_no_passive_reply(wechat: WeChat) -> None:
    answer = wechat.act("p01", "text", content="在吗", account="mini")
    assert wechat.bot.raw[0].startswith(b'{"ToUserName"')
    assert (answer["outcome"], answer["reply"]) == ("answered", None)


def test_an_unanswered_message_comes_three_times_with_the_same_number(wechat: WeChat) -> None:
    wechat.control("PATCH", "/settings", answer_limit=0.3)
    wechat.bot.delay = 0.5
    answer = wechat.act("p01", "text", content="有人吗")
    assert (answer["outcome"], answer["reply"]["sender"], answer["reply"]["body"]["Content"]) == ("unanswered", "system", UNAVAILABLE)
    assert [attempt["outcome"] for attempt in answer["push"]["attempts"]] == ["timeout"] * 3
    assert len(wechat.bot.heard) == 3
    assert len({heard["MsgId"] for heard in wechat.bot.heard}) == 1


def test_a_late_first_answer_is_made_good_by_the_second(wechat: WeChat) -> None:
    wechat.fault("push", "drop", times=1)
    answer = wechat.act("p01", "text", content="你好")
    assert [attempt["outcome"] for attempt in answer["push"]["attempts"]] == ["dropped", "answered"]
    assert [message["sender"] for message in wechat.inbox("p01", "box=chat")] == ["person", "account"]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (b'{"errcode":0}', "XML"),
        (b"<xml><MsgType>text</MsgType>", "XML"),
        (b"\xff\xfe", "UTF-8"),
        (b"<xml><MsgType>text</MsgType></xml>", "明文"),
        ({"MsgType": "poem"}, "poem"),
        ({"MsgType": "text", "Content": ""}, "Content"),
        ({"MsgType": "text", "Content": "长" * 700}, "2048"),
        ({"MsgType": "text", "Content": "x", "ToUserName": "somebody"}, "对调"),
        ({"MsgType": "text", "Content": "x", "CreateTime": "soon"}, "CreateTime"),
    ],
    ids=["json", "broken-xml", "not-utf8", "clear-in-safe", "unknown-type", "empty", "too-long", "not-swapped", "no-time"],
)
def test_garbage_shows_that_the_service_is_unavailable_and_is_not_repeated(wechat: WeChat, said: Any, why: str) -> None:
    wechat.bot.behave = lambda _: said
    answer = wechat.act("p01", "text", content="你好")
    assert (answer["outcome"], answer["reply"]["body"]["Content"]) == ("garbage", UNAVAILABLE)
    assert why in answer["push"]["attempts"][0]["why"]
    assert len(wechat.bot.heard) == 1


def test_success_and_silence_show_nothing(wechat: WeChat) -> None:
    wechat.bot.behave = lambda _: None
    answer = wechat.act("p01", "text", content="你好")
    assert (answer["outcome"], answer["reply"]) == ("silent", None)


def test_an_error_page_counts_as_no_answer(wechat: WeChat) -> None:
    wechat.bot.status = 502
    assert wechat.act("p01", "text", content="你好")["push"]["attempts"][2]["outcome"] == "http_502"


def test_a_reply_sealed_with_the_previous_key_is_read(wechat: WeChat) -> None:
    wechat.control("PATCH", "/accounts/service", encoding_aes_key="B" * 42 + "A")
    wechat.bot.begin({"/wechat": wechat.service | {"encoding_aes_key": "B" * 42 + "A"}})
    assert wechat.act("p01", "text", content="新密钥")["outcome"] == "answered"
    assert wechat.control("GET", "/accounts")["accounts"][0]["previous_aes_key"] == wechat.service["encoding_aes_key"]


def test_following_and_leaving_are_told_and_leaving_shows_no_reply(wechat: WeChat) -> None:
    assert wechat.act("p09", "follow")["reply"]["body"]["Content"] == "收到 subscribe"
    left = wechat.act("p09", "unfollow")
    assert (wechat.bot.heard[-1]["Event"], left["reply"]) == ("unsubscribe", None)
    wechat.control("POST", "/people/p09/text", expect=400, content="还在吗")


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("image", {"PicUrl", "MediaId"}),
        ("voice", {"MediaId", "Format"}),
        ("video", {"MediaId", "ThumbMediaId"}),
        ("location", {"Location_X", "Location_Y", "Scale", "Label"}),
        ("link", {"Title", "Description"}),
        ("shortvideo", {"ThumbMediaId"}),
    ],
)
def test_every_kind_of_message_carries_its_fields(wechat: WeChat, kind: str, fields: set[str]) -> None:
    wechat.act("p01", f"say/{kind}", title="标题", description="说明", url="http://127.0.0.1/x")
    assert wechat.bot.heard[0]["MsgType"] == kind
    assert fields | {"MsgId", "CreateTime"} <= set(wechat.bot.heard[0])


def test_only_the_first_article_of_a_news_reply_is_shown(wechat: WeChat) -> None:
    item = [{"Title": f"第{n}条", "Description": "", "PicUrl": "", "Url": "http://127.0.0.1/"} for n in (1, 2)]
    wechat.bot.behave = lambda _: {"MsgType": "news", "ArticleCount": 2, "Articles": {"item": item}}
    assert [one["Title"] for one in wechat.act("p01", "text", content="资讯")["reply"]["body"]["Articles"]] == ["第1条"]


def test_the_callback_address_is_verified_as_the_console_does(wechat: WeChat) -> None:
    assert wechat.control("POST", "/accounts/service/verify")["verified"]
    wechat.control("PATCH", "/accounts/service", token="another")
    assert not wechat.control("POST", "/accounts/service/verify")["verified"]


def test_a_crowd_is_counted_exactly(wechat: WeChat) -> None:
    done = wechat.control("POST", "/crowd", contents=["一", "二", "三"], count=200)
    assert done["outcomes"] == {"answered": 200}
    assert (wechat.counts()["push.answered"], len(wechat.bot.heard)) == (200, 200)
    assert len({heard["MsgId"] for heard in wechat.bot.heard}) == 200


def test_an_exchange_is_explained_down_to_the_clear_text(wechat: WeChat) -> None:
    push = wechat.act("p01", "text", content="看过程")["push"]["id"]
    steps = wechat.control("GET", f"/record/pushes/{push}")["steps"][0]["steps"]
    assert all(step["good"] in (True, None) for step in steps)
    assert sum("看过程" in step["text"] for step in steps if step["title"] == "正文") == 2


def test_what_a_person_sends_can_be_fetched_by_the_bot(wechat: WeChat) -> None:
    wechat.act("p01", "say/image", data="data:image/gif;base64,R0lGODlh")
    heard = wechat.bot.heard[0]
    got = wechat.http.get(f"{wechat.url}/cgi-bin/media/get", params={"access_token": wechat.token(), "media_id": heard["MediaId"]})
    assert (got.content, wechat.http.get(heard["PicUrl"]).headers["Content-Type"]) == (b"GIF89a", "image/gif")


def test_the_mini_program_may_hand_over_to_a_human_in_json(wechat: WeChat) -> None:
    wechat.bot.behave = lambda heard: json.dumps(
        {"ToUserName": heard["FromUserName"], "FromUserName": heard["ToUserName"], "CreateTime": 1, "MsgType": "transfer_customer_service"}
    ).encode()
    wechat.control("PATCH", "/accounts/mini", mode="plain")
    assert wechat.act("p01", "text", content="人工", account="mini")["outcome"] == "answered"
    wechat.control("PATCH", "/accounts/service", mode="plain")
    assert wechat.act("p01", "text", content="人工")["outcome"] == "garbage"


def test_an_act_that_is_not_waited_for_still_refuses_at_once(wechat: WeChat) -> None:
    assert wechat.act("p01", "text", content="你好", wait=False) == {"started": True}
    assert "关注" in wechat.control("POST", "/people/p09/text", expect=400, content="你好", wait=False)["error"]
