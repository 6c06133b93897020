"""Every step of the schema down, up and down again over full tables: what stands in them stays, whoever needs them waits little (R38)."""

import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, MetaData, select
from sqlalchemy.exc import DBAPIError

from models import migrations
from tests.models import filling

REWRITTEN = {"0008": {"pledge_versions"}}
"""Steps that write or erase rows, by their purpose."""


GREAT = ("ratings", "steps", "inbox", "letters", "contacts")
"""The tables that grow with every rating."""


@dataclass(frozen=True)
class Step:
    """One step that was gone: where to, how long it took, how long somebody who writes had to wait meanwhile; what it changed."""

    to: str
    seconds: float
    waited: float
    lost: frozenset[str]


def revisions() -> list[str]:
    """All, from the first to the newest."""
    found = ScriptDirectory(str(Path(__file__).parents[2] / "migrations")).walk_revisions()
    return [one.revision for one in found][::-1]


def shapes(engine: Engine) -> dict[str, filling.Columns]:
    """The tables and columns at each revision, learnt on an empty database that ends at the newest."""
    found = {}
    for revision in revisions():
        migrations.climb(engine, revision)
        found[revision] = filling.columns(engine)
    return found


def walk(engine: Engine, at: dict[str, filling.Columns]) -> list[Step]:
    """From the newest down to the first revision, each step gone down, up and down; then up to the newest."""
    gone = []
    for below, here in reversed(list(zip(at, list(at)[1:], strict=False))):
        kept = filling.in_both(at[here], at[below])
        before = filling.sums(engine, kept)
        for to in (below, here, below):
            gone.append(_go(engine, to, kept, before, REWRITTEN.get(here, set())))
    gone.append(_go(engine, "head", {}, {}, set()))
    return gone


def _go(engine: Engine, to: str, kept: filling.Columns, before: dict[str, Any], rewritten: set[str]) -> Step:
    move = migrations.climb if to == "head" or to > (migrations.standing(engine)[0] or "") else migrations.descend
    with Onlooker(engine) as onlooker:
        began = time.monotonic()
        move(engine, to)
        seconds = time.monotonic() - began
    after = filling.sums(engine, kept)
    return Step(to, seconds, onlooker.longest, frozenset(name for name in kept if after.get(name) != before.get(name)) - rewritten)


def unfit(engine: Engine, old: MetaData) -> list[str]:
    """The tables in which code that knows only the `old` columns can no longer write or read."""
    found = []
    for table in old.sorted_tables:
        try:
            filling.fill(engine, [table], [0])
            with engine.connect() as connection:
                connection.execute(select(table)).all()
        except DBAPIError:
            found.append(table.name)
    return found


class Onlooker:
    """Somebody who wants to write into the great tables all the while, on PostgreSQL; how long the longest wait was."""

    def __init__(self, engine: Engine) -> None:
        self._engine, self._done, self.longest = engine, threading.Event(), 0.0
        self._thread = threading.Thread(target=self._look)

    def __enter__(self) -> "Onlooker":
        if self._engine.dialect.name == "postgresql":
            self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._done.set()
        if self._thread.ident:
            self._thread.join()

    def _look(self) -> None:
        url = self._engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(url, autocommit=True) as connection:
            while not self._done.wait(0.005):
                self.longest = max(self.longest, *(_wait(connection, table) for table in GREAT))


def _wait(connection: psycopg.Connection, table: str) -> float:
    """Seconds until one may write there; a table that is not there keeps nobody waiting."""
    began = time.monotonic()
    try:
        connection.execute(f"BEGIN; LOCK TABLE {table} IN ROW EXCLUSIVE MODE; COMMIT".encode())
    except psycopg.errors.UndefinedTable:
        connection.execute("ROLLBACK")
    return time.monotonic() - began
