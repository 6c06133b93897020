"""The board with 5,000 pledges beside one with 300, each page drawn anew, one reader at a time. `python -m bench board`

300 is what it takes for every page to be full on both sides: beside a search that finds one pledge, ten drawn are ten times the work.

A kept page costs the same however many pledges there are; so what is asked for here is never kept: two filters at once, a later page, a
search by words and by initials. What an edition's index found for the last few searches is kept; the search by ever other words finds anew.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from typing import Any
from urllib.parse import quote

from bench.figures import Figure, Goal, median
from bench.load import Round, get, run
from bench.ours import Ours, ours

ROUNDS, SECONDS = 3, 2
FEW, MANY = 300, 5_000
_GROWN = Goal(1.5, 1.1, "1")
_DRAWN = {
    "two filters": "/board?branch={branch}&state=under_way",
    "a later page": "/board?after=5",
    "search by words": "/board?said=%E4%B8%80%E6%AC%A1%E5%91%8A%E7%9F%A5",
    "search by initials": "/board?said=ycgz",
    "search by ever other words": "/board?said={said}",
}


def figures(rounds: int = ROUNDS) -> Iterator[Figure]:
    """Both bureaus in turns; the first round only warms."""
    with _bureau(FEW) as few, _bureau(MANY) as many:
        ran: dict[tuple[str, str], list[Round]] = {}
        for _ in range(rounds + 1):
            for (name, path), (which, bureau) in product(_DRAWN.items(), (("few", few), ("many", many))):
                ran.setdefault((name, which), []).append(run(bureau.server, _requests(bureau, path), SECONDS, 1, again=True))
    for name in _DRAWN:
        many_p50, few_p50 = (median(one.p50 for one in ran[name, which][1:]) for which in ("many", "few"))
        yield Figure(f"board, {name}, drawn anew", f"p50, {MANY:,} pledges ÷ {FEW}", many_p50, few_p50, "ms", _GROWN)


def _requests(bureau: Ours, path: str) -> list[bytes]:
    """`{said}` becomes every three signs that stand side by side in a pledge."""
    branch = bureau.stored._all("SELECT min(branch_id) FROM pledges WHERE state = 'published'")[0]
    texts = bureau.stored._all("SELECT DISTINCT content FROM pledges WHERE state = 'published' ORDER BY content")
    said = sorted({text[at : at + 3] for text in texts for at in range(len(text) - 2)} if "{said}" in path else {"", "-"})
    return [get(path.format(branch=branch, said=quote(one))) for one in said]


@contextmanager
def _bureau(pledges: int) -> Iterator[Ours]:
    with ours("sqlite") as served:
        connection: sqlite3.Connection = served.stored._connection
        first = served.stored._all("SELECT max(id) + 1 FROM pledges")[0]
        _copies(connection, "pledges", pledges, lambda at: {"id": first + at, "code": f"bench{at}"}, "state = 'published'")
        _copies(connection, "board_words", pledges, lambda at: {"pledge_id": first + at})
        connection.execute("UPDATE editions SET n = n + 1")
        connection.commit()
        yield served


def _copies(connection: sqlite3.Connection, name: str, n: int, own: Any, where: str = "1 = 1") -> None:
    """`n` rows like those that are there, each with keys of its own."""
    found = connection.execute(f"SELECT * FROM {name} WHERE {where}")
    columns = [column[0] for column in found.description]
    rows = found.fetchall()
    made = (tuple((dict(zip(columns, rows[at % len(rows)], strict=True)) | own(at)).values()) for at in range(n))
    connection.executemany(f"INSERT INTO {name} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})", made)
