"""Landing page HTML, post JSON, pledge list JSON, beside C. `python -m bench.pages [--quick]`"""

import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack

from bench.figures import Figure, Goal, median, table
from bench.load import Round, get, run
from bench.ours import Ours, ours
from bench.servers import free_port, granian, running

ROUNDS, SECONDS = 3, 3
BACKENDS = ("sqlite", "postgresql")
_HTML, _JSON = Goal(0.25, 0.40, "0.5", more=True), Goal(0.30, 0.50, "0.5–0.7", more=True)


def paths(served: Ours) -> dict[str, tuple[list[bytes], Goal]]:
    """What is asked of each page: every valid plate in turn, and the pledges from the first page."""
    codes = served.stored.codes()
    return {
        "landing page HTML": ([get(f"/p/{code}") for code in codes], _HTML),
        "post JSON": ([get(f"/api/v1/posts/{code}") for code in codes], _JSON),
        "pledge list JSON": ([get("/api/v1/pledges")], _JSON),
    }


def figures(rounds: int = ROUNDS, backends: Sequence[str] = BACKENDS) -> Iterator[Figure]:
    """All rows of the pages, C and each of ours in turns; the first round only warms."""
    with ExitStack() as stack:
        port = free_port()
        constant = stack.enter_context(running("C", granian("bench.yardsticks:constant", port), port, {}))
        served = [stack.enter_context(ours(backend)) for backend in backends]
        plain: list[Round] = []
        ran: dict[tuple[str, str], list[Round]] = {}
        for _ in range(rounds + 1):
            plain.append(run(constant, [get("/")] * 2, SECONDS, again=True))
            for one, name, requests in [(each, page, asked) for each in served for page, (asked, _) in paths(each).items()]:
                ran.setdefault((one.server.name, name), []).append(run(one.server, requests * 2, SECONDS, again=True))
        for one in served:
            for name, (_, goal) in paths(one).items():
                ours_rate = median(r.rate for r in ran[one.server.name, name][1:])
                yield Figure(f"{name}, {one.server.name}", "req/s ÷ C", ours_rate, median(r.rate for r in plain[1:]), "/s", goal)


if __name__ == "__main__":
    print(table(figures(1 if "--quick" in sys.argv else ROUNDS)))
