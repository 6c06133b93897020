"""The record of everything (全程留痕): pushes, API calls and what people received, with exact counts."""

from collections import Counter, deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

KEPT = 200_000  # entries of each sort kept; counts stay exact beyond it
WIRES_KEPT = 5_000  # exchanges kept byte for byte; older ones keep their meaning only


@dataclass(slots=True)
class Wire:
    """One exchange byte for byte."""

    url: str
    sent: str
    answer: bytes = b""


@dataclass(slots=True)
class Attempt:
    """One delivery of a push; `outcome`: answered, silent, garbage, timeout, refused, dropped, http_NNN."""

    at: float
    ms: float = 0.0
    status: int = 0
    outcome: str = ""
    why: str = ""
    fault: str = ""
    wire: Wire | None = None


@dataclass(slots=True)
class Push:
    """One message or event sent to an account's server, over all its deliveries."""

    id: int
    at: float
    appid: str
    person: str
    openid: str
    kind: str
    key: str  # MsgId, or the event's FromUserName+CreateTime
    clear: str
    attempts: list[Attempt] = field(default_factory=list)
    outcome: str = "pending"
    ms: float = 0.0
    shown: int = 0  # id of the inbox message it led to

    def public(self) -> dict[str, Any]:
        attempts = [{"at": a.at, "ms": a.ms, "status": a.status, "outcome": a.outcome, "why": a.why, "fault": a.fault} for a in self.attempts]
        return {
            "id": self.id,
            "at": self.at,
            "appid": self.appid,
            "person": self.person,
            "openid": self.openid,
            "kind": self.kind,
            "key": self.key,
            "clear": self.clear,
            "outcome": self.outcome,
            "ms": self.ms,
            "shown": self.shown,
            "deliveries": len(self.attempts),
            "attempts": attempts,
        }


@dataclass(slots=True)
class Call:
    """One request to the platform's API and its answer."""

    id: int
    at: float
    appid: str
    method: str
    path: str
    query: str
    body: bytes
    errcode: int
    answer: bytes
    ms: float
    fault: str

    def public(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "at": self.at,
            "appid": self.appid,
            "method": self.method,
            "path": self.path,
            "query": self.query,
            "body": self.body.decode(errors="replace"),
            "errcode": self.errcode,
            "answer": self.answer[:4000].decode(errors="replace"),
            "ms": self.ms,
            "fault": self.fault,
        }


class Record:
    """Append-only; the oldest entries leave when `kept` is reached, the counts never."""

    def __init__(self) -> None:
        self.pushes: dict[int, Push] = {}
        self.calls: deque[Call] = deque(maxlen=KEPT)
        self.counts: Counter[str] = Counter()
        self.slowest_ms = 0.0
        self._wired: deque[Attempt] = deque()
        self._pushed = 0

    def new_push(self, **about: Any) -> Push:
        self._pushed += 1
        push = Push(id=self._pushed, **about)
        self.pushes[push.id] = push
        if len(self.pushes) > KEPT:
            del self.pushes[next(iter(self.pushes))]
        self.counts["push.sent"] += 1
        self.counts[f"push.sent.{push.kind}"] += 1
        return push

    def attempted(self, push: Push, attempt: Attempt) -> None:
        push.attempts.append(attempt)
        self.counts["push.deliveries"] += 1
        self.counts[f"push.delivery.{attempt.outcome}"] += 1
        self._wired.append(attempt)
        if len(self._wired) > WIRES_KEPT:
            self._wired.popleft().wire = None

    def settled(self, push: Push, outcome: str, ms: float) -> None:
        push.outcome, push.ms = outcome, ms
        self.slowest_ms = max(self.slowest_ms, ms)
        self.counts[f"push.{outcome}"] += 1

    def called(self, **about: Any) -> Call:
        self.counts["call.all"] += 1
        call = Call(id=self.counts["call.all"], **about)
        self.counts[f"call.{call.path}"] += 1
        self.counts[f"call.{call.path}.{call.errcode}"] += 1
        self.calls.append(call)
        return call


def newest(entries: Iterable[Any], limit: int, **same: Any) -> list[Any]:
    """The newest `limit` entries whose attributes equal `same` (empty values are not asked)."""
    wanted = {name: value for name, value in same.items() if value}
    fitting = (entry for entry in entries if all(getattr(entry, name) == value for name, value in wanted.items()))
    return list(islice(fitting, limit))
