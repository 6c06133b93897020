"""The callback on the wire: verification, modes, rotation, freshness, replay, duplicates, and bodies meant to harm."""

import random
import string
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlencode

import pytest
from sqlalchemy import func, select, text
from structlog.testing import capture_logs
from werkzeug.test import Client

import app
from bot import texts
from bot.envelope import signature_of
from domain.ports import House
from models.inbox import Received
from models.ratings import Rating
from tests.bureau import Bureau
from tests.conftest import AES_KEY, Clock, settings_for
from tests.phones import TOKEN, Phone, to_json, to_xml
from tests.services.test_forgetting import everything

Phones = Callable[..., Phone]
OLD_KEY = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFG"


def count(bureau: Bureau) -> int:
    with bureau.house.database.reading() as db:
        return db.scalar(select(func.count()).select_from(Rating)) or 0


def application_in(mode: str, house: House, **more: str) -> Any:
    wechat = house.settings.wechat.model_dump() | {"mode": mode} | more
    return app.create_app(app.build(settings_for(house.settings.database.url, wechat=wechat), house.now))


def verification(stamp: str, nonce: str, echo: str, token: str = TOKEN) -> str:
    return "/wechat?" + urlencode({"signature": signature_of(token, stamp, nonce), "timestamp": stamp, "nonce": nonce, "echostr": echo})


def test_the_url_is_verified_byte_for_byte(application: Any, bureau: Bureau) -> None:
    echo = "37<script>alert(1)</script>"
    answer = Client(application).get(verification("1714036504", "1514711492", echo))
    assert (answer.status_code, answer.data, answer.mimetype) == (200, echo.encode(), "text/plain")
    assert Client(application).get(verification("1", "2", "x", token="wrong")).status_code == 403


@pytest.mark.parametrize("mode", ["plain", "compatible"])
def test_clear_bodies_are_taken_where_the_mode_says_so(house: House, bureau: Bureau, clock: Clock, mode: str) -> None:
    citizen = Phone(application_in(mode, house), "wang", clock.now, AES_KEY, sealed=False)
    assert "已记下" in citizen.say("评价 3号窗口 满意")


def test_clear_bodies_are_refused_in_safe_mode(phone: Phones, bureau: Bureau) -> None:
    citizen = phone(sealed=False)
    answer = citizen.post(*citizen.envelope({"MsgType": "text", "Content": "评价 3号窗口 满意", "MsgId": "1"}))
    assert (answer.status_code, count(bureau)) == (403, 0)


@pytest.mark.parametrize("query", ["&".join(f"f{n}=1" for n in range(40)), "&&&=&a", "timestamp=%00&nonce=%ff", "signature=a+b&timestamp=1"])
def test_a_strange_query_is_nobodys(application: Any, query: str) -> None:
    for method in ("GET", "POST"):
        assert Client(application).open(f"/wechat?{query}", method=method, data=b"<xml/>").status_code == 403


def test_the_old_key_is_read_while_keys_are_changed(house: House, bureau: Bureau, clock: Clock) -> None:
    changing = application_in("safe", house, previous_encoding_aes_key=OLD_KEY)
    for key in (OLD_KEY, AES_KEY):
        assert "帮助" in Phone(changing, "wang", clock.now, key).say("随便说说")


def test_json_bodies_are_read_too(house: House, bureau: Bureau, clock: Clock) -> None:
    citizen = Phone(application_in("plain", house), "wang", clock.now, AES_KEY, sealed=False)
    stamp = str(int(clock.now().timestamp()))
    fields = {
        "ToUserName": "gh_0123456789ab",
        "FromUserName": citizen.openid,
        "CreateTime": int(stamp),
        "MsgType": "text",
        "Content": "评价 3号窗口 满意",
        "MsgId": 5,
    }
    assert citizen.post(*citizen.signed(to_json(fields), stamp, "n")).status_code == 200
    assert count(bureau) == 1


@pytest.mark.parametrize("seconds", [-700, 700], ids=["too old", "from the future"])
def test_a_stale_query_is_refused(phone: Phones, bureau: Bureau, clock: Clock, seconds: int) -> None:
    citizen = phone()
    sent = citizen.envelope({"MsgType": "text", "Content": "评价 3号窗口 满意", "MsgId": "1"}, stamp=int(clock.now().timestamp()) + seconds)
    assert citizen.post(*sent).status_code == 403


