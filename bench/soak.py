"""It lives long: load and faults for hours, and what grows meanwhile (R41). `python -m bench.soak [--hours 8] [--rate 20]`

The time is cut into eight parts; the first is for warming up. Three faults come in each: Redis asleep, PostgreSQL started anew, PostgreSQL
asleep. Memory may grow by a tenth after the first part; connections, files and threads not at all; the 99th percentile of the last part may be
1.2 times that of the first, outside the faults. A short run proves little of memory: `--hours 0.2` shows that all of it works.
"""

import argparse
import http.client
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from bench import messages
from bench.ours import environment, found_in
from bench.servers import ROOT, Server, free_port, memory_of, running, stop, surroundings
from bench.stored import Stored
from tests.services_here import Postgres, RedisServer

PARTS, HANDS, ASLEEP = 8, 24, 10.0
GROWTH, SLOWER = 1.10, 1.2
FAULTS = ("Redis asleep", "PostgreSQL started anew", "PostgreSQL asleep")
_CROWD = 200
_AFTER = 6.0
"""Seconds after a fault in which somebody may still have waited for its end."""
_EVERY = 5.0
"""Seconds between two looks at the processes."""


@dataclass
class Machine:
    """Everything that runs: the services under it may be harmed, the processes above are looked at."""

    postgres: Postgres
    redis: RedisServer
    server: Server
    clock: "subprocess.Popen[bytes]"
    url: str

    def processes(self) -> list[int]:
        return [*self.server.workers(), self.clock.pid]


@dataclass(frozen=True)
class Look:
    """What the processes hold at a moment, all together; connections as PostgreSQL counts them."""

    at: float
    memory: float
    files: int
    threads: int
    connections: int


