"""Cold starts on an empty database, and stops, restarts and hand-overs in the middle of the day (R40).

A caller whose connection is closed before the first byte of an answer calls again, as WeChat, a proxy and a browser do: it was let go
unheard. Whoever was heard is answered. STARTS=50 starts as often as the promise says.
"""

import contextlib
import http.client
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest

import app
from operations.schema import migrate
from services import figures, steps
from tests.conftest import settings_for
from tests.faults.town import ROOT, Citizen, Town, ask, end, environment_for, town
from tests.services_here import free_port, postgres, redis_server

pytestmark = pytest.mark.faults
STARTS = int(os.environ.get("STARTS", "3"))
_LOUD = (b"Traceback", b'"level":"error"', b"[ERROR]")


def begin(command: str, environment: dict[str, str], log: Path, home: Path = ROOT) -> "subprocess.Popen[bytes]":
    with log.open("ab") as out:
        return subprocess.Popen([sys.executable, "manage.py", command], cwd=home, env=environment, stdout=out, stderr=out)


def wait_until(there: Callable[[], bool], patience: float = 40) -> None:
    ends = time.monotonic() + patience
    while time.monotonic() < ends:
        with contextlib.suppress(OSError, http.client.HTTPException):
            if there():
                return
        time.sleep(0.05)
    raise AssertionError("it did not start")


@pytest.mark.parametrize("attempt", range(STARTS))
def test_four_workers_and_two_clocks_start_at_once_on_an_empty_database(attempt: int, tmp_path: Path) -> None:
    url, port, log = postgres().create(), free_port(), tmp_path / "all.log"
    environment = environment_for(url, redis_server().url, port, workers=4) | {"LIANGNUO_CLOCK__JOURNAL": str(tmp_path / "clock")}
    started = [begin(command, environment, log) for command in ("clock", "serve", "clock")]
    try:
        base = f"http://127.0.0.1:{port}"
        wait_until(lambda: all(ask(base, "GET", "/readyz")[0] == 200 for _ in range(8)))
        wait_until(lambda: b"on duty" in log.read_bytes() and b"standing by" in log.read_bytes())
        for process in started:
            process.send_signal(signal.SIGTERM)
        assert [process.wait(40) for process in started] == [0, 0, 0]
    finally:
        for process in started:
            end(process)
    assert [line for line in log.read_bytes().splitlines() if any(word in line for word in _LOUD)] == []


@dataclass
class Visitor:
    """Opens a page again and again, each time by a line of its own; what came of it."""

    town: Town
    path: str
    came: Counter[str] = field(default_factory=Counter)

    def visit(self, done: threading.Event) -> None:
        while not done.is_set():
            self.came[self._one()] += 1
            time.sleep(0.01)

    def _one(self) -> str:
        where = urlsplit(self.town.base)
        line = http.client.HTTPConnection(where.hostname or "", where.port, timeout=15)
        try:
            line.connect()
        except OSError:
            return "nobody there"
        try:
            line.request("GET", self.path)
            answer = line.getresponse()
            answer.read()
            return str(answer.status)
        except ConnectionError:
            return "let go unheard"
        except (OSError, http.client.HTTPException) as error:
            return type(error).__name__
        finally:
            line.close()


@contextlib.contextmanager
def busy(here: Town) -> Iterator[tuple[list[Citizen], Counter[str]]]:
    """Citizens who write and visitors who look, all the while; joined and summed up at the end."""
    code = here.bureau.codes[3]
    citizens = [Citizen(here, f"c{n}", tries=400) for n in range(4)]
    visitors = [Visitor(here, path) for path in (f"/p/{code}", f"/api/v1/posts/{code}", "/board", "/windows/3")]
    done, came = threading.Event(), Counter[str]()
    threads = [threading.Thread(target=citizen.write, args=(100_000, done)) for citizen in citizens]
    threads += [threading.Thread(target=visitor.visit, args=(done,)) for visitor in visitors]
    for thread in threads:
        thread.start()
    try:
        time.sleep(1)
        yield citizens, came
        time.sleep(1)
    finally:
        done.set()
        for thread in threads:
            thread.join(60)
        for visitor in visitors:
            came.update(visitor.came)


