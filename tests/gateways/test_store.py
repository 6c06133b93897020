"""The store may vanish: refused, stopped, flushed, of the wrong type; the house goes on (R13)."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import redis

from gateways.store import LocalStore, RedisStore
from tests.services_here import RedisServer, free_port


@pytest.fixture(params=["redis", "local"])
def store(request: pytest.FixtureRequest) -> Iterator[Any]:
    if request.param == "local":
        yield LocalStore()
        return
    server = RedisServer()
    yield RedisStore(server.url)
    server.stop()


def test_counters_count_and_ends_are_kept(store: Any) -> None:
    assert [store.count("a", 60) for _ in range(3)] == [1, 2, 3]
    assert store.count("b", 60) == 1


def test_the_first_is_remembered(store: Any) -> None:
    assert [store.remember("once", 60) for _ in range(2)] == [True, False]


def test_values_are_kept_and_dropped(store: Any) -> None:
    store.put("v", b"x", 60)
    assert store.get("v") == b"x"
    store.drop("v")
    assert store.get("v") is None
    store.ready()


def test_what_has_ended_is_gone() -> None:
    moment = [0.0]
    store = LocalStore(lambda: moment[0])
    store.put("v", b"x", 10)
    store.count("c", 10)
    moment[0] = 11.0
    assert (store.get("v"), store.count("c", 10)) == (None, 1)


def harms() -> dict[str, Callable[[RedisServer], Any]]:
    return {
        "killed": lambda server: server.stop(),
        "stopped": lambda server: os.kill(server.process.pid, signal.SIGSTOP),
        "flushed": lambda server: redis.Redis(port=server.port).flushall(),
        "wrong type": lambda server: redis.Redis(port=server.port).lpush("liangnuo:k", "x"),
        "full": lambda server: redis.Redis(port=server.port).config_set("maxmemory", "1"),
    }


@pytest.mark.parametrize("harm", harms().values(), ids=harms().keys())
def test_a_harmed_redis_is_survived_quickly(harm: Callable[[RedisServer], Any]) -> None:
    server = RedisServer()
    store = RedisStore(server.url)
    try:
        harm(server)
        began = time.monotonic()
        assert store.count("k", 60) in (None, 1)
        assert store.remember("m", 60) is True
        store.put("k", b"v", 60)
        assert store.get("k") in (None, b"v")
        assert time.monotonic() - began < 0.3
    finally:
        if server.process.poll() is None:
            os.kill(server.process.pid, signal.SIGCONT)
            server.stop()


def test_a_redis_that_was_never_there_costs_nothing_but_a_line() -> None:
    store = RedisStore(f"redis://127.0.0.1:{free_port()}/0")
    assert store.count("k", 60) is None
    with pytest.raises(redis.ConnectionError):
        store.ready()
