"""The clock, the seed, the record and bad input: what makes the emulator a measuring instrument."""

import json
from typing import Any

import pytest

from emulator.api.desk import CALLS
from emulator.settings import Options
from emulator.world import World
from tests.emulator.conftest import WeChat

FIELDS = [
    "touser",
    "template_id",
    "data",
    "msgtype",
    "text",
    "button",
    "tag",
    "tagid",
    "scene",
    "openid",
    "code",
    "path",
    "action_info",
    "action_name",
    "user_list",
    "openid_list",
    "jump_wxa",
    "content",
    "cgi_path",
    "rid",
    "tid",
    "remark",
    "page",
    "width",
    "expire_seconds",
    "expire_type",
    "version",
    "menuid",
    "matchrule",
    "miniprogram",
    "media_url",
    "kidList",
    "appid",
    "appsecret",
    "grant_type",
]
BODIES: dict[str, bytes] = {
    "empty": b"",
    "null": b"null",
    "list": b"[]",
    "number": b"5",
    "text": b'"x"',
    "broken": b'{"a":',
    "not-utf8": b"\xff\xfe{}",
    "nan": b'{"touser":NaN}',
    "deep": b"[" * 100_000,
    "big-number": b'{"a":' + b"9" * 5000 + b"}",
    "surrogates": json.dumps(dict.fromkeys(FIELDS, "\ud800")).encode(),
    "lists": json.dumps({name: [{}] for name in FIELDS}).encode(),
    "objects": json.dumps({name: {"name": [], "id": {}, "scene": []} for name in FIELDS}).encode(),
    "numbers": json.dumps(dict.fromkeys(FIELDS, -1)).encode(),
    "truths": json.dumps(dict.fromkeys(FIELDS, True)).encode(),
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_bad_input_gets_a_code_on_every_path(wechat: WeChat, body: bytes) -> None:
    for path, call in CALLS.items():
        query = {"access_token": wechat.token(call.kinds[-1]), "openid": "nobody", "appid": wechat.mini["appid"]}
        answer = wechat.http.request(call.methods[-1], wechat.url + path, params=query, data=body)
        assert answer.status_code == (404 if path == "/cgi-bin/showqrcode" else 200), path
        assert answer.headers["Content-Type"].startswith(("text/plain", "text/html", "image/"))
    assert wechat.counts().get("bugs", 0) == 0


def test_the_wrong_method_has_its_code_on_every_path(wechat: WeChat) -> None:
    for path, call in CALLS.items():
        code = wechat.http.put(wechat.url + path, params={"access_token": wechat.token(call.kinds[0])}).json()["errcode"]
        assert code == (43002 if call.methods == ("POST",) else 43001)


def test_an_unknown_path_and_a_body_without_end_have_codes(wechat: WeChat) -> None:
    assert wechat.ask("/cgi-bin/nothing")["errcode"] == 40066
    assert wechat.http.post(wechat.url + "/cgi-bin/menu/create", data=b"x" * (13 << 20)).json()["errcode"] in (45001, 41001)


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/people/nobody/text", {"content": "x"}),
        ("POST", "/people/p01/say/song", {}),
        ("POST", "/people/p01/tap", {"key": "none"}),
        ("POST", "/people/p01/menu-answer", {}),
        ("POST", "/clock", {"now": "later"}),
        ("PATCH", "/settings", {"unknown": 1}),
        ("POST", "/crowd", {"contents": []}),
        ("PATCH", "/settings", {"answer_limit": "long"}),
        ("PATCH", "/accounts/service", {"mode": "loud"}),
        ("PATCH", "/accounts/none", {}),
        ("POST", "/plates", {"name": ""}),
        ("POST", "/people", {"count": 0}),
        ("POST", "/people/p09/tap", {"key": "ME"}),
        ("POST", "/words", {"words": {"a": "b"}}),
        ("POST", "/templates", {"id": "x"}),
    ],
    ids=str,
)
def test_a_wrong_control_request_is_refused_in_chinese(wechat: WeChat, method: str, path: str, body: dict[str, Any]) -> None:
    error = wechat.control(method, path, expect=400, **body)["error"]
    assert any("\u4e00" <= letter <= "\u9fff" for letter in error)


