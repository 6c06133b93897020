"""A letter really arrives: written with the deed, carried by the clock to WeChat, settled by what WeChat said."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import select

from domain.ports import House
from models.letters import Letter
from scheduler.clock import JOBS, guarded
from scheduler.jobs.deliver import deliver
from scheduler.texts import spoken
from tests.bureau import Bureau
from tests.conftest import AES_KEY, Clock
from tests.gateways.moody import Moody, moody
from tests.phones import Phone

Phones = Callable[..., Phone]


@pytest.fixture
def server() -> Iterator[Moody]:
    with moody() as state:
        state.mood = {"errcode": 0, "msgid": 7}
        yield state


@pytest.fixture
def given(server: Moody) -> dict[str, Any]:
    account = {"appid": "wx1234567890abcdef", "secret": "s" * 32, "token": "bureau-token", "encoding_aes_key": AES_KEY}
    return {"wechat": account | {"api_base": server.base, "templates": {"rectification_open": "TM1"}}}


def letter(house: House) -> Letter:
    with house.database.reading() as db:
        return db.scalars(select(Letter).where(Letter.kind == "rectification_open")).one()


def complain(phone: Phones, bureau: Bureau) -> str:
    """A citizen complains; the head's own phone is bound. The head's openid."""
    head = phone("head")
    bureau.bind("head", head.openid)
    phone("angry").say("评价 3号窗口 不满意")
    return head.openid


def test_the_head_is_told_in_the_chat_that_is_open(phone: Phones, bureau: Bureau, house: House, server: Moody) -> None:
    openid = complain(phone, bureau)
    deliver(house)
    (body,) = [body.decode() for body in server.bodies if openid.encode() in body and b"A0001" in body]
    assert "3号窗口（不动产登记窗口）收到不满意评价" in body
    assert (letter(house).state, letter(house).channel) == ("sent", "chat")


def test_a_closed_chat_is_followed_by_the_template(phone: Phones, bureau: Bureau, house: House, server: Moody, clock: Clock) -> None:
    complain(phone, bureau)
    clock.pass_(hours=49)
    deliver(house)
    assert any(call.startswith("/cgi-bin/message/template/send") for call in server.calls)
    assert letter(house).channel == "template"


def test_nobody_to_reach_stays_a_to_do(phone: Phones, bureau: Bureau, house: House) -> None:
    phone("angry").say("评价 3号窗口 不满意")
    deliver(house)
    assert (letter(house).state, letter(house).channel) == ("failed", "todo")


def test_a_busy_wechat_is_tried_again_and_tells_nobody_twice(phone: Phones, bureau: Bureau, house: House, server: Moody, clock: Clock) -> None:
    openid = complain(phone, bureau)
    server.mood = {"errcode": -1}
    deliver(house)
    assert letter(house).state == "waiting"
    server.mood = {"errcode": 0}
    clock.pass_(minutes=2)
    for _ in range(3):
        deliver(house)
    told = [body for body in server.bodies if openid.encode() in body and b"A0001" in body]
    assert (letter(house).state, letter(house).attempts, len(told)) == ("sent", 2, 2)


def test_two_clocks_carry_each_letter_once(phone: Phones, bureau: Bureau, house: House, server: Moody) -> None:
    complain(phone, bureau)
    assert sum(deliver(house) for _ in range(4)) >= 1
    assert len([call for call in server.calls if "message" in call]) == len(server.calls)
    assert letter(house).attempts == 1


def test_every_kind_of_letter_has_a_sentence(house: House) -> None:
    assert "收到不满意评价" in spoken("rectification_open", {"window": "3号窗口"})
    assert "新的通知" in spoken("something_else", {})


def test_a_failing_job_does_not_stop_the_clock(house: House) -> None:
    def fail(_house: House) -> None:
        raise RuntimeError("on purpose")

    guarded("fail", fail, house)()
    assert {name for name, _, _ in JOBS} >= {"deliver", "screen", "tidy"}
