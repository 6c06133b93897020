"""Redis is stopped in the middle of the day: everybody is still answered, hardly later (R13)."""

import os
import signal
import threading
from pathlib import Path

import pytest

from tests.faults.town import Citizen, Town, ask, town
from tests.services_here import RedisServer, postgres

pytestmark = pytest.mark.faults


def test_a_stopped_redis_adds_at_most_three_tenths_of_a_second(tmp_path: Path) -> None:
    store = RedisServer()
    try:
        with town(postgres().create(), store.url, tmp_path / "serve.log") as here:
            before = p99(write(here, "before"))
            os.kill(store.process.pid, signal.SIGSTOP)
            during = p99(write(here, "during"))
            code = here.bureau.codes[3]
            assert ask(here.base, "GET", f"/p/{code}")[0] == 200
            assert ask(here.base, "GET", "/readyz")[0] == 503
            os.kill(store.process.pid, signal.SIGCONT)
            print(f"p99 before {before:.3f} s, during {during:.3f} s")
            assert during <= before + 0.3
            assert here.sql("SELECT count(*) FROM ratings") == [(800,)]
    finally:
        os.kill(store.process.pid, signal.SIGCONT)
        store.stop()


def write(here: Town, name: str) -> list[float]:
    citizens = [Citizen(here, f"{name}{n}") for n in range(4)]
    threads = [threading.Thread(target=citizen.write, args=(100,)) for citizen in citizens]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert [strange for citizen in citizens for strange in citizen.strange] == []
    assert sum(citizen.hung for citizen in citizens) == 0
    return [span for citizen in citizens for span in citizen.spans]


def p99(spans: list[float]) -> float:
    return sorted(spans)[int(len(spans) * 0.99)]
