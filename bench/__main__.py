"""All benches of the hot paths, written to docs/performance.md. `python -m bench [--quick]`"""

import sys
from pathlib import Path

from bench import api, pages, plates, rating, roster, start
from bench.figures import table

_PAGE = Path(__file__).parent.parent / "docs" / "performance.md"
_HEAD = """# How fast it is

Measured on 2 shared cores by `make bench` (each part alone: `python -m bench.rating`, `bench.pages`, `bench.api`, `bench.roster`,
`bench.plates`, `bench.start`).
Only the ratios count: ours and its yardstick run in turns within one run, medians of the rounds after the first, load by wrk on the
same two cores. **C** is a constant from Flask, **E** an echo by Flask and wechatpy that stores nothing, both on granian (WSGI, 2 workers
× 1 thread). Ours runs as the README recommends for two cores, with everything on: by-law, steps in their chain, letters, duplicates,
tallies, durable commit. After each run the database is read and counted:
answered ≤ stored ≤ sent, and tallies, steps, inbox, rectifications and letters agree with the ratings.

SQLite is one process by law, so it competes with one core against the yardstick's two.

"""


def main(quick: bool) -> None:
    """Run all and write the page."""
    rows = [
        *rating.figures(1 if quick else rating.ROUNDS),
        *pages.figures(1 if quick else pages.ROUNDS),
        *api.figures(1 if quick else api.ROUNDS),
        *roster.figures(1 if quick else roster.ROUNDS),
        *plates.figures(1 if quick else plates.ROUNDS),
        *start.figures(1 if quick else start.ROUNDS),
    ]
    text = table(rows)
    print(text)
    _PAGE.write_text(f"{_HEAD}{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main("--quick" in sys.argv)
