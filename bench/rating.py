"""评价 by message, durable, plain and sealed, on SQLite and on PostgreSQL with Redis, beside E. `python -m bench.rating [--quick]`"""

import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack

from bench import messages
from bench.figures import Figure, Goal, median, table
from bench.load import Round, run
from bench.ours import Ours, ours
from bench.servers import Server, free_port, granian, running

ROUNDS, SECONDS, ALONE_SECONDS = 3, 4, 2
MOST = 15000
"""Requests a second that no server here can answer: so many are prepared for the first round, later what earlier rounds tell."""
_LEAST = 4000
"""Not fewer than these, whatever a slow round told."""
BACKENDS = ("sqlite", "postgresql")

_RATE = Goal(0.35, 0.75, "0.9 W · 1.15 L", more=True)
_TAIL, _ALONE, _COST = Goal(4, 2, "1–2"), Goal(4, 2.5, "2–2.8"), Goal(2.5, 1.3, "0.8–1")


def figures(rounds: int = ROUNDS, modes: Sequence[str] = ("plain", "AES"), backends: Sequence[str] = BACKENDS) -> Iterator[Figure]:
    """All rows of the rating by message."""
    for mode in modes:
        with ExitStack() as stack:
            port = free_port()
            echo = stack.enter_context(running("E", granian("bench.yardsticks:echo", port), port, messages.YARDSTICK))
            served = [stack.enter_context(ours(backend, "safe" if mode == "AES" else "plain")) for backend in backends]
            yield from _measured(echo, served, mode, rounds)


def _measured(echo: Server, served: Sequence[Ours], mode: str, rounds: int) -> Iterator[Figure]:
    """E and each of ours in turns: many at once, then one at a time; the first round only warms."""
    many: dict[str, list[Round]] = {}
    alone: dict[str, list[Round]] = {}
    windows = served[0].stored.windows()
    before = [one.stored.counts() for one in served]
    for _ in range(rounds + 1):
        for server in (echo, *(one.server for one in served)):
            for rounds_of, seconds, connections in ((many, SECONDS, 32), (alone, ALONE_SECONDS, 1)):
                ran = rounds_of.setdefault(server.name, [])
                most = min(MOST, max(_LEAST, *(3 * one.rate for one in ran))) if ran else MOST
                ran.append(run(server, messages.ratings(int(most * seconds), windows, sealed=mode == "AES"), seconds, connections))
    for one, counts in zip(served, before, strict=True):
        all_ran = many[one.server.name] + alone[one.server.name]
        print(
            f"{one.server.name}, {mode}: {one.stored.check(counts, sum(r.answered for r in all_ran), sum(r.sent for r in all_ran))}", file=sys.stderr
        )
        yield from _figures(f"rating, {mode}, {one.server.name}", many[one.server.name], many["E"], alone[one.server.name], alone["E"])


def _figures(path: str, many: Sequence[Round], many_e: Sequence[Round], alone: Sequence[Round], alone_e: Sequence[Round]) -> Iterator[Figure]:
    def middle(rounds: Sequence[Round], what: str) -> float:
        return float(median(getattr(one, what) for one in rounds[1:]))

    yield Figure(path, "req/s ÷ E", middle(many, "rate"), middle(many_e, "rate"), "/s", _RATE)
    yield Figure(path, "p99 ÷ p99 of E", middle(many, "p99"), middle(many_e, "p99"), "ms", _TAIL)
    yield Figure(path, "CPU ÷ E", middle(many, "cpu_each"), middle(many_e, "cpu_each"), "µs", _COST)
    yield Figure(path, "one at a time, p50 ÷ E", middle(alone, "p50"), middle(alone_e, "p50"), "ms", _ALONE)


if __name__ == "__main__":
    print(table(figures(1 if "--quick" in sys.argv else ROUNDS)))