def test_the_same_seed_makes_the_same_world() -> None:
    first, second, other = (World(Options(seed=seed)) for seed in ("a", "a", "b"))
    assert [person.public() for person in first.people.all.values()] == [person.public() for person in second.people.all.values()]
    assert first.accounts.all == second.accounts.all != other.accounts.all
    assert first.seeds.number("msgid") == second.seeds.number("msgid")


def test_without_a_seed_people_stay_and_numbers_go_on() -> None:
    first, second = World(Options()), World(Options())
    second.seeds.start = first.seeds.start + 1
    assert first.people.all["p01"].public() == second.people.all["p01"].public()
    assert second.seeds.number("msgid") > first.seeds.number("msgid")


def test_a_reset_forgets_everything(wechat: WeChat) -> None:
    wechat.act("p01", "text", content="你好")
    number = wechat.bot.heard[0]["MsgId"]
    wechat.begin()
    assert (wechat.counts(), wechat.inbox("p01")) == ({}, [])
    wechat.act("p01", "text", content="你好")
    assert wechat.bot.heard[0]["MsgId"] == number


def test_the_clock_is_set_frozen_and_run_fast(wechat: WeChat) -> None:
    assert wechat.control("POST", "/clock", now=1_800_000_000, speed=0)["now"] == 1_800_000_000
    wechat.act("p01", "text", content="几点了")
    assert wechat.bot.heard[0]["CreateTime"] == "1800000000"
    wechat.control("POST", "/clock", speed=100_000)
    wechat.token()
    assert wechat.control("GET", "/clock")["now"] > 1_800_000_100


def test_a_delayed_event_follows_the_set_clock(wechat: WeChat) -> None:
    wechat.control("PATCH", "/settings", receipt_delay=3600.0)
    data = {key: {"value": value} for key, value in (("thing1", "a"), ("phrase2", "好"), ("time3", "15:01"), ("thing4", "b"))}
    wechat.ask("/cgi-bin/message/template/send", {"touser": wechat.openid("p01"), "template_id": wechat.templates()["办理进度通知"], "data": data})
    assert not wechat.control("POST", "/rest", seconds=0.1)["at_rest"]
    wechat.advance(3601)
    wechat.rest()
    assert wechat.bot.heard[-1]["Event"] == "TEMPLATESENDJOBFINISH"


def test_accounts_come_from_the_environment_and_from_a_file(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIANGNUO_WECHAT__APPID", "wx00000000000000aa")
    monkeypatch.setenv("LIANGNUO_MINIPROGRAM__TOKEN", "mini-token")
    service, mini = World(Options(callback="http://127.0.0.1:1/wechat")).accounts.all
    assert (service.appid, service.callback, mini.token) == ("wx00000000000000aa", "http://127.0.0.1:1/wechat", "mini-token")
    monkeypatch.undo()
    file = tmp_path / "accounts.yaml"
    file.write_text("- {kind: mini, appid: wx00000000000000bb, data_format: xml}\n", encoding="utf-8")
    assert [(one.appid, one.data_format) for one in World(Options(accounts_file=str(file))).accounts.all] == [("wx00000000000000bb", "xml")]


def test_the_catalogue_names_every_path_with_its_status(wechat: WeChat) -> None:
    text = wechat.http.get(wechat.url + "/_emulator/docs").text
    assert all(path in text for path in CALLS)
    assert {call.status for call in CALLS.values()} == {"faithful", "simplified", "unconfirmed"}
    assert {one["path"] for one in wechat.control("GET", "/paths")["platform"]} == set(CALLS)
