"""The best outbox written by hand, the yardstick of the pushes: http.client, 16 threads, claims and marks of 1,000 a commit.

It knows one account, one channel and one table, asks nobody's consent and forgets what it had in its hands when it is killed.
`python -m bench.push_bare URL BASE LETTERS` prints the seconds from the first claim to the last mark.
"""

import http.client
import json
import sqlite3
import sys
import time
from queue import SimpleQueue
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

import psycopg

HANDS, BATCH, PAUSES = 16, 1_000, (1.0, 2.0, 4.0, 8.0)
_TABLE = "CREATE TABLE outbox (id INTEGER PRIMARY KEY, openid TEXT, words TEXT, state INTEGER, attempts INTEGER, due REAL)"
_CLAIM = "UPDATE outbox SET state = 1 WHERE id IN (SELECT id FROM outbox WHERE state = 0 AND due <= {} ORDER BY due, id LIMIT {}{}) RETURNING *"
_MARK = "UPDATE outbox SET state = {}, attempts = {}, due = {} WHERE id = {}"


class Outbox:
    """SQLite or PostgreSQL by their drivers."""

    def __init__(self, url: str) -> None:
        self.lite = url.startswith("sqlite")
        self.sign, lock = ("?", "") if self.lite else ("%s", " FOR UPDATE SKIP LOCKED")
        self.db: Any = sqlite3.connect(url.removeprefix("sqlite:///")) if self.lite else psycopg.connect(url)
        if self.lite:
            self.db.execute("PRAGMA journal_mode=WAL")
            self.db.execute("PRAGMA synchronous=FULL")
        self._claim = _CLAIM.format(self.sign, self.sign, lock)
        self._mark = _MARK.format(*[self.sign] * 4)

    def fill(self, letters: int) -> None:
        cursor = self.db.cursor()
        cursor.execute(_TABLE.replace("REAL", "REAL" if self.lite else "DOUBLE PRECISION"))
        cursor.execute("CREATE INDEX ix_outbox ON outbox (state, due, id)")
        words = f"INSERT INTO outbox VALUES ({', '.join([self.sign] * 6)})"
        cursor.executemany(words, [(n, f"o{n:027}", "请于2026年11月30日前提交季度小结", 0, 0, 0.0) for n in range(letters)])
        self.db.commit()

    def claim(self, most: int) -> list[Any]:
        rows = self.db.execute(self._claim, (time.time(), most)).fetchall()
        self.db.commit()
        return list(rows)

    def mark(self, ended: list[tuple[Any, bool]]) -> None:
        now = time.time()
        rows = [(2, row[4], 0.0, row[0]) if well else (0, row[4] + 1, now + PAUSES[row[4]], row[0]) for row, well in ended]
        self.db.cursor().executemany(self._mark, rows)
        self.db.commit()


def hand(base: str, given: SimpleQueue[Any], done: SimpleQueue[Any]) -> None:
    where = urlsplit(base)
    line = http.client.HTTPConnection(where.hostname or "", where.port)
    while (row := given.get()) is not None:
        data = {"thing1": {"value": row[2][:20]}, "character_string2": {"value": str(row[0])}}
        body = {"touser": row[1], "template_id": "TM1", "data": data, "client_msg_id": f"bare-{row[0]}"}
        line.request("POST", "/cgi-bin/message/template/send?access_token=x", json.dumps(body, ensure_ascii=False).encode())
        done.put((row, json.loads(line.getresponse().read())["errcode"] == 0))


def main(url: str, base: str, letters: int) -> float:
    outbox = Outbox(url)
    outbox.fill(letters)
    given, done = SimpleQueue[Any](), SimpleQueue[Any]()
    for _ in range(HANDS):
        Thread(target=hand, args=(base, given, done), daemon=True).start()
    left, flying, began = letters, 0, time.perf_counter()
    while left:
        claimed = outbox.claim(BATCH)
        for row in claimed:
            given.put(row)
        flying += len(claimed)
        if not flying:
            time.sleep(0.05)
            continue
        ended = [done.get() for _ in range(max(1, flying - BATCH // 2))]
        outbox.mark(ended)
        flying -= len(ended)
        left -= sum(well for _, well in ended)
    return time.perf_counter() - began


if __name__ == "__main__":
    print(main(sys.argv[1], sys.argv[2], int(sys.argv[3])))
