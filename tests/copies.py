"""Copies of a PostgreSQL database for stories: one that a story is done with gets the template's rows back and serves the next.

To delete and to fill in costs a few milliseconds, to drop a database and to copy another seventy.
"""

from collections import Counter

import psycopg
from psycopg import sql

from tests.services_here import Postgres

_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
_SEQUENCES = "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public'"
_OTHERS = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
_PATIENCE = "SET lock_timeout = '2s'; SET session_replication_role = replica"
_WORN = 100
"""Stories after which so many dead rows lie about that a new copy is quicker."""


class Copies:
    """Of the database at the address `source`. Each keeps a connection: it knows the tables by now."""

    def __init__(self, server: Postgres, source: str) -> None:
        self._server, self._source = server, source
        self._free: list[str] = []
        self._made: dict[str, psycopg.Connection] = {}
        self._lent = Counter[str]()
        self._back = ""

    def take(self) -> str:
        """The address of a copy that nobody else has."""
        return self._free.pop() if self._free else self._another()

    def _another(self) -> str:
        url = self._server.create(self._source)
        self._made[url] = psycopg.connect(url, autocommit=True)
        self._back = self._keep(self._made[url])
        self._made[url].execute(_PATIENCE)
        return url

    def _keep(self, db: psycopg.Connection) -> str:
        """Put the rows aside; the statements that bring them back."""
        db.execute("CREATE SCHEMA kept")
        steps = []
        for (name,) in db.execute(_TABLES).fetchall():
            table, kept = sql.Identifier("public", name), sql.Identifier("kept", name)
            steps.append(sql.SQL("DELETE FROM {}").format(table))
            if db.execute(sql.SQL("SELECT 1 FROM {} LIMIT 1").format(table)).fetchone():
                db.execute(sql.SQL("CREATE TABLE {} AS TABLE {}").format(kept, table))
                steps.append(sql.SQL("INSERT INTO {} OVERRIDING SYSTEM VALUE TABLE {}").format(table, kept))
        for name, last in db.execute(_SEQUENCES).fetchall():
            steps.append(sql.SQL("SELECT setval({}, {}, {})").format(sql.Literal(name), sql.Literal(last or 1), sql.Literal(last is not None)))
        return "; ".join(step.as_string(db) for step in steps)

    def give_back(self, url: str) -> None:
        """Whoever still holds a connection loses it. A copy that cannot be set back, by whatever a story did to it, is dropped."""
        try:
            self._made[url].execute(_OTHERS)
            self._made[url].execute(self._back)
        except psycopg.Error:
            self._drop(url)
            return
        self._lent[url] += 1
        if self._lent[url] < _WORN:
            self._free.append(url)
        else:
            self._drop(url)

    def _drop(self, url: str) -> None:
        self._made.pop(url).close()
        self._server.drop(url)
