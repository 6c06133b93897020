"""Store: Redis, or this process's memory: rate counters, tokens, short locks and nothing else; it may vanish (R13)."""

import time
from collections.abc import Callable
from threading import Lock
from typing import Any

import structlog

from domain.late import Late

log = structlog.get_logger()
redis = Late("redis")
PATIENCE = 0.1
"""Seconds to wait for Redis; no retries: with the library's defaults a stopped Redis blocks for 20 s."""
_REST = 2.0
"""Seconds in which a Redis that did not answer is not asked again: one slow call, not one per message."""


class RedisStore:
    """Every method survives a Redis that is refused, stopped, full or flushed: it answers as if nothing were known."""

    def __init__(self, url: str, tick: Callable[[], float] = time.monotonic) -> None:
        never = redis.retry.Retry(redis.backoff.NoBackoff(), 0)
        self._redis: Any = redis.Redis.from_url(url, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE, retry=never, health_check_interval=0)
        self._tick = tick
        self._resting_until = 0.0

    def count(self, key: str, seconds: int) -> int | None:
        def ask() -> int:
            pipe = self._redis.pipeline(transaction=True)
            pipe.incr(_key(key))
            pipe.expire(_key(key), seconds, nx=True)
            return int(pipe.execute()[0])

        n: int | None = self._safely(ask, None)
        return n

    def remember(self, key: str, seconds: int) -> bool:
        return bool(self._safely(lambda: self._redis.set(_key(key), b"1", nx=True, ex=seconds) is not None, True))

    def get(self, key: str) -> bytes | None:
        value: bytes | None = self._safely(lambda: self._redis.get(_key(key)), None)
        return value

    def put(self, key: str, value: bytes, seconds: int) -> None:
        self._safely(lambda: self._redis.set(_key(key), value, ex=seconds), None)

    def drop(self, key: str) -> None:
        self._safely(lambda: self._redis.delete(_key(key)), None)

    def ready(self) -> None:
        """Raise unless Redis answers."""
        self._redis.ping()

    def _safely(self, ask: Callable[[], Any], otherwise: Any) -> Any:
        if self._tick() < self._resting_until:
            return otherwise
        try:
            return ask()
        except redis.RedisError as error:
            self._resting_until = self._tick() + _REST
            log.warning("store does not answer", error=type(error).__name__)
            return otherwise


def _key(key: str) -> str:
    return f"liangnuo:{key}"


class LocalStore:
    """The same in this process's memory, for the one-process default."""

    _MOST = 100_000

    def __init__(self, tick: Callable[[], float] = time.monotonic) -> None:
        self._tick = tick
        self._kept: dict[str, tuple[float, Any]] = {}
        self._guard = Lock()

    def count(self, key: str, seconds: int) -> int | None:
        with self._guard:
            ends, n = self._live(key) or (self._tick() + seconds, 0)
            self._set(key, ends, n + 1)
            return int(n) + 1

    def remember(self, key: str, seconds: int) -> bool:
        with self._guard:
            if self._live(key):
                return False
            self._set(key, self._tick() + seconds, b"1")
            return True

    def get(self, key: str) -> bytes | None:
        with self._guard:
            found = self._live(key)
            return None if found is None else found[1]

    def put(self, key: str, value: bytes, seconds: int) -> None:
        with self._guard:
            self._set(key, self._tick() + seconds, value)

    def drop(self, key: str) -> None:
        with self._guard:
            self._kept.pop(key, None)

    def ready(self) -> None:
        return None

    def _live(self, key: str) -> tuple[float, Any] | None:
        found = self._kept.get(key)
        return found if found is not None and found[0] > self._tick() else None

    def _set(self, key: str, ends: float, value: Any) -> None:
        if len(self._kept) >= self._MOST:
            now = self._tick()
            self._kept = {name: one for name, one in self._kept.items() if one[0] > now}
        self._kept[key] = (ends, value)