@dataclass
class Part:
    """One eighth of the time."""

    looks: list[Look] = field(default_factory=list)
    spans: list[float] = field(default_factory=list)

    def most(self, what: str) -> float:
        """The usual height: the median of the looks, for a fault moves a few of them."""
        found = sorted(getattr(look, what) for look in self.looks)
        return float(found[len(found) // 2]) if found else 0.0

    @property
    def p99(self) -> float:
        return sorted(self.spans)[int(len(self.spans) * 0.99)] if self.spans else 0.0


@dataclass
class Callers:
    """Requests at an even pace, each measured from the moment it was due; a message is repeated as WeChat repeats it."""

    base: tuple[str, int]
    codes: list[str]
    numbers: list[int]
    rate: float
    part: Callable[[], Part]
    harmed: threading.Event = field(default_factory=threading.Event)
    came: Counter[str] = field(default_factory=Counter)
    acknowledged: int = 0
    guard: threading.Lock = field(default_factory=threading.Lock)

    def crowd(self) -> None:
        """Everybody at once, a few times: pools of threads and connections fill when they are needed, and then stay as they are."""
        paths = [f"/windows/{number}" for number in self.numbers] + ["/api/v1/pledges", "/board?q=zj", "/screen"]
        for _ in range(5):
            threads = [threading.Thread(target=self._ask, args=(random.choice(paths), b"")) for _ in range(_CROWD)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()

    def run(self, seconds: float) -> list[threading.Thread]:
        began, turns = time.monotonic(), iter(range(int(seconds * self.rate)))

        def hand() -> None:
            chance = random.Random(threading.get_ident())
            while True:
                with self.guard:
                    turn = next(turns, None)
                if turn is None:
                    return
                due = began + turn / self.rate
                time.sleep(max(0.0, due - time.monotonic()))
                self._one(due, chance)

        threads = [threading.Thread(target=hand, daemon=True) for _ in range(HANDS)]
        for thread in threads:
            thread.start()
        return threads

    def _one(self, due: float, chance: random.Random) -> None:
        code, number = chance.choice(self.codes), chance.choice(self.numbers)
        rates = chance.random() < 0.5
        path = chance.choice([f"/p/{code}", f"/api/v1/posts/{code}", f"/windows/{number}", "/board", "/api/v1/pledges"])
        raw = messages.ratings(1, [number], sealed=True)[0] if rates else b""
        calm = not self.harmed.is_set()
        for _ in range(3 if rates else 1):
            status = self._ask(path, raw)
            if status == "200":
                break
            time.sleep(0.2)
        calm = calm and not self.harmed.is_set()
        with self.guard:
            self.came[status if calm or status == "200" else f"{status} in a fault"] += 1
            self.acknowledged += rates and status == "200"
            if calm:
                self.part().spans.append(time.monotonic() - due)

    def _ask(self, path: str, raw: bytes) -> str:
        head, _, body = raw.partition(b"\r\n\r\n")
        target = head.split(b" ")[1].decode() if raw else path
        line = http.client.HTTPConnection(*self.base, timeout=5)
        try:
            line.request("POST" if raw else "GET", target, body or None, {"Content-Type": "text/xml"} if raw else {})
            answer = line.getresponse()
            said = answer.read()
            later = answer.status == 503 and answer.headers["Retry-After"]
            sealed_refusal = raw and answer.status == 200 and not said.startswith(b"<xml>")
            return "no rating" if sealed_refusal else "later" if later else str(answer.status)
        except (OSError, http.client.HTTPException) as error:
            return type(error).__name__
        finally:
            line.close()


@contextmanager
def machine() -> Iterator[Machine]:
    """Service with two workers and a clock, on a PostgreSQL and a Redis of their own."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="ln-soak-")))
        postgres, redis = Postgres(durable=True), RedisServer()
        stack.callback(postgres.stop)
        stack.callback(redis.stop)
        url, port = postgres.create(), free_port()
        settings = environment(
            url, port, "postgresql", REDIS__URL=redis.url, CLOCK__JOURNAL=str(folder / "clock"), FILES__FOLDER=str(folder / "files")
        )
        found_in(settings)
        log = stack.enter_context((folder / "clock.log").open("wb"))
        clock = subprocess.Popen([sys.executable, "manage.py", "clock"], cwd=ROOT, env=surroundings(settings), stdout=log, stderr=log)
        stack.callback(stop, clock)
        server = stack.enter_context(running("soaked", [sys.executable, "manage.py", "serve"], port, settings, "/healthz"))
        yield Machine(postgres, redis, server, clock, url)


def looked(here: Machine, began: float) -> Look:
    processes = here.processes()
    threads = sum(int(line.split()[1]) for pid in processes for line in _status(pid) if line.startswith("Threads:"))
    files = sum(len(os.listdir(f"/proc/{pid}/fd")) for pid in processes)
    with psycopg.connect(here.postgres.admin, connect_timeout=2) as connection:
        query = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s"
        [(connections,)] = connection.execute(query, (here.url.rpartition("/")[2],)).fetchall()
    return Look(time.monotonic() - began, sum(map(memory_of, processes)), files, threads, connections)


def _status(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/status").read_text().splitlines()


def harm(here: Machine, kind: str, asleep_for: float) -> None:
    """One fault, and its end."""
    if kind == "PostgreSQL started anew":
        assert here.postgres.process is not None
        here.postgres.process.send_signal(signal.SIGQUIT)
        here.postgres.process.wait(20)
        here.postgres.start()
        return
    first = here.redis.process if kind == "Redis asleep" else here.postgres.process
    assert first is not None
    asleep = [first.pid, *map(int, Path(f"/proc/{first.pid}/task/{first.pid}/children").read_text().split())]
    for number in (signal.SIGSTOP, signal.SIGCONT):
        for pid in asleep:
            with suppress(ProcessLookupError):
                os.kill(pid, number)
        time.sleep(asleep_for if number == signal.SIGSTOP else 0)


def soak(here: Machine, seconds: float, rate: float) -> tuple[list[Part], Callers]:
    """Load all the while, a look every five seconds, three faults in each part."""
    parts, length = [Part() for _ in range(PARTS)], seconds / PARTS

    def now() -> int:
        return min(PARTS - 1, int((time.monotonic() - began) / length))

    with Stored.at(here.url) as stored:
        codes, numbers = stored.codes(), stored.windows()
    callers = Callers(("127.0.0.1", here.server.port), codes, numbers, rate, lambda: parts[now()])
    callers.crowd()
    began = time.monotonic()
    threads, faults = callers.run(seconds), 0
    while any(thread.is_alive() for thread in threads):
        if time.monotonic() - began > (faults + 0.5) * length / len(FAULTS):
            kind, faults = FAULTS[faults % len(FAULTS)], faults + 1
            callers.harmed.set()
            harm(here, kind, min(ASLEEP, length / 15))
            threading.Timer(min(_AFTER, length / 15), callers.harmed.clear).start()
            print(f"{time.monotonic() - began:7.0f} s  {kind}", flush=True)
        with suppress(OSError, psycopg.OperationalError):
            parts[now()].looks.append(looked(here, began))
        time.sleep(min(_EVERY, length / 20))
    return parts, callers


def judged(here: Machine, parts: list[Part], callers: Callers) -> list[str]:
    """What was not held, each a sentence."""
    faults = []
    for what in ("memory", "files", "threads", "connections"):
        allowed = parts[1].most(what) * (GROWTH if what == "memory" else 1)
        if parts[-1].most(what) > allowed:
            faults.append(f"{what}: {parts[-1].most(what):.0f} at the end, {parts[1].most(what):.0f} after the first part")
    if parts[-1].p99 > SLOWER * parts[0].p99:
        faults.append(f"p99: {parts[-1].p99 * 1e3:.0f} ms at the end, {parts[0].p99 * 1e3:.0f} ms in the first part")
    fair = ("200", "later in a fault", "TimeoutError in a fault")
    strange = {kind: n for kind, n in callers.came.items() if kind not in fair}
    with Stored.at(here.url) as stored:
        counts = stored.counts()
    if strange or not callers.acknowledged <= counts["ratings"] == counts["tallied"]:
        faults.append(f"answers {strange}, acknowledged {callers.acknowledged}, stored {counts}")
    return faults


def main(hours: float, rate: float) -> int:
    with machine() as here:
        parts, callers = soak(here, hours * 3600, rate)
        print("part  requests  p99 ms  memory MiB  files  threads  connections")
        for n, part in enumerate(parts, 1):
            heights = (part.most("memory"), part.most("files"), part.most("threads"), part.most("connections"))
            print(f"{n:4}  {len(part.spans):8}  {part.p99 * 1e3:6.0f}  {heights[0]:10.1f}  {heights[1]:5.0f}  {heights[2]:7.0f}  {heights[3]:11.0f}")
        print(f"answers {dict(callers.came)}, acknowledged {callers.acknowledged}")
        faults = judged(here, parts, callers)
    print("\n".join(faults) or "held")
    return len(faults)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m bench.soak", description=__doc__.splitlines()[0])
    parser.add_argument("--hours", type=float, default=8)
    parser.add_argument("--rate", type=float, default=20)
    given = parser.parse_args()
    sys.exit(main(given.hours, given.rate))
