"""Waiting on an event loop for a deed that is done together with others: the loop goes on meanwhile (performance.md, row L)."""

import asyncio
from typing import Any

from domain.errors import Busy, StillWorking
from domain.ports import Database, Deeds

_GRACE = 1.0
"""Seconds that a deed which was begun may take beyond its owner's patience."""


async def done_together(database: Database, handle: Deeds, item: Any, patience: float = 4.0) -> Any:
    """As `Database.together`, for a loop. Raises what stands in place of the answer, `Busy`, `StillWorking`."""
    loop = asyncio.get_running_loop()
    future: asyncio.Future[Any] = loop.create_future()

    def settle(answer: Any) -> None:
        if not future.done():
            future.set_result(answer)

    def tell(answer: Any) -> None:
        loop.call_soon_threadsafe(settle, answer)

    def grow_late() -> None:
        if not future.done():
            settle(Busy()) if take_back() else loop.call_later(_GRACE, settle, StillWorking())

    take_back = database.together_later(handle, item, tell)
    late = loop.call_later(patience, grow_late)
    try:
        answer = await future
    finally:
        late.cancel()
    if isinstance(answer, BaseException):
        raise answer
    return answer
