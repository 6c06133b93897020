"""一条承诺的一生: drafted in the chat, returned on the phone, rewritten at the console, approved, published, kept; every letter counted."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask

import app
from domain.ports import House
from scheduler.jobs.deliver import deliver
from services import desk_sessions
from tests.bureau import Bureau
from tests.conftest import AES_KEY, MONDAY
from tests.gateways.moody import Moody, moody
from tests.phones import Phone
from tests.pledging import load
from tests.web.conftest import Browser

Phones = Callable[..., Phone]
ROOM = "/console/pledges"


@pytest.fixture
def wechat() -> Iterator[Moody]:
    with moody() as server:
        server.mood = {"errcode": 0, "msgid": 7}
        yield server


@pytest.fixture
def given(wechat: Moody) -> dict[str, Any]:
    account = {"appid": "wx1234567890abcdef", "secret": "s" * 32, "token": "bureau-token", "encoding_aes_key": AES_KEY}
    return {"wechat": account | {"api_base": wechat.base}}


class Desk:
    """Somebody's console."""

    def __init__(self, flask: Flask, house: House, person: int) -> None:
        with house.database.transaction() as db:
            token = desk_sessions.open_for(db, person, house.now())
        self.browser = Browser(flask.test_client(), "203.0.113.9")
        self.browser.client.set_cookie("liangnuo_desk", token)

    def decide(self, verdict: str, why: str = "") -> None:
        ticks = re.findall(r'name="chosen" value="([^"]+)"', self.browser.get("/console/reviews/"))
        self.browser.post("/console/reviews/decide", 303, chosen=ticks, verdict=verdict, why=why)


def told(wechat: Moody, house: House, openid: str) -> list[str]:
    """What the clock carries to this phone now."""
    before = len(wechat.bodies)
    while deliver(house):
        pass
    return [body.decode() for body in wechat.bodies[before:] if openid.encode() in body]


def test_from_the_first_word_to_the_confirmed_deed(phone: Phones, bureau: Bureau, house: House, wechat: Moody) -> None:
    load(bureau, "pledge-pioneer-2010", MONDAY)
    member, reviewer = phone("clerk"), phone("secretary")
    bureau.bind("clerk", member.openid)
    bureau.bind("secretary", reviewer.openid)
    flask = app.create_flask(house)
    clerk, secretary = (Desk(flask, house, bureau.people[who]) for who in ("clerk", "secretary"))
    told(wechat, house, member.openid)

    for words in ("起草承诺", "提高服务意识", "加强学习", "群众满意", "12月31日", "提交"):
        member.say(words)
    assert "有一条承诺待您审核" in "".join(told(wechat, house, reviewer.openid))

    reviewer.say("待审")
    reviewer.say("退回 1 写清做哪件事、做到什么数")
    assert "写清做哪件事、做到什么数" in "".join(told(wechat, house, member.openid))

    at = f"{ROOM}/{_newest(clerk)}"
    version = re.findall(r'name="version"[^>]*value="(\d+)"', clerk.browser.get(f"{at}/edit"))[0]
    words = {"content": "窗口材料一次告知", "measures": "印制十二类业务清单逐项讲解", "standard": "因漏告知再跑的每月为零", "deadline": "2026-12-31"}
    clerk.browser.post(f"{at}/save", 303, submit="1", version=version, **words)
    secretary.decide("yes")
    secretary.decide("yes")
    assert len(told(wechat, house, member.openid)) == 2
    assert "窗口材料一次告知" in clerk.browser.get("/board")

    member.say("我的承诺")
    member.say("1")
    member.say("进展 50 印好六类")
    member.say("兑现 十二类清单全部上墙")
    assert len(told(wechat, house, reviewer.openid)) == 1
    secretary.decide("yes")
    assert "已核实兑现" in "".join(told(wechat, house, member.openid))
    assert "已兑现（已核实）" in clerk.browser.get(at)


def _newest(desk: Desk) -> str:
    return re.findall(rf'href="{ROOM}/([0-9a-f]{{12}})"', desk.browser.get(f"{ROOM}/"))[0]
