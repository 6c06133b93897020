"""WeChat's servers: one account's calls, with our own time-outs, our one repeat, and a token that one process at a time fetches.

wechatpy's client is not used: it loops on a lasting 40001 and ignores time-outs (wechat-platform.md §19).
"""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Any, Protocol
from urllib.parse import urlencode

import structlog
import urllib3

from gateways.wechat_codes import Mood, mood_of

log = structlog.get_logger()
_TIMEOUT = urllib3.Timeout(connect=3, read=8)
_LARGEST = 1 << 20
_EARLY = 300
"""Seconds before its end at which a token is fetched anew: WeChat renews a stable token five minutes before."""


class Kept(Protocol):
    """The part of the store that a token needs."""

    def get(self, key: str) -> bytes | None: ...
    def put(self, key: str, value: bytes, seconds: int) -> None: ...
    def drop(self, key: str) -> None: ...
    def remember(self, key: str, seconds: int) -> bool: ...


@dataclass(frozen=True)
class Account:
    """Which account, with which secret, at which servers."""

    appid: str
    secret: str
    api_base: str


class WechatError(Exception):
    """A call that did not succeed: `mood` says what to do, `code` is WeChat's errcode (-2: no usable answer), `rid` names the call."""

    def __init__(self, mood: Mood, code: int, words: str = "") -> None:
        super().__init__(f"{mood.value} {code} {words}")
        self.mood, self.code, self.words = mood, code, words


class Wechat:
    """Calls to one account. Thread-safe; nothing connects before the first call."""

    def __init__(
        self,
        account: Account,
        store: Kept,
        pool: urllib3.PoolManager | None = None,
        pause: Callable[[float], None] = time.sleep,
        timeout: urllib3.Timeout = _TIMEOUT,
    ) -> None:
        self.account = account
        self._store, self._pause, self._timeout = store, pause, timeout
        self._pool = pool or urllib3.PoolManager(maxsize=16, retries=False, timeout=timeout)
        self._fetching = Lock()
        self._key = f"token:{account.appid}"

    def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """Call with the token. On a token error drop it, fetch once, repeat once, then raise: never a loop (§5)."""
        token = self.token()
        try:
            return self._ask("POST", f"{path}?access_token={token}", body)
        except WechatError as error:
            if error.mood is not Mood.TOKEN:
                raise
        self._forget(token)
        return self._ask("POST", f"{path}?access_token={self.token()}", body)

    def get(self, path: str, **query: str) -> dict[str, Any]:
        """Call without a token (jscode2session, oauth): the secret goes in the query and never into an error text."""
        return self._ask("GET", f"{path}?{_query(query)}", None)

    def token(self) -> str:
        """The stable token: from the store, else fetched by one thread here and, by a short lock, one process."""
        kept = self._store.get(self._key)
        if kept:
            return kept.decode()
        with self._fetching:
            kept = self._store.get(self._key)
            if kept:
                return kept.decode()
            if not self._store.remember(f"{self._key}:fetching", 5):
                self._pause(0.5)
                kept = self._store.get(self._key)
                if kept:
                    return kept.decode()
            return self._fetch()

    def _fetch(self) -> str:
        body = {"grant_type": "client_credential", "appid": self.account.appid, "secret": self.account.secret}
        answer = self._ask("POST", "/cgi-bin/stable_token", body)
        token = answer.get("access_token")
        if not isinstance(token, str) or not token:
            raise WechatError(Mood.PASSING, -2, "no token in the answer")
        self._store.put(self._key, token.encode(), max(60, int(answer.get("expires_in", 7200)) - _EARLY))
        return token

    def _forget(self, used: str) -> None:
        """Only if it is still the one we used: another process may have fetched a newer."""
        kept = self._store.get(self._key)
        if kept is not None and kept.decode() == used:
            self._store.drop(self._key)
            self._store.drop(f"{self._key}:fetching")

    def _ask(self, method: str, target: str, body: dict[str, Any] | None) -> dict[str, Any]:
        headers = {"Content-Type": "application/json"} if body is not None else {}
        payload = json.dumps(body, ensure_ascii=False).encode() if body is not None else None
        path = target.split("?", 1)[0]
        try:
            answer = self._pool.request(
                method, self.account.api_base + target, body=payload, headers=headers, preload_content=False, timeout=self._timeout, retries=False
            )
            with answer:
                raw = answer.read(_LARGEST + 1)
        except urllib3.exceptions.HTTPError as error:
            log.warning("wechat call failed", path=path, error=type(error).__name__)
            raise WechatError(Mood.PASSING, -2, type(error).__name__) from None
        return _understood(path, answer.status, raw)


def _query(words: dict[str, str]) -> str:
    return urlencode(words)


def _understood(path: str, status: int, raw: bytes) -> dict[str, Any]:
    """Only a JSON object of status 200 without an errcode, or with 0, is a success; everything else is a failure (R09)."""
    if status >= 500 or status == 429:
        raise WechatError(Mood.PASSING, -2, f"http {status}")
    try:
        answer = json.loads(raw) if len(raw) <= _LARGEST else None
    except ValueError:
        answer = None
    if status != 200 or not isinstance(answer, dict) or not answer:
        raise WechatError(Mood.PASSING, -2, "no JSON object")
    try:
        code = int(answer.get("errcode", 0))
    except (TypeError, ValueError):
        raise WechatError(Mood.PASSING, -2, "errcode is no number") from None
    if code != 0:
        rid = str(answer.get("errmsg", "")).rpartition("rid:")[2].strip()[:40]
        log.info("wechat refused", path=path, code=code, rid=rid)
        raise WechatError(mood_of(code), code, f"rid {rid}")
    return answer
