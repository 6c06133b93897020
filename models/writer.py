"""Group commit: whoever waits for the disk takes along all that wait beside it (performance.md, point 2).

Two ways in. A thread hands in its deed and waits: if nobody is committing it becomes the leader, takes every deed that has
gathered, does them in one transaction, commits once and wakes their owners; alone it pays no thread switch. An event loop
hands in its deed and goes on: one thread of the writer's own leads for it, and tells it the answer.
"""

import time
from collections import deque
from collections.abc import Callable, Sequence
from queue import SimpleQueue
from threading import Event, Lock, Thread
from typing import Any

from domain.errors import Busy, StillWorking

Handle = Callable[[Any, Sequence[Any]], Sequence[Any]]
Work = Sequence[tuple[Handle, list[Any]]]
MOST = 64
"""Deeds in one transaction: more would keep the first of them waiting for little gain."""
_FEW = 4
"""So few at a time gain nothing by waiting for each other."""
_GRACE = 1.0
"""Seconds that a deed which was begun may take beyond its owner's patience."""


class Slot:
    """One deed and its owner's place in the queue. `tell` is set when the owner does not wait in a thread."""

    __slots__ = ("answer", "done", "handle", "item", "leads", "taken", "tell", "woken")

    def __init__(self, handle: Handle, item: Any, tell: Callable[[Any], None] | None = None) -> None:
        self.handle, self.item, self.tell = handle, item, tell
        self.answer: Any = None
        self.done = self.leads = self.taken = False
        self.woken = Lock()
        self.woken.acquire()

    def finish(self) -> None:
        self.done = True
        if self.tell is None:
            self.woken.release()
        else:
            self.tell(self.answer)


class Writer:
    """`commit` does a list of (handle, items) in one durable transaction and returns the answers in the same shape."""

    def __init__(self, commit: Callable[[Work], list[list[Any]]], grace: float = _GRACE) -> None:
        self._commit, self._grace = commit, grace
        self._waiting: deque[Slot] = deque()
        self._guard = Lock()
        self._busy = False
        self._crowd, self._took = 0, 0.0
        self._crowded = Event()
        self._calls: SimpleQueue[bool] = SimpleQueue()
        self._own_thread: Thread | None = None

    def __len__(self) -> int:
        """Deeds that wait: what /metrics shows."""
        return len(self._waiting)

    def submit(self, handle: Handle, item: Any, patience: float) -> Any:
        """The answer for `item`; raises what stands in its place, `Busy` when its turn did not come in `patience` s (nothing was
        done), or `StillWorking` when it was begun and the disk does not answer (it may yet be done).
        """
        slot = Slot(handle, item)
        leads = self._enter(slot)
        if not leads:
            self._wait(slot, patience)
            leads = slot.leads
        if leads and not slot.done and self._lead():
            self._call()
        if isinstance(slot.answer, BaseException):
            raise slot.answer
        return slot.answer

    def submit_later(self, handle: Handle, item: Any, tell: Callable[[Any], None]) -> Slot:
        """Take the deed and return at once; `tell` gets the answer, or the exception in its place, in the writer's thread."""
        slot = Slot(handle, item, tell)
        if self._enter(slot):
            self._call()
        return slot

    def withdraw(self, slot: Slot) -> bool:
        """Whether the deed could still be taken back, not yet begun."""
        with self._guard:
            if slot.taken or slot.leads:
                return False
            self._waiting.remove(slot)
            return True

    def _enter(self, slot: Slot) -> bool:
        """Queue up; whether this one must lead."""
        with self._guard:
            self._waiting.append(slot)
            leads = not self._busy
            self._busy = True
            if len(self._waiting) == self._crowd:
                self._crowded.set()
        return leads

    def _wait(self, slot: Slot, patience: float) -> None:
        if slot.woken.acquire(timeout=patience):
            return
        if self.withdraw(slot):
            raise Busy()
        if not slot.woken.acquire(timeout=self._grace):
            raise StillWorking()

    def close(self) -> None:
        """Let the writer's own thread go. A deed may still be handed in by threads that wait for it themselves."""
        self._calls.put(False)

    def _call(self) -> None:
        """Let the writer's own thread lead: a plain queue wakes it 25 µs sooner than an executor."""
        if self._own_thread is None:
            self._own_thread = Thread(target=self._lead_when_called, name="writer", daemon=True)
            self._own_thread.start()
        self._calls.put(True)

    def _lead_when_called(self) -> None:
        while self._calls.get():
            self._gather()
            while self._lead():
                self._gather()

    def _gather(self) -> None:
        """Wait for the crowd of the last commit, at most half as long as that took: those it answered come again at once, and one
        commit of all costs less than two of halves (1.3 times the ratings a second with 32 at a time). Few never wait.
        """
        if self._crowd > _FEW:
            self._crowded.clear()
            if len(self._waiting) < self._crowd:
                self._crowded.wait(self._took / 2)

    def _lead(self) -> bool:
        """Do one batch and hand on the lead; whether the next in line has no thread to lead with."""
        with self._guard:
            batch = [self._waiting.popleft() for _ in range(min(MOST, len(self._waiting)))]
            for slot in batch:
                slot.taken = True
        began = time.monotonic()
        try:
            self._do(batch)
        finally:
            with self._guard:
                self._took = time.monotonic() - began
                self._crowd = min(MOST, (len(batch) + len(self._waiting)) * 3 // 4)
                following = self._waiting[0] if self._waiting else None
                self._busy = following is not None
                if following is not None and following.tell is None:
                    following.leads = True
            if following is not None and following.leads:
                following.woken.release()
            for slot in batch:
                slot.finish()
        return following is not None and not following.leads

    def _do(self, batch: list[Slot]) -> None:
        """All in one transaction; if that fails, each alone, so that one bad deed spoils no other."""
        try:
            self._commit_of(batch)
        except Exception as error:
            if len(batch) == 1 and not _worth_repeating(error):
                batch[0].answer = error
                return
            for slot in batch:
                self._alone(slot)

    def _alone(self, slot: Slot) -> None:
        for pause in (0.0, 0.01, 0.05, None):
            try:
                self._commit_of([slot])
                return
            except Exception as error:
                slot.answer = error
                if pause is None or not _worth_repeating(error):
                    return
                time.sleep(pause)

    def _commit_of(self, batch: list[Slot]) -> None:
        if len(batch) == 1:
            ((batch[0].answer,),) = self._commit([(batch[0].handle, [batch[0].item])])
            return
        groups: dict[Handle, list[Slot]] = {}
        for slot in batch:
            groups.setdefault(slot.handle, []).append(slot)
        answers = self._commit([(handle, [slot.item for slot in slots]) for handle, slots in groups.items()])
        for slots, given in zip(groups.values(), answers, strict=True):
            for slot, answer in zip(slots, given, strict=True):
                slot.answer = answer


def _worth_repeating(error: Exception) -> bool:
    """A unique row, a deadlock or a busy file: the race was lost, a second try sees the winner's row."""
    return type(error).__name__ in {"IntegrityError", "OperationalError", "StaleDataError"}
