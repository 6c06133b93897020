"""Tokens: the stable access_token of an account: kept in the store, fetched by one refresher over all processes (wechat-platform.md §5)."""

import time
from collections.abc import Callable
from threading import Lock
from typing import Protocol

EARLY = 300
"""Seconds before its end at which a token is fetched anew: WeChat renews a stable token five minutes before."""
_FETCHING = 12
"""Seconds after which a refresher that went silent is not waited for: longer than any one call may take."""
_PAUSE = 0.1
_SPAN, _MOST = 600, 3
"""At most three fetches in ten minutes: a token that is refused again and again is no reason to ask for it again and again."""


class Kept(Protocol):
    """The part of the store that a token needs."""

    def count(self, key: str, seconds: int) -> int | None: ...
    def get(self, key: str) -> bytes | None: ...
    def put(self, key: str, value: bytes, seconds: int) -> None: ...
    def drop(self, key: str) -> None: ...
    def remember(self, key: str, seconds: int) -> bool: ...


class TooManyFetches(Exception):
    """Three fetches within ten minutes: the token is not the trouble."""


class Tokens:
    """One account's token. `fetch` asks WeChat and gives (token, seconds it lives)."""

    def __init__(self, appid: str, store: Kept, fetch: Callable[[], tuple[str, int]], pause: Callable[[float], None] = time.sleep) -> None:
        self._store, self._fetch, self._pause = store, fetch, pause
        self._key = f"token:{appid}"
        self._here = Lock()

    def get(self) -> str:
        """From the store, else fetched by one thread here and one process everywhere. Raises `TooManyFetches` and what `fetch` raises."""
        kept = self._kept()
        if kept:
            return kept
        with self._here:
            return self._kept() or self._by_one_process()

    def forget(self, used: str) -> None:
        """Only if it is still the one we used: another thread or process may have fetched a newer."""
        if self._kept() == used:
            self._store.drop(self._key)

    def _kept(self) -> str:
        return (self._store.get(self._key) or b"").decode()

    def _by_one_process(self) -> str:
        """Whoever gets the short lock fetches, the others wait for what it brings. A store that does not answer locks nothing."""
        for _ in range(int(_FETCHING / _PAUSE)):
            if self._store.remember(f"{self._key}:fetching", _FETCHING):
                break
            self._pause(_PAUSE)
            kept = self._kept()
            if kept:
                return kept
        try:
            return self._kept() or self._refresh()
        finally:
            self._store.drop(f"{self._key}:fetching")

    def _refresh(self) -> str:
        fetched = self._store.count(f"{self._key}:fetches", _SPAN)
        if fetched is not None and fetched > _MOST:
            raise TooManyFetches()
        token, seconds = self._fetch()
        self._store.put(self._key, token.encode(), max(60, seconds - EARLY))
        return token
