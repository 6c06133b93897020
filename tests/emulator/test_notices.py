"""Template messages, 订阅通知 and subscribe messages: who can be reached, with which consent, and what comes after."""

from typing import Any

import pytest

from tests.emulator.conftest import WeChat

PROGRESS = {"thing1": {"value": "评价"}, "phrase2": {"value": "已受理"}, "time3": {"value": "15:01"}, "thing4": {"value": "谢谢"}}
REVIEW = {"thing1": {"value": "承诺"}, "phrase2": {"value": "通过"}, "thing3": {"value": "无"}, "time4": {"value": "15:01"}}
PATHS = {"template": "/cgi-bin/message/template/send", "biz": "/cgi-bin/message/subscribe/bizsend", "mini": "/cgi-bin/message/subscribe/send"}


def send(wechat: WeChat, way: str, person: str = "p01", title: str = "办理进度通知", data: Any = None, **more: Any) -> Any:
    kind = "mini" if way == "mini" else "service"
    body = {"touser": wechat.openid(person, kind), "template_id": wechat.templates(kind)[title], "data": data or PROGRESS} | more
    return wechat.ask(PATHS[way], body, kind)


def consent(wechat: WeChat, person: str, answer: str, title: str = "审核结果通知", account: str = "service") -> Any:
    return wechat.act(person, "subscribe", template_ids=[wechat.templates(account)[title]], answer=answer, account=account)


def test_a_template_message_is_followed_by_its_receipt(wechat: WeChat) -> None:
    msgid = send(wechat, "template")["msgid"]
    wechat.rest()
    receipt = wechat.bot.heard[-1]
    assert (receipt["Event"], receipt["MsgID"], receipt["Status"]) == ("TEMPLATESENDJOBFINISH", str(msgid), "success")
    assert wechat.inbox("p01", "box=chat")[-1]["body"]["lines"][0] == {"label": "办理事项", "value": "评价"}


def test_a_template_message_needs_a_follower(wechat: WeChat) -> None:
    assert send(wechat, "template", "p09")["errcode"] == 43004


def test_the_same_client_number_is_shown_once(wechat: WeChat) -> None:
    assert [send(wechat, "template", client_msg_id="a1")["errcode"] for _ in range(2)] == [0, 0]
    assert wechat.counts()["inbox.chat.server.template"] == 1


def test_a_mini_program_jump_wins_and_must_be_known(wechat: WeChat) -> None:
    send(wechat, "template", url="http://127.0.0.1/", miniprogram={"appid": wechat.mini["appid"], "pagepath": "pages/a"})
    assert wechat.inbox("p01")[-1]["body"]["pagepath"] == "pages/a"
    assert "url" not in wechat.inbox("p01")[-1]["body"]
    assert send(wechat, "template", miniprogram={"appid": "wx0"})["errcode"] == 85005


def test_one_accept_is_one_notice(wechat: WeChat) -> None:
    consent(wechat, "p09", "accept")
    answers = [send(wechat, "biz", "p09", "审核结果通知", REVIEW) for _ in range(2)]
    assert [one["errcode"] for one in answers] == [0, 43101]
    assert "msgid" not in answers[0]
    assert [len(wechat.inbox("p09", f"box={box}")) for box in ("chat", "notice")] == [0, 1]


def test_a_follower_gets_the_notice_in_the_chat_and_the_bot_its_result(wechat: WeChat) -> None:
    wechat.bot.behave = lambda _: None
    consent(wechat, "p01", "accept")
    send(wechat, "biz", "p01", "审核结果通知", REVIEW)
    wechat.rest()
    assert wechat.bot.heard[-1]["SubscribeMsgSentEvent"]["List"]["ErrorStatus"] == "success"
    assert [len(wechat.inbox("p01", f"box={box}")) for box in ("chat", "notice")] == [1, 0]


def test_a_long_term_accept_lasts_until_it_is_refused(wechat: WeChat) -> None:
    consent(wechat, "p01", "accept", "办理进度通知", "mini")
    assert [send(wechat, "mini")["errcode"] for _ in range(3)] == [0, 0, 0]
    wechat.act("p01", "subscription-change", template_id=wechat.templates("mini")["办理进度通知"], account="mini")
    assert wechat.bot.heard[-1]["Event"] == "subscribe_msg_change_event"
    assert send(wechat, "mini")["errcode"] == 43101


def test_always_keeps_answering_without_asking(wechat: WeChat) -> None:
    template = wechat.templates("mini")["审核结果通知"]
    consent(wechat, "p01", "always", account="mini")
    assert consent(wechat, "p01", "reject", account="mini")["results"] == {template: "accept"}
    assert [send(wechat, "mini", title="审核结果通知", data=REVIEW)["errcode"] for _ in range(3)] == [0, 0, 43101]


def test_a_refusal_and_a_closed_switch_give_nothing(wechat: WeChat) -> None:
    for answer in ("reject", "always_reject"):
        consent(wechat, "p01", answer, account="mini")
        assert send(wechat, "mini", title="审核结果通知", data=REVIEW)["errcode"] == 43101


@pytest.mark.parametrize(
    ("titles", "code"),
    [
        ([], 10001),
        (["办理进度通知"] * 6, 20003),
        (["没有"], 20001),
        (["办理进度通知", "审核结果通知"], 20002),
    ],
    ids=["none", "six", "unknown", "mixed"],
)
def test_a_wrong_popup_fails_as_the_client_does(wechat: WeChat, titles: list[str], code: int) -> None:
    known = wechat.templates("mini")
    assert wechat.act("p01", "subscribe", template_ids=[known.get(one, "x") for one in titles], account="mini")["errCode"] == code


