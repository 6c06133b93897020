"""First answer of `serve` with one worker, and its memory, beside imports and E. `python -m bench.start [--quick]`"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench import messages
from bench.figures import Figure, Goal, median, table
from bench.ours import environment, ours
from bench.servers import ROOT, free_port, granian, memory_of, running, surroundings

ROUNDS = 5
_IMPORTS = [sys.executable, "-c", "import flask, sqlalchemy, wechatpy, yaml"]
_FIRST, _MEMORY = Goal(2, 1.3, "1"), Goal(2, 1.5, "1.35")


def imports() -> float:
    """Seconds of a process that only imports what everybody imports."""
    began = time.monotonic()
    subprocess.run(_IMPORTS, cwd=ROOT, env=surroundings({}), check=True)
    return time.monotonic() - began


def first_answer(folder: Path) -> float:
    """Seconds from the command to the first answered request."""
    port = free_port()
    began = time.monotonic()
    with running("ours", [sys.executable, "manage.py", "serve"], port, environment(f"sqlite:///{folder}/x.db", port, "sqlite"), "/healthz"):
        return time.monotonic() - began


def figures(rounds: int = ROUNDS) -> Iterator[Figure]:
    """Both rows; the first round only warms."""
    with tempfile.TemporaryDirectory(prefix="ln-bench-") as folder:
        pairs = [(first_answer(Path(folder)), imports()) for _ in range(rounds + 1)][1:]
    yield Figure("first answer of serve, one worker", "s ÷ imports", median(a for a, _ in pairs), median(b for _, b in pairs), "s", _FIRST)
    port = free_port()
    with running("E", granian("bench.yardsticks:echo", port, workers=1), port, messages.YARDSTICK) as echo, ours("sqlite") as served:
        pss = [max(map(memory_of, server.workers() or [server.process.pid])) for server in (served.server, echo)]
    yield Figure("memory of one worker", "PSS ÷ PSS of E", pss[0], pss[1], "MiB", _MEMORY)


if __name__ == "__main__":
    print(table(figures(1 if "--quick" in sys.argv else ROUNDS)))
