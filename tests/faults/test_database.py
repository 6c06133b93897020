"""PostgreSQL falls over and gets up again, or sleeps: whoever was answered is counted, the rest are told to come back (R14)."""

import contextlib
import http.client
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.faults.town import Citizen, Town, town
from tests.services_here import Postgres, redis_server

pytestmark = pytest.mark.faults
RESTARTS, ASLEEP, AGAIN = 10, 20, 5.0


@dataclass
class Reader:
    """Looks at a page again and again; what it was told other than the page or “later”."""

    town: Town
    path: str
    strange: list[str] = field(default_factory=list)
    seen: dict[int, int] = field(default_factory=dict)

    def look(self) -> None:
        where = urlsplit(self.town.base)
        connection = http.client.HTTPConnection(where.hostname or "", where.port, timeout=15)
        try:
            connection.request("GET", self.path)
            answer = connection.getresponse()
            answer.read()
        finally:
            connection.close()
        self.seen[answer.status] = self.seen.get(answer.status, 0) + 1
        if answer.status != 200 and not (answer.status == 503 and answer.headers["Retry-After"]):
            self.strange.append(f"{self.path}: {answer.status}, Retry-After {answer.headers['Retry-After']}")

    def read_on(self, done: threading.Event) -> None:
        while not done.is_set():
            try:
                self.look()
            except OSError as error:
                self.strange.append(f"{self.path}: {type(error).__name__}")
            time.sleep(0.02)


@contextlib.contextmanager
def under_load(here: Town) -> Iterator[tuple[list[Citizen], list[Reader]]]:
    """Citizens who write and people who read, all the while; joined at the end."""
    citizens = [Citizen(here, f"c{n}", tries=500) for n in range(4)]
    code = here.bureau.codes[3]
    readers = [Reader(here, path) for path in (f"/p/{code}", f"/api/v1/posts/{code}", "/board", "/windows/3")]
    done = threading.Event()
    threads = [threading.Thread(target=citizen.write, args=(100_000, done)) for citizen in citizens]
    threads += [threading.Thread(target=reader.read_on, args=(done,)) for reader in readers]
    for thread in threads:
        thread.start()
    try:
        yield citizens, readers
    finally:
        done.set()
        for thread in threads:
            thread.join(60)


@pytest.fixture
def server() -> Iterator[Postgres]:
    """One of our own, to be harmed."""
    started = Postgres(durable=True)
    yield started
    started.stop()


def family(process: "subprocess.Popen[bytes] | None") -> list[int]:
    """PostgreSQL's first process and its children."""
    assert process is not None
    children = subprocess.run(["ps", "-o", "pid=", "--ppid", str(process.pid)], capture_output=True, text=True, check=True).stdout
    return [process.pid, *map(int, children.split())]


def tell(family: list[int], number: signal.Signals) -> None:
    """All that are still there: its vacuum's workers come and go."""
    for pid in family:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)


def until_good(here: Town) -> float:
    """Seconds until a new rating is counted."""
    began = time.monotonic()
    one = Citizen(here, f"after{began}", tries=1)
    for n in range(1_000):
        one.one(f"{one.name}n{n}", "满意")
        if one.acknowledged:
            return time.monotonic() - began
    raise AssertionError("it never came back")


def check(here: Town, citizens: list[Citizen], readers: list[Reader], least: int) -> None:
    """Whoever was answered is there, once; nobody was told anything but the page, or when to come back."""
    assert [strange for one in (*citizens, *readers) for strange in one.strange] == []
    assert [citizen.hung for citizen in citizens] == [0] * len(citizens), "everybody is answered before WeChat hangs up"
    (rows,) = here.sql("SELECT count(*), count(DISTINCT event) FROM ratings")
    acknowledged = sum(len(citizen.acknowledged) for citizen in citizens)
    assert acknowledged >= least
    assert rows[0] == rows[1] >= acknowledged
    assert here.sql("SELECT sum(n) FROM tallies") == [(rows[0],)]
    assert sum(reader.seen.get(200, 0) for reader in readers) > 0


def harmed(server: Postgres, log: Path, harm: Callable[[Town], list[float]], least: int) -> list[float]:
    with town(server.create(), redis_server().url, log) as here:
        before = here.workers()
        with under_load(here) as (citizens, readers):
            spans = harm(here)
            print("spans", spans, time.monotonic())
        print("joined", time.monotonic(), [r.seen for r in readers], [len(c.acknowledged) for c in citizens])
        check(here, citizens, readers, least)
        assert here.workers() == before, "no worker died of it"
        return spans


def test_ten_immediate_restarts_lose_nothing(server: Postgres, tmp_path: Path) -> None:
    def harm(here: Town) -> list[float]:
        spans = []
        for _ in range(RESTARTS):
            time.sleep(0.5)
            assert server.process is not None
            server.process.send_signal(signal.SIGQUIT)
            server.process.wait(10)
            server.start()
            spans.append(until_good(here))
        return spans

    assert max(harmed(server, tmp_path / "serve.log", harm, least=50)) <= AGAIN


def test_a_database_that_sleeps_for_twenty_seconds_keeps_nobody_waiting_for_ever(server: Postgres, tmp_path: Path) -> None:
    def harm(here: Town) -> list[float]:
        time.sleep(1)
        asleep = family(server.process)
        tell(asleep, signal.SIGSTOP)
        try:
            time.sleep(ASLEEP)
        finally:
            tell(asleep, signal.SIGCONT)
        return [until_good(here)]

    assert max(harmed(server, tmp_path / "serve.log", harm, least=20)) <= AGAIN
