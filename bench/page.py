"""The page: every measured row is kept in docs/performance.json, part by part, and docs/performance.md is drawn from all of them."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bench.figures import Figure, Goal, table

_DOCS = Path(__file__).parent.parent / "docs"
_KEPT, _PAGE = _DOCS / "performance.json", _DOCS / "performance.md"
_HEAD = """# How fast it is

Measured on 2 shared cores by `make bench`, or part by part: `python -m bench rating pages`; what is measured anew replaces its rows here
(kept in performance.json), the others stay. Only the ratios count: ours and its yardstick run in turns within one run, medians of the
rounds after the first, load by wrk on the same two cores. **C** is a constant from Flask, **E** an echo by Flask and wechatpy that
stores nothing, both on granian (WSGI, 2 workers × 1 thread). Ours runs as the README recommends for two cores, with everything on:
by-law, steps in their chain, letters, duplicates, tallies, durable commit. After each run the database is read and counted:
answered ≤ stored ≤ sent, and tallies, steps, inbox, rectifications and letters agree with the ratings.

SQLite is one process by law, so it competes with one core against the yardstick's two.

"""


@dataclass(frozen=True)
class Part:
    """One part as it was measured: `when`, the machine's load before and after and one fsync's time (where they were noted), and what
    is worth saying about it.
    """

    name: str
    rows: Sequence[Figure]
    when: str
    rounds: int
    load: Sequence[float]
    fsync_us: float
    beside: str = ""

    @property
    def line(self) -> str:
        said = f"- {self.name}: {self.when}, {self.rounds} counted rounds"
        if self.load:
            said += f", load average {self.load[0]:.1f} before and {self.load[1]:.1f} after, one fsync {self.fsync_us:,.0f} µs"
        return said + (f"; {self.beside}" if self.beside else "") + "."


def keep(part: Part, order: Sequence[str]) -> None:
    """Put the part in place of its earlier self and draw the page anew."""
    kept = {**_read(), part.name: part}
    parts = [kept[name] for name in order if name in kept]
    _KEPT.write_text(json.dumps([asdict(one) for one in parts], ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    lines = "\n".join(one.line for one in parts)
    _PAGE.write_text(f"{_HEAD}{lines}\n\n{table([row for one in parts for row in one.rows])}\n", encoding="utf-8")


def _read() -> dict[str, Part]:
    if not _KEPT.exists():
        return {}
    return {told["name"]: _part(told) for told in json.loads(_KEPT.read_text(encoding="utf-8"))}


def _part(told: dict[str, Any]) -> Part:
    rows = [Figure(**{**row, "goal": Goal(**row["goal"])}) for row in told["rows"]]
    return Part(**{**told, "rows": rows})