@pytest.mark.parametrize("hours", [-2, 2], ids=["hours ago", "hours ahead"])
def test_the_sealed_time_of_a_message_cannot_be_shifted(phone: Phones, bureau: Bureau, clock: Clock, hours: int) -> None:
    """A pair of timestamp and nonce can be regrouped under the same signature; what is sealed cannot."""
    citizen = phone()
    created = str(int(clock.now().timestamp()) + hours * 3600)
    answer = citizen.post(*citizen.envelope({"MsgType": "text", "Content": "评价 3号窗口 满意", "MsgId": "1", "CreateTime": created}))
    assert (answer.status_code, count(bureau)) == (403, 0)


def test_a_bug_is_answered_logged_and_costs_nobody_else(phone: Phones, bureau: Bureau, house: House) -> None:
    """The table that only bad ratings need is gone: who rates badly is told, whoever comes with him is served."""
    with house.database.transaction() as db:
        db.execute(text("ALTER TABLE rectifications RENAME TO mislaid"))
    with capture_logs() as log:
        assert phone("wang").say("评价 3号窗口 不满意") == texts.SORRY
    assert [(one["event"], one["log_level"]) for one in log] == [("message failed", "error")]
    assert "已记下" in phone("li").say("评价 3号窗口 满意")
    assert count(bureau) == 1
    mini = phone("zhao", path="/wechat/mini", appid="wxfedcba0987654321")
    mini.say("评价 3号窗口 不满意")
    assert mini.last.data == b"success"
    with house.database.transaction() as db:
        db.execute(text("ALTER TABLE mislaid RENAME TO rectifications"))
    assert "A0001" in phone("wang").say("评价 3号窗口 不满意")


def test_a_captured_query_carries_no_other_body(house: House, bureau: Bureau, clock: Clock) -> None:
    citizen = Phone(application_in("plain", house), "wang", clock.now, AES_KEY, sealed=False)
    query, body = citizen.envelope({"MsgType": "text", "Content": "评价 3号窗口 满意", "MsgId": "1"})
    first = citizen.post(query, body)
    forged = body.replace(b"<MsgId>1<", b"<MsgId>2<").replace(b"wang", b"evil")
    assert citizen.post(query, forged).status_code == 403
    assert citizen.post(query, body).data == first.data
    assert count(bureau) == 1


def test_a_repeat_after_a_restart_gets_the_first_answer(phone: Phones, house: House, bureau: Bureau, clock: Clock) -> None:
    citizen = phone()
    sent = citizen.envelope({"MsgType": "text", "Content": "评价 3号窗口 不满意", "MsgId": "1"})
    first = citizen.post(*sent)
    clock.pass_(seconds=5)
    citizen.client = Client(app.create_app(app.build(house.settings, clock.now)))
    assert citizen.post(*sent).data == first.data


EVENT = {"MsgType": "event", "Event": "CLICK", "EventKey": "RATE"}


def test_events_without_an_id_are_known_by_sender_time_event_and_key(phone: Phones, bureau: Bureau, clock: Clock) -> None:
    """The clock goes on: an answer that was made anew would carry another time."""
    citizen, others = phone(), phone("li")
    told = [citizen.envelope(EVENT), citizen.envelope(EVENT | {"EventKey": "HELP"}), citizen.envelope(EVENT | {"Event": "subscribe"})]
    told += [others.envelope(EVENT), citizen.envelope(EVENT | {"CreateTime": str(int(clock.now().timestamp()) + 1)})]
    first = [citizen.post(*one).data for one in told]
    clock.pass_(seconds=7)
    assert [citizen.post(*one).data for one in told] == first
    assert len(set(first)) == len(first) == received(bureau)


def test_copies_that_come_at_once_wait_for_the_first(phone: Phones, house: House, bureau: Bureau) -> None:
    citizen = phone()
    said = [citizen.envelope({"MsgType": "text", "Content": f"评价 {n}号窗口 不满意", "MsgId": f"9{n}"}) for n in (1, 3, 5)] * 8
    application = app.create_app(house)
    with ThreadPoolExecutor(24) as hands:
        told = list(hands.map(lambda one: Client(application).post(f"/wechat?{urlencode(one[0])}", data=one[1]).data, said))
    assert [len(set(told[at::3])) for at in range(3)] == [1, 1, 1]
    assert (count(bureau), received(bureau)) == (3, 3)


