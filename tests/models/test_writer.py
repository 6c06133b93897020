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
    writer = Writer(disk.commit, grace=0.2)
    first = threading.Thread(target=lambda: writer.submit(slow, 0.3, 5))
    third = threading.Thread(target=lambda: writer.submit(slow, 1.0, 5))
    first.start()
    time.sleep(0.1)
    third.start()
    time.sleep(0.1)
    with pytest.raises(StillWorking):
        writer.submit(slow, 1.0, 0.4)
    for thread in (first, third):
        thread.join(5)


def slow(_db: Any, items: Sequence[float]) -> list[float]:
    time.sleep(max(items))
    return list(items)


def test_an_event_loop_is_told_and_threads_beside_it_are_served() -> None:
    disk = Disk()
    disk.hold.clear()
    writer = Writer(disk.commit)
    told: list[Any] = []
    for n in range(10):
        writer.submit_later(double, n, told.append)
    threading.Timer(0.1, disk.hold.set).start()
    assert everybody(writer, [100, 200]) == [200, 400]
    for n in range(10, 20):
        writer.submit_later(double, n, told.append)
    assert writer.submit(double, 5, 5) == 10
    while len(told) < 20:
        time.sleep(0.01)
    assert sorted(told) == [2 * n for n in range(20)]


def test_a_deed_that_was_not_begun_can_be_taken_back() -> None:
    disk = Disk()
    disk.hold.clear()
    writer = Writer(disk.commit)
    told: list[Any] = []
    first = writer.submit_later(double, 1, told.append)
    time.sleep(0.1)
    second = writer.submit_later(double, 2, told.append)
    assert (writer.withdraw(first), writer.withdraw(second)) == (False, True)
    disk.hold.set()
    time.sleep(0.1)
    assert told == [2]


def slowly(commits: list[int]) -> Writer:
    """A writer whose disk takes 0.2 s."""

    def commit(work: Work) -> list[list[Any]]:
        time.sleep(0.2)
        commits.append(sum(len(items) for _, items in work))
        return [list(handle(None, items)) for handle, items in work]

    return Writer(commit)


def all_told(told: list[Any], n: int) -> None:
    ends = time.monotonic() + 5
    while len(told) < n and time.monotonic() < ends:
        time.sleep(0.005)
    assert len(told) == n


def test_a_crowd_that_comes_again_is_waited_for() -> None:
    commits: list[int] = []
    told: list[Any] = []
    writer = slowly(commits)
    for n in range(9):
        writer.submit_later(double, n, told.append)
    all_told(told, 9)
    before = len(commits)
    for n in range(9):
        writer.submit_later(double, n, told.append)
        time.sleep(0.005)
    all_told(told, 18)
    assert max(commits[before:]) >= 6


def test_one_alone_waits_for_nobody() -> None:
    commits: list[int] = []
    told: list[Any] = []
    writer = slowly(commits)
    for n in range(3):
        began = time.monotonic()
        writer.submit_later(double, n, told.append)
        all_told(told, n + 1)
        assert time.monotonic() - began < 0.29
    assert commits == [1, 1, 1]
