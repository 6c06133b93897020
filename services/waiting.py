"""Waiting on an event loop for a deed that is done together with others: the loop goes on meanwhile (performance.md, row L).

All that the loop has read in one turn is handed in together, and all that one commit has settled comes back in one call: else the
writer's thread and the loop would wake each other, and fight for the interpreter, once for each message.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Any
from weakref import WeakKeyDictionary

from domain.errors import Busy, StillWorking
from domain.ports import Database, Deeds

_GRACE = 1.0
"""Seconds that a deed which was begun may take beyond its owner's patience."""


async def done_together(database: Database, handle: Deeds, item: Any, patience: float = 4.0) -> Any:
    """As `Database.together`, for a loop. Raises what stands in place of the answer, `Busy`, `StillWorking`."""
    loop = asyncio.get_running_loop()
    waiting = _Waiting(loop.create_future(), database, handle, item)
    desk = _desk_of(loop)
    desk.hand_in(waiting)
    late = loop.call_later(patience, desk.grow_late, waiting)
    try:
        answer = await waiting.future
    finally:
        late.cancel()
    if isinstance(answer, BaseException):
        raise answer
    return answer


class _Waiting:
    """One deed and who waits for it."""

    __slots__ = ("_database", "_handle", "_item", "future", "take_back")

    def __init__(self, future: asyncio.Future[Any], database: Database, handle: Deeds, item: Any) -> None:
        self.future, self._database, self._handle, self._item = future, database, handle, item
        self.take_back: Callable[[], bool] | None = None

    def go(self, tell: Callable[["_Waiting", Any], None]) -> None:
        self.take_back = self._database.together_later(self._handle, self._item, lambda answer: tell(self, answer))

    def settle(self, answer: Any) -> None:
        if not self.future.done():
            self.future.set_result(answer)


class _Desk:
    """Gathers what goes from one loop to the writer, and what comes back."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._call_soon, self._call_later, self._call_from_thread = loop.call_soon, loop.call_later, loop.call_soon_threadsafe
        self._going: list[_Waiting] = []
        self._back: deque[tuple[_Waiting, Any]] = deque()
        self._called = False
        self._away = 0

    def hand_in(self, waiting: _Waiting) -> None:
        """At once if nobody else waits: the next turn of the loop would bring him no company."""
        if not self._away and not self._going:
            self._go(waiting)
            return
        if not self._going:
            self._call_soon(self._go_all)
        self._going.append(waiting)

    def _go(self, waiting: _Waiting) -> None:
        self._away += 1
        waiting.go(self._tell)

    def _go_all(self) -> None:
        going, self._going = self._going, []
        for waiting in going:
            if not waiting.future.done():
                self._go(waiting)

    def grow_late(self, waiting: _Waiting) -> None:
        if waiting.future.done():
            return
        if waiting.take_back is None:
            waiting.settle(Busy())
        elif waiting.take_back():
            self._away -= 1
            waiting.settle(Busy())
        else:
            self._call_later(_GRACE, waiting.settle, StillWorking())

    def _tell(self, waiting: _Waiting, answer: Any) -> None:
        """In the writer's thread. Laid down first, called for second: what is laid down while the loop collects is called for anew."""
        self._back.append((waiting, answer))
        if not self._called:
            self._called = True
            self._call_from_thread(self._settle_all)

    def _settle_all(self) -> None:
        self._called = False
        while self._back:
            waiting, answer = self._back.popleft()
            self._away -= 1
            waiting.settle(answer)


_DESKS: WeakKeyDictionary[asyncio.AbstractEventLoop, _Desk] = WeakKeyDictionary()


def _desk_of(loop: asyncio.AbstractEventLoop) -> _Desk:
    found = _DESKS.get(loop)
    if found is None:
        found = _DESKS[loop] = _Desk(loop)
    return found