def received(bureau: Bureau) -> int:
    with bureau.house.database.reading() as db:
        return db.scalar(select(func.count()).select_from(Received)) or 0


def test_changed_signatures_and_bodies_are_never_taken(phone: Phones, bureau: Bureau) -> None:
    citizen, chance = phone(), random.Random(7)
    query, body = citizen.envelope({"MsgType": "text", "Content": "评价 3号窗口 满意", "MsgId": "1"})
    for _ in range(300):
        wrong = dict(query)
        field = chance.choice(["msg_signature", "timestamp", "nonce"])
        wrong[field] = changed(wrong[field], chance)
        assert citizen.post(wrong, body).status_code == 403
        place = chance.randrange(body.index(b"[CDATA[", 60) + 7, len(body) - 25)
        assert citizen.post(query, body[:place] + bytes([body[place] ^ 1]) + body[place + 1 :]).status_code in (400, 403)
    assert count(bureau) == 0


def changed(text: str, chance: random.Random) -> str:
    at = chance.randrange(len(text))
    return text[:at] + chance.choice([sign for sign in string.hexdigits.lower() if sign != text[at]]) + text[at + 1 :]


GRAIN = ["<", ">", "&", "]]>", "<![CDATA[", "<!DOCTYPE x [<!ENTITY a 'b'>]>", "&a;", "&#0;", "\x00", "</xml>", "<xml>"]
GRAIN += ["<?xml version='1.0' encoding='utf-7'?>", "<MsgType>event</MsgType>", "<MsgType><a/></MsgType>", "<FromUserName/>"]
GRAIN += ["<CreateTime>9e99</CreateTime>", "\ud7ff", "𠮷", "A" * 3000, "<a>" * 30]
FIELDS = {"MsgType": "text", "Content": "你好", "MsgId": "1"}


def mutated(chance: random.Random, body: str) -> str:
    for _ in range(chance.randint(1, 4)):
        at, more = chance.randrange(len(body) + 1), chance.choice(GRAIN)
        body = body[:at] + more + body[at + chance.choice([0, 0, 1, 5, 40]) :]
    return body


@pytest.mark.parametrize("kind", ["xml", "json"])
def test_two_thousand_hostile_bodies_do_nothing(house: House, bureau: Bureau, clock: Clock, kind: str) -> None:
    """A body that still is a message (somebody wrote strange words) is noted and answered; any other leaves not a row."""
    citizen, chance = Phone(application_in("plain", house), "mallory", clock.now, AES_KEY, sealed=False), random.Random(kind)
    stamp = str(int(clock.now().timestamp()))
    whole = {"ToUserName": "gh_0123456789ab", "FromUserName": citizen.openid, "CreateTime": stamp, **FIELDS}
    start = (to_xml(whole) if kind == "xml" else to_json(whole)).decode()
    refused, before = [], everything(house)
    for n in range(2000):
        sent = citizen.signed(mutated(chance, start).encode("utf-8", "surrogatepass"), stamp, f"n{n}")
        answer = citizen.post(*sent)
        assert answer.status_code in (200, 400, 403)
        assert answer.data
        refused += [sent] if answer.status_code != 200 else []
    assert 1000 < len(refused) < 2000
    after = everything(house)
    assert [line for line in before.splitlines() if line not in after] == []
    assert count(bureau) == 0
    for sent in refused:
        assert citizen.post(*sent).status_code in (400, 403)
    assert everything(house) == after


def test_markup_in_a_name_stays_text_in_the_answer(phone: Phones, bureau: Bureau) -> None:
    citizen = phone()
    assert citizen.say("评价 ]]><MsgType>窗口 满意").startswith("没有找到“")
    assert citizen.say("进度 ]]></Content><a>").startswith("没有查到编号“]]></Content")


def test_an_account_that_is_not_set_up_says_so(house: House, bureau: Bureau) -> None:
    quiet = app.create_app(app.build(settings_for(house.settings.database.url, wechat={}), house.now))
    answer = Client(quiet).get("/wechat?echostr=1")
    assert (answer.status_code, "尚未配置" in answer.text) == (404, True)


def test_messages_are_counted_by_status(phone: Phones, application: Any, bureau: Bureau) -> None:
    phone().say("帮助")
    Client(application).post("/wechat")
    meters = Client(application).get("/metrics", environ_base={"REMOTE_ADDR": "127.0.0.1"}).text
    assert 'route="/wechat",status="200"' in meters
    assert 'route="/wechat",status="403"' in meters
