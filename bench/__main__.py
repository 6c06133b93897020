"""The hot paths beside their yardsticks, written to docs/performance.md. `python -m bench [PART …] [--quick] [--beside "what else ran"]`"""

import argparse
import os
import sys
import tempfile
import time
from datetime import UTC, datetime
from statistics import median
from types import ModuleType

from bench import api, board, crowded, pages, plates, push, rating, roster, start
from bench.figures import table
from bench.page import Part, keep

PARTS: dict[str, ModuleType] = {
    "rating": rating,
    "pages": pages,
    "board": board,
    "crowded": crowded,
    "api": api,
    "roster": roster,
    "plates": plates,
    "push": push,
    "start": start,
}


def main(names: list[str], beside: str, *, quick: bool) -> int:
    """Measure the parts one after the other. Each is written down when it is done; one that fails takes no other along."""
    failed = []
    for name in names:
        try:
            part = _measured(name, 1 if quick else PARTS[name].ROUNDS, beside)
        except (Exception, SystemExit) as error:
            print(f"{name}: not measured: {error!r}", file=sys.stderr)
            failed.append(name)
            continue
        print(f"{part.line}\n{table(part.rows)}", flush=True)
        keep(part, list(PARTS))
    if failed:
        print(f"not measured, their earlier rows stay: {', '.join(failed)}", file=sys.stderr)
    return len(failed)


def _measured(name: str, rounds: int, beside: str) -> Part:
    before, fsync = os.getloadavg()[0], _fsync()
    rows = list(PARTS[name].figures(rounds))
    return Part(name, rows, f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC", rounds, (before, os.getloadavg()[0]), fsync, beside)


def _fsync() -> float:
    """Microseconds that this machine's disk takes for 8 KiB: no durable answer is faster."""
    took = []
    with tempfile.TemporaryFile() as file:
        for _ in range(100):
            file.write(b"x" * 8192)
            file.flush()
            began = time.perf_counter()
            os.fsync(file.fileno())
            took.append(time.perf_counter() - began)
    return median(took) * 1e6


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], metavar="PART", help=f"any of {', '.join(PARTS)}; all of them unless given")
    parser.add_argument("--quick", action="store_true", help="one counted round each")
    parser.add_argument("--beside", default="", help="what else the machine was doing, for the page")
    given = parser.parse_args()
    sys.exit(main(given.parts or list(PARTS), given.beside, quick=given.quick))