def test_one_row_is_an_object_in_json_two_are_an_array_and_the_time_is_a_string(wechat: WeChat) -> None:
    known = wechat.templates("mini")
    wechat.act("p01", "subscribe", template_ids=[known["审核结果通知"]], account="mini")
    wechat.act("p01", "subscribe", template_ids=[known["审核结果通知"], known["评价提醒"]], account="mini")
    one, two = wechat.bot.heard
    assert one["List"]["SubscribeStatusString"] == "accept"
    assert [row["TemplateId"] for row in two["List"]] == [known["审核结果通知"], known["评价提醒"]]
    assert isinstance(one["CreateTime"], str)


@pytest.mark.parametrize(("way", "kind"), [("biz", "mini"), ("mini", "service"), ("template", "mini")])
def test_the_other_accounts_call_is_not_granted(wechat: WeChat, way: str, kind: str) -> None:
    assert wechat.ask(PATHS[way], {"touser": "x"}, kind)["errcode"] == 48001


def test_a_page_outside_the_release_is_refused(wechat: WeChat) -> None:
    wechat.control("PATCH", "/accounts/mini", pages=["pages/index"])
    consent(wechat, "p01", "accept", "办理进度通知", "mini")
    assert [send(wechat, "mini", page=page)["errcode"] for page in ("pages/index?a=1", "pages/other")] == [0, 41030]


@pytest.mark.parametrize(
    ("key", "value", "fits"),
    [
        ("thing1", "二" * 20, True),
        ("thing1", "二" * 21, False),
        ("thing1", "𠮷" * 20, True),
        ("thing1", "", False),
        ("thing1", "一\n二", False),
        ("phrase2", "已受理完毕", True),
        ("phrase2", "已受理完毕了", False),
        ("phrase2", "ok", False),
        ("time3", "2019年10月1日 15:01", True),
        ("time3", "15:01~16:00", True),
        ("time3", "25:01", False),
        ("time3", "昨天", False),
    ],
    ids=str,
)
def test_values_obey_the_rule_of_their_key(wechat: WeChat, key: str, value: str, fits: bool) -> None:
    answer = send(wechat, "template", data=PROGRESS | {key: {"value": value}})
    assert (answer["errcode"] == 0) is fits
    assert fits or f"data.{key}.value" in answer["errmsg"]


def test_bare_values_and_missing_keys_are_refused(wechat: WeChat) -> None:
    assert send(wechat, "template", data=PROGRESS | {"thing1": "评价"})["errcode"] == 47001
    assert send(wechat, "template", data={"thing1": {"value": "x"}})["errcode"] == 47003
    assert send(wechat, "template", data=PROGRESS | {"thing1": {"value": 5}})["errcode"] == 47003


def test_templates_are_chosen_listed_and_dropped(wechat: WeChat) -> None:
    made = wechat.ask("/wxaapi/newtmpl/addtemplate", {"tid": 1003, "kidList": [1, 2], "sceneDesc": "审核"}, "mini")["priTmplId"]
    assert made in {one["priTmplId"] for one in wechat.ask("/wxaapi/newtmpl/gettemplate", kind="mini")["data"]}
    assert wechat.ask("/wxaapi/newtmpl/deltemplate", {"priTmplId": made}, "mini")["errcode"] == 0
    assert wechat.ask("/wxaapi/newtmpl/addtemplate", {"tid": 1003, "kidList": [1]}, "mini")["errcode"] == 200020


def test_who_got_how_many_and_who_got_one_twice_is_counted_here(wechat: WeChat) -> None:
    for person in ("p01", "p02", "p02"):
        send(wechat, "template", person)
    counted = wechat.control("GET", "/record/received?kind=template")
    assert (counted["messages"], counted["by_person"]) == (3, {"p01": 1, "p02": 2})
    assert [(one["person"], one["times"]) for one in counted["repeated"]] == [("p02", 2)]


def test_the_latency_of_answers_is_kept(wechat: WeChat) -> None:
    wechat.bot.delay = 0.05
    wechat.act("p01", "text", content="慢一点")
    assert 50 <= wechat.control("GET", "/record/latency")["p99"] < 2500


def test_people_move_in_with_their_consents_and_the_record_tells_who_got_what(wechat: WeChat) -> None:
    template = wechat.templates("mini")["审核结果通知"]
    newcomer = {"name": "群众新来", "consents": {"mini": {template: 1}}}
    made = wechat.control("POST", "/people", people=[newcomer, {"subscribed": True}])["people"]
    answers = [send(wechat, "mini", "群众新来", "审核结果通知", REVIEW)["errcode"] for _ in range(2)]
    assert answers == [0, 43101]
    sent = wechat.control("GET", "/record/sent?limit=10")["messages"]
    assert [(one["person"], one["body"]["template_id"]) for one in sent] == [(made[0]["key"], template)]
    assert wechat.control("GET", f"/record/sent?after={sent[-1]['id']}")["messages"] == []


@pytest.mark.parametrize("consents", [{"mini": {"nobody's": 1}}, {"robot": {}}, "all", {"mini": {"nobody's": "x"}}])
def test_consents_to_what_is_not_there_are_refused(wechat: WeChat, consents: Any) -> None:
    wechat.control("POST", "/people", 400, consents=consents)
