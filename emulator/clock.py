"""The emulated time: can be set, frozen, advanced and run fast; the only place of the emulator that reads a clock."""

import asyncio
import time
from collections.abc import Callable
from datetime import datetime, timedelta, timezone

SHANGHAI = timezone(timedelta(hours=8))


class Clock:
    """Seconds since the epoch, as the emulated platform sees them."""

    def __init__(self) -> None:
        self._mark = time.monotonic()
        self._base = time.time()
        self.speed = 1.0
        self._changed: asyncio.Event | None = None

    def now(self) -> float:
        return self._base + (time.monotonic() - self._mark) * self.speed

    def set(self, now: float | None = None, speed: float | None = None) -> None:
        """Jump to `now` (epoch seconds) and/or run `speed` times as fast; 0 freezes."""
        self._base = self.now() if now is None else now
        self._mark = time.monotonic()
        self.speed = self.speed if speed is None else speed
        if self._changed is not None:
            self._changed.set()
        self._changed = None

    def day(self) -> str:
        """The day quotas are counted by: Beijing time."""
        return datetime.fromtimestamp(self.now(), SHANGHAI).strftime("%Y-%m-%d")

    async def until(self, moment: float) -> None:
        """Sleep until the emulated time reaches `moment`; wakes when the clock is set."""
        while (left := moment - self.now()) > 0:
            if self._changed is None:
                self._changed = asyncio.Event()
            wait = min(left / self.speed, 3600.0) if self.speed > 0 else 3600.0
            try:
                await asyncio.wait_for(self._changed.wait(), wait)
            except TimeoutError:
                continue

    def text(self, moment: float) -> str:
        return datetime.fromtimestamp(moment, SHANGHAI).strftime("%Y-%m-%d %H:%M:%S")


def stopwatch() -> Callable[[], float]:
    """Returns a function giving the real milliseconds since now."""
    start = time.perf_counter()
    return lambda: round((time.perf_counter() - start) * 1000, 2)


def real_epoch() -> int:
    """Real seconds, for running numbers that must not repeat over restarts."""
    return int(time.time())
