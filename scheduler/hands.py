"""Hands: threads that carry claimed letters, each over its own connection, while the one who claims also settles (performance.md, point 8)."""

import time
from collections import deque
from collections.abc import Callable, Iterable
from queue import Empty, SimpleQueue
from threading import Thread
from types import TracebackType

from domain.letters import Delivery
from gateways import clock
from services.letters import Claimed

_GLANCE = 0.005
Ended = tuple[Claimed, Delivery]


class Hands:
    """`work` is called for each letter in one of `n` threads; it never raises."""

    def __init__(self, n: int, work: Callable[[Claimed], Delivery]) -> None:
        self._work = work
        self._given: SimpleQueue[Claimed | None] = SimpleQueue()
        self._ended: deque[Ended] = deque()
        self._threads = [Thread(target=self._carry, daemon=True, name=f"hand-{at}") for at in range(n)]
        self.full = 0

    def __enter__(self) -> "Hands":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for _ in self._threads:
            self._given.put(None)
        for thread in self._threads:
            if thread.ident is not None:
                thread.join()

    def give(self, letters: Iterable[Claimed]) -> None:
        """Hand them out; the threads start with the first."""
        for letter in letters:
            self._given.put(letter)
            self.full += 1
        if self.full and self._threads[0].ident is None:
            for thread in self._threads:
                thread.start()

    def gather(self, at_least: int, within: float) -> list[Ended]:
        """What has ended: waits for so many, or so many seconds. Looks now and then: to be woken for each would cost more than a sending."""
        until = clock.monotonic() + within
        while len(self._ended) < at_least and clock.monotonic() < until:
            time.sleep(_GLANCE)
        ended = [self._ended.popleft() for _ in range(len(self._ended))]
        self.full -= len(ended)
        return ended

    def put_down(self) -> list[Claimed]:
        """Take back what no hand has begun with."""
        left = list[Claimed]()
        while True:
            try:
                letter = self._given.get_nowait()
            except Empty:
                self.full -= len(left)
                return left
            if letter is not None:
                left.append(letter)

    def _carry(self) -> None:
        while (letter := self._given.get()) is not None:
            self._ended.append((letter, self._work(letter)))
