"""10,000 letters pushed, beside the best outbox written by hand; queueing 100,000. `python -m bench.push [--quick]`

Ours renders each letter, opens its sealed address, asks the ledger of consents and the quotas, keeps a journal and books what WeChat
said. Both try a “busy” (−1, one in a hundred) again after 1, 2, 4 s.
"""

import json
import os
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from bench.figures import Figure, Goal, median, table
from bench.ours import environment
from bench.servers import ROOT, free_port, running
from tests.services_here import database_urls

ROUNDS, LETTERS, MANY = 3, 10_000, 100_000
BACKENDS = ("sqlite", "postgresql")
ANSWERS = (0, 50)
_GOAL, _QUEUEING = Goal(2, 1.25, "1"), Goal(1, 0.2, "0.05")
_FOUND = """
import sys, app, settings
from sqlalchemy import insert
from models.people import Contact, Person
house, many = app.build(settings.load()), int(sys.argv[1])
openids = [f"o{n:027}" for n in range(many)]
marks = [house.pseudonyms.contact("service", openid) for openid in openids]
alike = {"account": "service", "follows": True}
with house.database.transaction() as db:
    db.execute(insert(Person), [{"id": n + 1, "name": "林知远"} for n in range(many)])
    rows = zip(marks, house.sealer.seal_all(openids), range(1, many + 1))
    db.execute(insert(Contact), [{"mark": mark, "openid_sealed": sealed, "person_id": id, **alike} for mark, sealed, id in rows])
"""
_PUSH = """
import gc, sys, time, app, settings
from scheduler.jobs.deliver import deliver
from services import letters
house = app.build(settings.load())
words = {"text": "请于2026年11月30日前提交季度小结"}
with house.database.transaction() as db:
    drafts = [letters.Draft(f"bench:{n}", "chat_answer", words, person_id=n + 1) for n in range(int(sys.argv[1]))]
    letters.write_many(db, drafts, house.now())
gc.freeze()
left, began = int(sys.argv[1]), time.perf_counter()
while left:
    if not deliver(house):
        time.sleep(0.05)
    with house.database.reading() as db:
        left = sum(n for state, n in letters.counts(db).items() if state in ("waiting", "sending"))
seconds = time.perf_counter() - began
with house.database.reading() as db:
    print(seconds, letters.counts(db).get("sent", 0))
"""
_QUEUE = """
import sys, time, app, settings
from services import letters
house = app.build(settings.load())
began = time.perf_counter()
with house.database.transaction() as db:
    letters.circulate(db, letters.Circular("bench", "chat_answer", {"text": "请查看"}), house.now())
seconds = time.perf_counter() - began
with house.database.reading() as db:
    print(seconds, letters.counts(db).get("waiting", 0))
"""


def pushed(url: str, backend: str, base: str, folder: str) -> float:
    """Seconds of ours, from the first claim to the last mark."""
    settings = _settings(url, backend, base, folder)
    _run(settings, "-c", _FOUND, str(LETTERS))
    seconds, sent = _run(settings, "-c", _PUSH, str(LETTERS)).split()
    _check(base, int(sent))
    return float(seconds)


def bare(url: str, base: str) -> float:
    """Seconds of the yardstick."""
    seconds = _run({}, "-m", "bench.push_bare", url, base, str(LETTERS))
    _check(base, LETTERS)
    return float(seconds)


def queued(url: str, backend: str, folder: str) -> float:
    """Seconds until a letter to each of 100,000 people is durable."""
    settings = _settings(url, backend, "http://127.0.0.1:9", folder)
    _run(settings, "-c", _FOUND, str(MANY))
    seconds, waiting = _run(settings, "-c", _QUEUE).split()
    if int(waiting) != MANY:
        raise SystemExit(f"{MANY} letters queued, but stored {waiting}")
    return float(seconds)


def _settings(url: str, backend: str, base: str, folder: str) -> dict[str, str]:
    templates = json.dumps({"chat_answer": "TM1"})
    more = {
        "WECHAT__API_BASE": base,
        "WECHAT__TEMPLATES": templates,
        "CLOCK__PACE": "0",
        "CLOCK__JOURNAL": folder,
    }
    settings = environment(url, free_port(), backend, **more)
    subprocess.run([sys.executable, "manage.py", "migrate"], cwd=ROOT, env={**os.environ, **settings}, check=True, capture_output=True)
    return settings


def _run(settings: dict[str, str], *command: str) -> str:
    done = subprocess.run([sys.executable, *command], cwd=ROOT, env={**os.environ, **settings}, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{command[:2]} failed:\n{done.stderr[-3000:]}")
    return done.stdout.strip().rpartition("\n")[2]


def _check(base: str, sent: int) -> None:
    """What the other side says: everybody told, nobody twice."""
    with urllib.request.urlopen(f"{base}/count") as answer:
        copies, receivers, _ = json.load(answer)
    if (copies, receivers, sent) != (LETTERS, LETTERS, LETTERS):
        raise SystemExit(f"{LETTERS} letters: {sent} booked as sent, {copies} copies to {receivers} receivers")


def figures(rounds: int = ROUNDS, backends: tuple[str, ...] = BACKENDS) -> Iterator[Figure]:
    """A row for each database and speed of WeChat's, and one for the queueing; the first round only warms."""
    for backend in backends:
        for milliseconds in ANSWERS:
            pairs = [_round(backend, milliseconds) for _ in range(rounds + 1)][-rounds:]
            ours, yardstick = median(one * 1000 for one, _ in pairs), median(other * 1000 for _, other in pairs)
            path = f"push of {LETTERS:,} letters, {milliseconds} ms answers, {backend}"
            yield Figure(path, "time ÷ best outbox", ours, yardstick, "ms", _GOAL)
        with tempfile.TemporaryDirectory(prefix="ln-bench-") as folder, database_urls(backend, Path(folder)) as url:
            yield Figure(f"queueing {MANY:,} letters, {backend}", "seconds", queued(url, backend, folder), 1.0, "s", _QUEUEING)


def _round(backend: str, milliseconds: int) -> tuple[float, float]:
    """Each in an empty database of its own, before the same server."""
    port = free_port()
    command = [sys.executable, "-m", "bench.push_target", str(port), str(milliseconds)]
    with ExitStack() as stack:
        server = stack.enter_context(running("target", command, port, {}, "/count"))
        one, other = (stack.enter_context(tempfile.TemporaryDirectory(prefix="ln-bench-")) for _ in range(2))
        ours = pushed(stack.enter_context(database_urls(backend, Path(one))), backend, server.base, one)
        return ours, bare(stack.enter_context(database_urls(backend, Path(other))), server.base)


if __name__ == "__main__":
    print(table(figures(1 if "--quick" in sys.argv else ROUNDS)))
