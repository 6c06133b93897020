"""WeChat's servers: one account's calls, with our own time-outs and our one repeat; success only where WeChat says so.

wechatpy's client is not used: it loops on a lasting 40001 and ignores time-outs (wechat-platform.md §19).
"""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import structlog

from gateways.tokens import Kept, Tokens, TooManyFetches
from gateways.wechat_codes import Mood, mood_of
from gateways.wire import USUAL, Patience, Unanswered, Unsent, Wire

log = structlog.get_logger()
_LARGEST = 1 << 20


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


def _nothing() -> None:
    return None


class Wechat:
    """Calls to one account. Thread-safe; nothing connects before the first call."""

    def __init__(self, account: Account, store: Kept, pause: Callable[[float], None] = time.sleep, patience: Patience = USUAL) -> None:
        self.account = account
        self._wire = Wire(account.api_base, patience)
        self._tokens = Tokens(account.appid, store, self._fetch, pause)
        self._tickets = Tokens(f"{account.appid}:jsapi", store, self._fetch_ticket, pause)

    def post(self, path: str, body: dict[str, Any], leaving: Callable[[], None] = _nothing) -> dict[str, Any]:
        """Call with the token. On a token error drop it, fetch once, repeat once, then raise: never a loop (§5).

        `leaving` is called just before the request leaves.
        """
        return self._with_token("POST", path, body, leaving)

    def look(self, path: str) -> dict[str, Any]:
        """GET with the token: templates, quotas."""
        return self._with_token("GET", path, None, _nothing)

    def get(self, path: str, **query: str) -> dict[str, Any]:
        """Call without a token (jscode2session, oauth): the secret goes in the query and never into an error text."""
        return self._ask("GET", f"{path}?{urlencode(query)}", None)

    def token(self) -> str:
        """The stable token. Raises `WechatError`."""
        try:
            return self._tokens.get()
        except TooManyFetches:
            raise WechatError(Mood.PASSING, 40001, "the token was refused three times in ten minutes") from None

    def ticket(self) -> str:
        """The ticket that signs pages for the JS-SDK, kept like the token. Raises `WechatError`."""
        try:
            return self._tickets.get()
        except TooManyFetches:
            raise WechatError(Mood.PASSING, -2, "the ticket was fetched three times in ten minutes") from None

    def _with_token(self, method: str, path: str, body: dict[str, Any] | None, leaving: Callable[[], None], query: str = "") -> dict[str, Any]:
        token = self.token()
        try:
            return self._ask(method, f"{path}?access_token={token}{query}", body, leaving)
        except WechatError as error:
            if error.mood is not Mood.TOKEN:
                raise
        self._tokens.forget(token)
        return self._ask(method, f"{path}?access_token={self.token()}{query}", body, leaving)

    def _fetch(self) -> tuple[str, int]:
        body = {"grant_type": "client_credential", "appid": self.account.appid, "secret": self.account.secret}
        answer = self._ask("POST", "/cgi-bin/stable_token", body)
        token = answer.get("access_token")
        if not isinstance(token, str) or not token:
            raise WechatError(Mood.PASSING, -2, "no token in the answer")
        return token, int(answer.get("expires_in", 7200))

    def _fetch_ticket(self) -> tuple[str, int]:
        answer = self._with_token("GET", "/cgi-bin/ticket/getticket", None, _nothing, "&type=jsapi")
        ticket = answer.get("ticket")
        if not isinstance(ticket, str) or not ticket:
            raise WechatError(Mood.PASSING, -2, "no ticket in the answer")
        return ticket, int(answer.get("expires_in", 7200))

    def _ask(self, method: str, target: str, body: dict[str, Any] | None, leaving: Callable[[], None] = _nothing) -> dict[str, Any]:
        payload = json.dumps(body, ensure_ascii=False).encode() if body is not None else None
        path = target.split("?", 1)[0]
        try:
            status, raw = self._wire.ask(method, target, payload, leaving)
        except (Unsent, Unanswered) as error:
            log.warning("wechat call failed", path=path, error=str(error))
            raise WechatError(Mood.PASSING if isinstance(error, Unsent) else Mood.UNKNOWN, -2, str(error)) from None
        return _understood(path, status, raw)


def _understood(path: str, status: int, raw: bytes) -> dict[str, Any]:
    """Only a JSON object of status 200 without an errcode, or with 0, is a success; everything else is a failure (R09).

    A page of some proxy means that nothing was done; an object that was cut off may have begun with `"errcode":0`.
    """
    if status >= 500 or status == 429:
        raise WechatError(Mood.PASSING, -2, f"http {status}")
    try:
        answer = json.loads(raw) if len(raw) <= _LARGEST else None
    except ValueError:
        answer = None
    if status != 200 or not isinstance(answer, dict) or not answer:
        cut_off = status == 200 and answer is None and raw.lstrip().startswith(b"{")
        raise WechatError(Mood.UNKNOWN if cut_off else Mood.PASSING, -2, "no JSON object")
    try:
        code = int(answer.get("errcode", 0))
    except (TypeError, ValueError):
        raise WechatError(Mood.PASSING, -2, "errcode is no number") from None
    if code != 0:
        rid = str(answer.get("errmsg", "")).rpartition("rid:")[2].strip()[:40]
        log.info("wechat refused", path=path, code=code, rid=rid)
        raise WechatError(mood_of(code), code, f"rid {rid}")
    return answer
