"""The desk of the API: one row per path with its limits and status, and what a handler is handed (wechat-platform.md §6)."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from emulator.accounts import MINI, SERVICE, Account
from emulator.errors import Refusal
from emulator.ledgers.quota import Limit
from emulator.people import Person
from emulator.pushing import Pusher
from emulator.world import World

BOTH = (SERVICE, MINI)
FAITHFUL, SIMPLIFIED, UNCONFIRMED = "faithful", "simplified", "unconfirmed"


@dataclass(frozen=True, slots=True)
class Binary:
    """An answer that is not JSON."""

    data: bytes
    content_type: str
    filename: str = ""
    status: int = 200


Answer = dict[str, Any] | Binary


@dataclass(slots=True)
class Ask:
    """One request, understood. `account` is the token's owner (or, for token-free calls, the appid's)."""

    world: World
    pusher: Pusher
    account: Account
    query: Mapping[str, str]
    body: dict[str, Any]
    raw: bytes = b""
    content_type: str = ""
    ip: str = "127.0.0.1"

    @property
    def now(self) -> float:
        return self.world.now

    def text(self, name: str, missing: int = 40035) -> str:
        """A non-empty text of the body; else the given errcode."""
        value = self.body.get(name)
        if not isinstance(value, str) or not value:
            raise Refusal(missing)
        return value

    def number(self, name: str, default: int = 0) -> int:
        value = self.body.get(name, default)
        if isinstance(value, bool) or not isinstance(value, int):
            raise Refusal(40097)
        return value

    def mapping(self, name: str, missing: int = 40035) -> dict[str, Any]:
        value = self.body.get(name)
        if not isinstance(value, dict):
            raise Refusal(missing)
        return value

    def person(self, openid: Any = None) -> Person:
        """The receiver. Raises 40003 for an openid that is nobody's here."""
        openid = self.body.get("touser") if openid is None else openid
        person = self.world.people.by_openid(self.account, openid) if isinstance(openid, str) else None
        if person is None:
            raise Refusal(40003)
        return person


Handler = Callable[[Ask], Answer] | Callable[[Ask], Awaitable[Answer]]


@dataclass(frozen=True, slots=True)
class Call:
    """One path of the platform; `note` says what is simplified or unconfirmed, in Chinese, for the documentation page."""

    path: str
    methods: tuple[str, ...]
    title: str
    handler: Handler
    kinds: tuple[str, ...] = BOTH
    needs_token: bool = True
    needs_body: bool = True
    limit: Limit = field(default_factory=Limit)
    status: str = FAITHFUL
    note: str = ""


CALLS: dict[str, Call] = {}


def get(path: str, title: str, **about: Any) -> Callable[[Handler], Handler]:
    return _call(path, ("GET",), title, about | {"needs_body": False})


def post(path: str, title: str, **about: Any) -> Callable[[Handler], Handler]:
    return _call(path, ("POST",), title, about)


def either(path: str, title: str, **about: Any) -> Callable[[Handler], Handler]:
    """Documented as GET, but POST is taken too."""
    return _call(path, ("GET", "POST"), title, {"needs_body": False} | about)


def _call(path: str, methods: tuple[str, ...], title: str, about: dict[str, Any]) -> Callable[[Handler], Handler]:
    def register(handler: Handler) -> Handler:
        CALLS[path] = Call(path, methods, title, handler, **about)
        return handler

    return register


OK: dict[str, Any] = {"errcode": 0, "errmsg": "ok"}
