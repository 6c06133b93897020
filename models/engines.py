"""Engines: how each kind of database is connected to, with the settings that keep the promises of durability and patience."""

import sqlite3
from typing import Any

from sqlalchemy import Engine, create_engine, event

from domain.late import Late
from models.errands import keep_order

_QUIET: dict[str, Any] = {"hide_parameters": True}
"""Errors of the database go to the log: without the values of rows (R32)."""
_PAGE = 2048
"""Bytes of a page in a new file of SQLite: a rating changes a few rows on each of some fifteen pages, and each goes whole to the disk."""
_LOG_PAGES = 4000
"""Pages of the write-ahead log (8 MiB) before they are brought into the file: what many ratings change is then written there once."""
_DEAFNESS = Late("models.deafness")
PATIENCE = "-c statement_timeout=4000 -c lock_timeout=3500 -c timezone=UTC"
BY_KEY = " -c enable_seqscan=off -c plan_cache_mode=force_generic_plan"
"""All that is done together finds its rows by key. PostgreSQL planned those statements, and its own checks of foreign keys, while the
tables were small and keeps the plans: until the next ANALYZE they read whole tables, nine times as long at 20,000 ratings. The others
it would plan anew each time, to find the same way by key: 20 µs of each statement.
"""


def _with_driver(url: str) -> str:
    """`postgresql://` means psycopg 3 here."""
    return url.replace("postgresql://", "postgresql+psycopg://", 1) if url.startswith("postgresql://") else url


def postgresql(url: str, pool: int, options: str, **more: Any) -> Engine:
    engine = create_engine(
        _with_driver(url),
        pool_size=pool,
        max_overflow=pool,
        pool_timeout=3,
        pool_pre_ping=False,
        connect_args={"connect_timeout": 3, "options": options, **more},
        hide_parameters=True,
    )
    event.listen(engine, "do_connect", lambda *asked: _DEAFNESS.connect(*asked))
    keep_order(engine)
    return engine


def sqlite(url: str, begin: str, synchronous: str) -> Engine:
    """SQLite by the one recipe that loses nothing under concurrent writers: BEGIN IMMEDIATE, WAL, 5 s of patience."""
    engine = create_engine(url, connect_args={"timeout": 5, "check_same_thread": False}, pool_size=8, max_overflow=32, **_QUIET)

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None
        for pragma in (
            f"page_size={_PAGE}",
            "journal_mode=WAL",
            f"synchronous={synchronous}",
            f"wal_autocheckpoint={_LOG_PAGES}",
            "busy_timeout=5000",
            "foreign_keys=ON",
            "cache_size=-16000",
            "temp_store=MEMORY",
        ):
            connection.execute(f"PRAGMA {pragma}")

    keep_order(engine, begin)
    return engine
