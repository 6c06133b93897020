"""Boards, screen and lists with 1,000,000 ratings beside 10,000, each drawn anew, and beside C as they are kept. `python -m bench crowded`"""

import sqlite3
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from statistics import median

from bench.figures import Figure, Goal
from bench.load import Round, get, run
from bench.ours import Ours, ours
from bench.servers import free_port, granian, running

ROUNDS, SECONDS, DRAWN = 3, 2, 7
FEW, MANY = 10_000, 1_000_000
_PAGES = {"screen": "/screen", "windows": "/windows", "one window": "/windows/1", "board": "/board", "windows JSON": "/api/v1/windows"}
_GROWN, _RATE = Goal(1.5, 1.1, "1"), Goal(0.2, 0.4, "0.5", more=True)
_RATINGS = """
WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ?)
INSERT INTO ratings (id, event, window_id, day, level, options_version, note, privacy, channel, origin, standing, changes)
SELECT n, randomblob(16), 1 + n % 12, date('now', '-' || (n % 300) || ' days'), 3 + n % 3, 1, '', 'anonymous', 'chat', 'person', 'counted', 0
FROM numbers
"""
_TALLIES = """
INSERT INTO tallies (window_id, day, level, standing, n)
SELECT window_id, day, level, standing, count(*) FROM ratings WHERE id <= ? GROUP BY 1, 2, 3, 4
ON CONFLICT (window_id, day, level, standing) DO UPDATE SET n = tallies.n + excluded.n
"""


def rated(served: Ours, n: int) -> None:
    """`n` ratings of 300 days, and the tallies that go with them."""
    with sqlite3.connect(served.file) as db:
        db.execute(_RATINGS, [n])
        db.execute(_TALLIES, [n])


def drawn(served: Ours, path: str) -> float:
    """Milliseconds of a page that must be drawn anew: the public edition has just grown."""
    with sqlite3.connect(served.file) as db:
        db.execute("UPDATE editions SET n = n + 1 WHERE name = 'public'")
    began = time.perf_counter()
    with urllib.request.urlopen(served.server.base + path, timeout=30) as answer:
        answer.read()
    return (time.perf_counter() - began) * 1000


def figures(rounds: int = ROUNDS) -> Iterator[Figure]:
    """Two rows a page; both services and C in turns, the first round only warms."""
    with ExitStack() as stack:
        port = free_port()
        constant = stack.enter_context(running("C", granian("bench.yardsticks:constant", port), port, {}))
        few, many = (stack.enter_context(ours("sqlite")) for _ in range(2))
        rated(few, FEW)
        rated(many, MANY)
        took: dict[tuple[str, Ours], list[float]] = {}
        plain: list[Round] = []
        kept: dict[str, list[Round]] = {}
        for _ in range(rounds + 1):
            plain.append(run(constant, [get("/")] * 2, SECONDS, again=True))
            for name, path in _PAGES.items():
                alone = [(served, drawn(served, path)) for served in (few, many) * DRAWN]
                took |= {(name, one): took.get((name, one), []) + [span for served, span in alone if served is one] for one in (few, many)}
                kept.setdefault(name, []).append(run(many.server, [get(path)] * 2, SECONDS, again=True))
        for name in _PAGES:
            of_many, of_few = (median(took[name, served][DRAWN:]) for served in (many, few))
            yield Figure(f"{name}, {MANY:,} ratings", f"p50 ÷ with {FEW:,}", of_many, of_few, "ms", _GROWN)
            rate, of_c = (median(one.rate for one in ran[1:]) for ran in (kept[name], plain))
            yield Figure(f"{name}, {MANY:,} ratings", "req/s ÷ C", rate, of_c, "/s", _RATE)
