"""Gate: what keeps a letter back at the last moment: ways that WeChat has closed, and the pace of each template (wechat-platform.md §9, §18)."""

import time
from collections.abc import Callable, Iterable
from datetime import datetime
from threading import Lock

from domain.letters import Closed
from gateways import clock


class Gate:
    """Shared by all hands of one sender. `pace` is letters a second for each template, 0 for no limit."""

    def __init__(self, pace: float = 0, tick: Callable[[], float] = clock.monotonic, pause: Callable[[float], None] = time.sleep) -> None:
        self._gap = 1 / pace if pace else 0.0
        self._tick, self._pause = tick, pause
        self._guard = Lock()
        self._next: dict[str, float] = {}
        self._closed: dict[str, datetime] = {}

    def shut(self, ways: Iterable[Closed]) -> None:
        """From now on nothing goes these ways until their time."""
        with self._guard:
            for one in ways:
                self._closed[one.way] = max(one.until, self._closed.get(one.way, one.until))

    def shut_until(self, way: str, now: datetime) -> datetime | None:
        """When the way opens again; None when it is open."""
        until = self._closed.get(way)
        return until if until is not None and now < until else None

    def turn(self, template_id: str) -> None:
        """Wait for this template's next place in the row."""
        if not self._gap:
            return
        with self._guard:
            at = max(self._tick(), self._next.get(template_id, 0.0))
            self._next[template_id] = at + self._gap
        wait = at - self._tick()
        if wait > 0:
            self._pause(wait)
