"""A letter really arrives: written with the deed, carried by the clock to WeChat, settled by what WeChat said."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from domain.actor import Role
from domain.letter_texts import spoken
from domain.ports import House
from models.letters import Letter
from scheduler.clock import JOBS, guarded
from scheduler.jobs.deliver import deliver
from services import letters
from services.letters import Draft
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


def tell(house: House, person_id: int, once: str) -> None:
    with house.database.transaction() as db:
        letters.write(db, Draft(once, "rectification_open", {"number": once}, person_id), house.now())


def states(house: House, kind: str) -> Counter[str]:
    with house.database.reading() as db:
        return Counter(db.scalars(select(Letter.state).where(Letter.kind == kind)))


def complain(phone: Phones, bureau: Bureau) -> str:
    """A citizen complains; the head's own phone is bound. The head's openid."""
    head = phone("head")
    bureau.bind("head", head.openid)
    phone("angry").say("评价 3号窗口 不满意")
    return head.openid


def test_the_head_is_told_by_template(phone: Phones, bureau: Bureau, house: House, server: Moody) -> None:
    openid = complain(phone, bureau)
    deliver(house)
    (body,) = [body.decode() for body in server.bodies if openid.encode() in body and b"A0001" in body]
    assert "收到差评，请按期回访整改" in body
    assert (letter(house).state, letter(house).channel) == ("sent", "template")


def test_whoever_no_longer_follows_is_told_in_the_chat_that_is_open(phone: Phones, bureau: Bureau, house: House, server: Moody, clock: Clock) -> None:
    complain(phone, bureau)
    server.moods["/cgi-bin/message/template/send"] = {"errcode": 43004}
    deliver(house)
    assert (letter(house).state, letter(house).channel) == ("sent", "chat")
    assert "请在2026-11-17前回访核实" in server.bodies[-1].decode()


def test_a_closed_chat_leaves_a_to_do_with_the_reasons(phone: Phones, bureau: Bureau, house: House, server: Moody, clock: Clock) -> None:
    complain(phone, bureau)
    server.moods["/cgi-bin/message/template/send"] = {"errcode": 43004}
    clock.pass_(hours=49)
    deliver(house)
    assert (letter(house).state, letter(house).outcome) == ("todo", "模板消息：对方没有关注服务号")


def test_a_used_up_day_stops_at_once_tells_the_operator_once_and_goes_on_at_midnight(
    phone: Phones, bureau: Bureau, house: House, server: Moody, clock: Clock
) -> None:
    bureau.seat("clerk", Role.OPERATOR)
    for name in ("head", "secretary"):
        bureau.bind(name, f"o{name}")
        tell(house, bureau.people[name], f"{name}-1")
        tell(house, bureau.people[name], f"{name}-2")
    clock.pass_(hours=49)
    server.moods["/cgi-bin/message/template/send"] = {"errcode": 45009}
    for _ in range(3):
        deliver(house)
        clock.pass_(minutes=1)
    assert len(server.calls) <= house.settings.clock.hands
    called = len(server.calls)
    clock.pass_(hours=12)
    deliver(house)
    assert len(server.calls) == called
    server.moods.clear()
    clock.pass_(hours=4)
    deliver(house)
    assert states(house, "rectification_open") == {"sent": 4}
    assert sum(states(house, "quota_used").values()) == 1


def test_a_used_up_minute_is_over_with_the_minute(bureau: Bureau, house: House, server: Moody, clock: Clock) -> None:
    bureau.bind("head", "ohead")
    tell(house, bureau.people["head"], "1")
    clock.pass_(hours=49, seconds=20)
    server.moods["/cgi-bin/message/template/send"] = {"errcode": 45011}
    deliver(house)
    assert (letter(house).state, letter(house).attempts, letter(house).due_at) == ("waiting", 0, clock.now() + timedelta(seconds=40))


def test_an_answer_that_never_came_is_asked_once_more_and_then_called_unknown(bureau: Bureau, house: House, server: Moody, clock: Clock) -> None:
    bureau.bind("head", "ohead")
    tell(house, bureau.people["head"], "1")
    clock.pass_(hours=49)
    server.mood = "reset"
    for _ in range(5):
        deliver(house)
        clock.pass_(minutes=3)
    assert (letter(house).state, letter(house).doubts, len(server.calls)) == ("unknown", 2, 2)


def test_a_letter_can_be_cancelled_until_it_leaves(bureau: Bureau, house: House, server: Moody) -> None:
    bureau.bind("head", "ohead")
    tell(house, bureau.people["head"], "1")
    with house.database.transaction() as db:
        assert letters.cancel(db, bureau.actor("office"), [letter(house).id], "改期了", house.now()) == 1
    deliver(house)
    assert (letter(house).state, letter(house).outcome, server.calls) == ("cancelled", "改期了", [])
    with house.database.transaction() as db:
        assert letters.cancel(db, bureau.actor("office"), [letter(house).id], "再取消一次", house.now()) == 0


def test_a_letter_that_came_too_late_says_so(bureau: Bureau, house: House, server: Moody, clock: Clock) -> None:
    bureau.bind("head", "ohead")
    with house.database.transaction() as db:
        draft = Draft("late", "rectification_open", {}, bureau.people["head"], until=clock.now() + timedelta(hours=1))
        letters.write(db, draft, clock.now())
    clock.pass_(days=40)
    deliver(house)
    assert (letter(house).state, letter(house).outcome, server.calls) == ("expired", "过期未发", [])


def test_nobody_to_reach_stays_a_to_do(phone: Phones, bureau: Bureau, house: House) -> None:
    phone("angry").say("评价 3号窗口 不满意")
    deliver(house)
    assert (letter(house).state, letter(house).outcome) == ("todo", "没有可用的微信通道，保留为待办")


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