def check(here: Town, citizens: list[Citizen]) -> None:
    """Every acknowledged rating stands once, and all that belongs to it."""
    acknowledged = sum(len(citizen.acknowledged) for citizen in citizens)
    assert [strange for citizen in citizens for strange in citizen.strange] == []
    (rows,) = here.sql("SELECT count(*), count(DISTINCT event) FROM ratings")
    assert rows[0] == rows[1] == acknowledged > 100
    with here.house.database.reading() as db:
        assert figures.differences(db, here.house.now()) == 0
        assert steps.verify(db, here.house.pseudonyms.steps_key).sound


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Town]:
    with town(postgres().create(), redis_server().url, tmp_path / "serve.log") as started:
        yield started


def test_who_is_heard_when_it_stops_is_answered_and_after_the_start_all_are(here: Town) -> None:
    with busy(here) as (citizens, came):
        began = time.monotonic()
        here.process.send_signal(signal.SIGTERM)
        assert here.process.wait(40) == 0
        stopped = time.monotonic() - began
        second = here.another()
    end(second)
    print(f"stopped in {stopped:.2f} s", dict(came))
    assert set(came) <= {"200", "nobody there", "let go unheard"}
    assert came["let go unheard"] <= len(citizens)
    assert stopped < 5
    check(here, citizens)


def test_workers_are_changed_one_by_one_and_nobody_finds_the_door_closed(here: Town) -> None:
    before = here.workers()
    with busy(here) as (citizens, came):
        here.process.send_signal(signal.SIGHUP)
        wait_until(lambda: len(now := here.workers()) == len(before) and not set(now) & set(before))
    print(dict(came))
    assert set(came) <= {"200", "let go unheard"}
    assert came["let go unheard"] <= 1
    check(here, citizens)


def test_a_second_service_takes_over_the_port_and_nobody_finds_the_door_closed(here: Town) -> None:
    with busy(here) as (citizens, came):
        second = here.another()
        here.process.send_signal(signal.SIGTERM)
        assert here.process.wait(40) == 0
    end(second)
    print(dict(came))
    assert set(came) <= {"200", "let go unheard"}
    assert came["let go unheard"] <= 1
    check(here, citizens)


def installed(folder: Path) -> Path:
    """An installation with a config.yaml of its own, otherwise this one."""
    folder.mkdir()
    for path in ROOT.iterdir():
        if path.is_dir():
            (folder / path.name).symlink_to(path)
        else:
            shutil.copy(path, folder / path.name)
    return folder


def test_a_setting_written_wrong_does_not_end_the_service_that_runs(tmp_path: Path) -> None:
    """Today's workers stay until tomorrow's could start; then they are changed."""
    url, port, log, home = f"sqlite:///{tmp_path}/x.db", free_port(), tmp_path / "serve.log", installed(tmp_path / "home")
    house = app.build(settings_for(url))
    migrate(house)
    house.database.close()  # type: ignore[attr-defined]
    base, serve = f"http://127.0.0.1:{port}", begin("serve", environment_for(url, "", port, workers=1), log, home)

    def write(setting: str) -> None:
        (home / "config.yaml").write_text(setting, encoding="utf-8")
        serve.send_signal(signal.SIGHUP)

    try:
        wait_until(lambda: ask(base, "GET", "/readyz")[0] == 200)
        write("serve:\n  wokers: 2\n")
        wait_until(lambda: "serve.wokers：没有这一项" in log.read_text(encoding="utf-8"))
        assert ask(base, "GET", "/board")[0] == 200
        write("bureau: 清河县住房和城乡建设局\n")
        wait_until(lambda: "清河县" in ask(base, "GET", "/board")[1].decode())
    finally:
        end(serve)
