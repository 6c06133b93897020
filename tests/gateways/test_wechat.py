"""WeChat's moods are understood: the right class, at most one fetch and one repeat, success only where it is proved (R09)."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest

from gateways.store import LocalStore
from gateways.wechat import Account, Wechat, WechatError
from gateways.wechat_codes import Mood
from gateways.wire import Patience
from tests.gateways.moody import Moody, moody

SECRET = "canary-of-the-appsecret"


@pytest.fixture
def server() -> Iterator[Moody]:
    with moody() as state:
        yield state


def gateway(server: Moody, store: LocalStore | None = None, **more: Any) -> Wechat:
    return Wechat(Account("wx1", SECRET, server.base), store or LocalStore(), **more)


ANSWERS: dict[str, tuple[Any, Mood]] = {
    "busy": ({"errcode": -1}, Mood.PASSING),
    "wrong token": ({"errcode": 40001}, Mood.TOKEN),
    "illegal token": ({"errcode": 40014}, Mood.TOKEN),
    "expired token": ({"errcode": 42001}, Mood.TOKEN),
    "bad openid": ({"errcode": 40003}, Mood.UNREACHABLE),
    "bad template": ({"errcode": 40037}, Mood.PERMANENT),
    "ip": ({"errcode": 40164, "errmsg": "invalid ip rid: 1-2-3"}, Mood.PERMANENT),
    "not following": ({"errcode": 43004}, Mood.UNREACHABLE),
    "blacklisted": ({"errcode": 43019}, Mood.UNREACHABLE),
    "refused": ({"errcode": 43101}, Mood.UNREACHABLE),
    "too often": ({"errcode": 43117}, Mood.PASSING),
    "day's quota": ({"errcode": 45009}, Mood.TOMORROW),
    "minute's quota": ({"errcode": 45011}, Mood.MINUTE),
    "window closed": ({"errcode": 45015}, Mood.UNREACHABLE),
    "count used": ({"errcode": 45047}, Mood.UNREACHABLE),
    "value rule": ({"errcode": 47003}, Mood.PERMANENT),
    "not granted": ({"errcode": 48001}, Mood.PERMANENT),
    "code as a string": ({"errcode": "45009"}, Mood.TOMORROW),
    "code is no number": ({"errcode": "many"}, Mood.PASSING),
    "server error": (502, Mood.PASSING),
    "html": (b"<html>502</html>", Mood.PASSING),
    "empty": (b"", Mood.PASSING),
    "a list": (b"[]", Mood.PASSING),
    "cut short": (b'{"errcode": 0, "ms', Mood.UNKNOWN),
    "ten megabytes": (b'{"errcode": 0, "x": "' + b"x" * 10_000_000 + b'"}', Mood.UNKNOWN),
    "reset": ("reset", Mood.UNKNOWN),
}


@pytest.mark.parametrize(("answer", "mood"), ANSWERS.values(), ids=ANSWERS.keys())
def test_every_mood_is_understood(server: Moody, answer: Any, mood: Mood) -> None:
    server.mood = answer
    with pytest.raises(WechatError) as error:
        gateway(server).post("/cgi-bin/message/custom/send", {})
    assert error.value.mood is mood
    assert server.tokens <= 2
    assert len(server.calls) <= 2
    assert SECRET not in f"{error.value!r}{error.value.__cause__!r}"


@pytest.mark.parametrize("answer", [{"errcode": 0, "msgid": 7}, {"errcode": "0"}, {"openid": "o1"}], ids=["zero", "zero as text", "no code"])
def test_success_is_success(server: Moody, answer: dict[str, Any]) -> None:
    server.mood = answer
    assert gateway(server).post("/x", {}) == answer


def test_a_lasting_token_error_costs_one_fetch_and_one_repeat(server: Moody) -> None:
    server.mood = {"errcode": 40001}
    with pytest.raises(WechatError):
        gateway(server).post("/x", {})
    assert (server.tokens, len(server.calls)) == (2, 2)


def test_sixteen_threads_fetch_one_token(server: Moody) -> None:
    server.mood, wechat = {"errcode": 0}, gateway(server)
    threads = [threading.Thread(target=wechat.post, args=("/x", {})) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert (server.tokens, len(server.calls)) == (1, 16)


def test_a_silent_server_is_given_up(server: Moody) -> None:
    server.mood = "slow"
    with pytest.raises(WechatError) as error:
        gateway(server, patience=Patience(connect=0.2, read=0.3)).post("/x", {})
    assert error.value.mood is Mood.UNKNOWN


def test_a_token_that_is_no_text_is_not_kept(server: Moody) -> None:
    server.token_mood = {"access_token": 5}
    with pytest.raises(WechatError):
        gateway(server).token()


def test_chinese_goes_out_as_itself(server: Moody) -> None:
    server.mood = {"errcode": 0}
    gateway(server).post("/x", {"text": "整改"})
    assert "整改".encode() in server.bodies[0]


def test_a_server_that_is_not_there_was_never_reached() -> None:
    left: list[bool] = []
    with pytest.raises(WechatError) as error:
        Wechat(Account("wx1", SECRET, "http://127.0.0.1:9"), LocalStore()).post("/x", {}, lambda: left.append(True))
    assert (error.value.mood, left) == (Mood.PASSING, [])


def test_a_token_refused_for_ever_is_fetched_three_times_in_ten_minutes(server: Moody) -> None:
    server.mood, wechat = {"errcode": 40001}, gateway(server)
    for _ in range(20):
        with pytest.raises(WechatError):
            wechat.post("/x", {})
    assert server.tokens == 3


def test_a_connection_that_was_hung_up_is_made_anew(server: Moody) -> None:
    server.mood, wechat = {"errcode": 0}, gateway(server, patience=Patience(sure=0))
    wechat.post("/x", {})
    server.hang_up()
    assert wechat.post("/x", {}) == {"errcode": 0}
