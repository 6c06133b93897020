"""Deeds that wait for the disk are committed together; one that fails spoils no other; nobody waits for ever."""

import threading
import time
from collections.abc import Sequence
from typing import Any

import pytest

from domain.errors import Busy, StillWorking
from models.writer import Work, Writer


def double(_db: Any, items: Sequence[int]) -> list[int]:
    if any(item < 0 for item in items):
        raise ValueError("negative")
    return [item * 2 for item in items]


class Disk:
    """Commits work and remembers how many deeds went in each commit; `hold` keeps it busy."""

    def __init__(self) -> None:
        self.commits: list[int] = []
        self.hold = threading.Event()
        self.hold.set()

    def commit(self, work: Work) -> list[list[Any]]:
        answers = [list(handle(None, items)) for handle, items in work]
        self.hold.wait(10)
        self.commits.append(sum(len(items) for _, items in work))
        return answers


def everybody(writer: Writer, items: Sequence[int], patience: float = 5) -> list[Any]:
    answers: list[Any] = [None] * len(items)

    def one(at: int) -> None:
        try:
            answers[at] = writer.submit(double, items[at], patience)
        except Exception as error:
            answers[at] = type(error)

    threads = [threading.Thread(target=one, args=(at,)) for at in range(len(items))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(15)
    return answers


def test_one_alone_is_committed_alone() -> None:
    disk = Disk()
    assert Writer(disk.commit).submit(double, 3, 5) == 6
    assert disk.commits == [1]


def test_those_who_wait_are_taken_along() -> None:
    disk = Disk()
    disk.hold.clear()
    threading.Timer(0.3, disk.hold.set).start()
    assert everybody(Writer(disk.commit), range(1, 31)) == [2 * n for n in range(1, 31)]
    assert len(disk.commits) <= 3
    assert sum(disk.commits) == 30


def test_one_bad_deed_spoils_no_other() -> None:
    disk = Disk()
    disk.hold.clear()
    threading.Timer(0.2, disk.hold.set).start()
    assert everybody(Writer(disk.commit), [1, -1, 2, 3]) == [2, ValueError, 4, 6]


def test_who_was_not_begun_in_time_is_told_that_nothing_was_done() -> None:
    disk = Disk()
    disk.hold.clear()
    writer = Writer(disk.commit)
    first = threading.Thread(target=lambda: writer.submit(double, 1, 5))
    first.start()
    time.sleep(0.1)
    with pytest.raises(Busy):
        writer.submit(double, 2, 0.2)
    disk.hold.set()
    first.join(5)
    assert disk.commits == [1]


def test_who_was_begun_and_not_finished_is_told_so() -> None:
    disk = Disk()
    disk.hold.clear()
    writer = Writer(disk.commit)
    seen = everybody_in_turn(writer, disk)
    assert seen == [StillWorking]


def everybody_in_turn(writer: Writer, disk: Disk) -> list[Any]:
    """Two deeds: the first holds the disk; the second is begun by it when it is let go, and then the disk hangs again."""
    told: list[Any] = []
    gate = threading.Event()

    def hang(_db: Any, items: Sequence[int]) -> list[int]:
        if gate.is_set():
            time.sleep(6)
        return list(items)

    first = threading.Thread(target=lambda: writer.submit(hang, 1, 5))
    first.start()
    time.sleep(0.1)

    def second() -> None:
        try:
            writer.submit(hang, 2, 4.2)
        except Exception as error:
            told.append(type(error))

    waiting = [threading.Thread(target=lambda: writer.submit(hang, 3, 9)), threading.Thread(target=second)]
    for thread in waiting:
        thread.start()
        time.sleep(0.05)
    gate.set()
    disk.hold.set()
    waiting[1].join(8)
    for thread in (first, waiting[0]):
        thread.join(10)
    return told
