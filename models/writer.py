"""Group commit: whoever waits for the disk takes along all that wait beside it (performance.md, point 2).

There is no writer thread. A request hands in its deed; if nobody is committing it becomes the leader, takes every deed
that has gathered, does them in one transaction, commits once and wakes their owners; else it waits to be woken, done or
as the next leader. One message alone pays no thread switch; thirty-two at once pay one commit.
"""

import time
from collections import deque
from collections.abc import Callable, Sequence
from threading import Lock
from typing import Any

from domain.errors import Busy, StillWorking

Handle = Callable[[Any, Sequence[Any]], Sequence[Any]]
Work = Sequence[tuple[Handle, list[Any]]]
MOST = 64
"""Deeds in one transaction: more would keep the first of them waiting for little gain."""


class _Slot:
    """One deed and its owner's place in the queue."""

    __slots__ = ("answer", "done", "handle", "item", "leads", "taken", "woken")

    def __init__(self, handle: Handle, item: Any) -> None:
        self.handle, self.item = handle, item
        self.answer: Any = None
        self.done = self.leads = self.taken = False
        self.woken = Lock()
        self.woken.acquire()


class Writer:
    """`commit` does a list of (handle, items) in one durable transaction and returns the answers in the same shape."""

    def __init__(self, commit: Callable[[Work], list[list[Any]]]) -> None:
        self._commit = commit
        self._waiting: deque[_Slot] = deque()
        self._guard = Lock()
        self._busy = False

    def __len__(self) -> int:
        """Deeds that wait for their turn."""
        return len(self._waiting)

    def submit(self, handle: Handle, item: Any, patience: float) -> Any:
        """The answer for `item`; raises what stands in its place, `Busy` when its turn did not come in `patience` s (nothing was
        done), or `StillWorking` when it was begun and the disk does not answer (it may yet be done).
        """
        slot = _Slot(handle, item)
        with self._guard:
            self._waiting.append(slot)
            leads = not self._busy
            self._busy = True
        if not leads:
            self._wait(slot, patience)
            leads = slot.leads
        if leads and not slot.done:
            self._lead()
        if isinstance(slot.answer, BaseException):
            raise slot.answer
        return slot.answer

    def _wait(self, slot: _Slot, patience: float) -> None:
        if slot.woken.acquire(timeout=patience):
            return
        with self._guard:
            if slot.taken or slot.leads:
                started = True
            else:
                self._waiting.remove(slot)
                started = False
        if not started:
            raise Busy()
        if not slot.woken.acquire(timeout=max(0.5, 4.5 - patience)):
            raise StillWorking()

    def _lead(self) -> None:
        """Do one batch, then hand the lead to the first that still waits."""
        with self._guard:
            batch = [self._waiting.popleft() for _ in range(min(MOST, len(self._waiting)))]
            for slot in batch:
                slot.taken = True
        try:
            self._do(batch)
        finally:
            with self._guard:
                following = self._waiting[0] if self._waiting else None
                self._busy = following is not None
                if following is not None:
                    following.leads = True
            if following is not None:
                following.woken.release()
            for slot in batch:
                slot.done = True
                slot.woken.release()

    def _do(self, batch: list[_Slot]) -> None:
        """All in one transaction; if that fails, each alone, so that one bad deed spoils no other."""
        try:
            self._commit_of(batch)
        except Exception as error:
            if len(batch) == 1 and not _worth_repeating(error):
                batch[0].answer = error
                return
            for slot in batch:
                self._alone(slot)

    def _alone(self, slot: _Slot) -> None:
        for pause in (0.0, 0.01, 0.05, None):
            try:
                self._commit_of([slot])
                return
            except Exception as error:
                slot.answer = error
                if pause is None or not _worth_repeating(error):
                    return
                time.sleep(pause)

    def _commit_of(self, batch: list[_Slot]) -> None:
        groups: dict[Handle, list[_Slot]] = {}
        for slot in batch:
            groups.setdefault(slot.handle, []).append(slot)
        answers = self._commit([(handle, [slot.item for slot in slots]) for handle, slots in groups.items()])
        for slots, given in zip(groups.values(), answers, strict=True):
            for slot, answer in zip(slots, given, strict=True):
                slot.answer = answer


def _worth_repeating(error: Exception) -> bool:
    """A unique row, a deadlock or a busy file: the race was lost, a second try sees the winner's row."""
    return type(error).__name__ in {"IntegrityError", "OperationalError", "StaleDataError"}
