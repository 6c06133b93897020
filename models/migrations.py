"""The schema's way up: Alembic run from here, so that the rest of the house never sees it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from models import (
    amendments,
    batches,
    board,
    campaigns,
    cause_releases,
    conversations,
    disclosures,
    early_receipts,
    editions,
    files,
    holds,
    identity,
    inbox,
    leases,
    letters,
    message_consents,
    objections,
    people,
    pledge_progress,
    pledges,
    print_jobs,
    prints,
    publicity,
    ratings,
    rectification_rounds,
    rectifications,
    reminders,
    seats,
    sessions,
    signing_in,
    slots,
    steps,
    submissions,
    text_checks,
    todos,
    windows,
    works,
)
from models.database import whole_metadata

ALL = (
    amendments,
    batches,
    board,
    campaigns,
    cause_releases,
    conversations,
    disclosures,
    early_receipts,
    editions,
    files,
    holds,
    identity,
    inbox,
    leases,
    letters,
    message_consents,
    objections,
    people,
    pledge_progress,
    pledges,
    print_jobs,
    prints,
    publicity,
    ratings,
    rectification_rounds,
    rectifications,
    reminders,
    seats,
    sessions,
    signing_in,
    slots,
    steps,
    submissions,
    text_checks,
    todos,
    windows,
    works,
)
"""Every module that holds tables: named here so that the metadata is whole."""

_HERE = Path(__file__).parent.parent


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_HERE / "migrations"))
    config.attributes["connection"] = connection
    config.attributes["metadata"] = whole_metadata()
    return config


_TURN = 20100810
"""Whoever climbs holds PostgreSQL's lock of this number."""


@contextmanager
def _alone(engine: Engine) -> Iterator[Connection]:
    """One transaction of one process at a time: two that start together would both make the tables."""
    with engine.connect() as connection:
        driver = cast(Any, connection.connection.driver_connection)
        with (_on_postgresql if connection.dialect.name == "postgresql" else _on_sqlite)(connection, driver):
            yield connection


@contextmanager
def _on_postgresql(connection: Connection, driver: Any) -> Iterator[None]:
    """A step over full tables takes longer than a page may, so that nobody hurries it; only the wait for a table that others use stays
    short, for they all stand behind it.
    """
    driver.patience = None
    try:
        with connection.begin():
            connection.execute(text("SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0"))
            connection.execute(text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": _TURN})
            connection.execute(text("SET LOCAL lock_timeout TO DEFAULT"))
            yield
    finally:
        del driver.patience


@contextmanager
def _on_sqlite(connection: Connection, driver: Any) -> Iterator[None]:
    """A table is changed by writing it anew and dropping the old one: while rows of others refer to it, that is refused. So nobody looks
    until the end.
    """
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        with connection.begin():
            yield
            orphans = connection.execute(text("PRAGMA foreign_key_check")).first()
            if orphans is not None:
                raise ValueError(f"the migration left rows of {orphans[0]} without what they refer to")
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


def climb(engine: Engine, to: str = "head") -> None:
    """Bring the schema up to `to`. Safe to repeat, and to do from several processes at once."""
    with _alone(engine) as connection:
        command.upgrade(_config(connection), to)


def descend(engine: Engine, to: str) -> None:
    """Bring the schema down to `to` (`base`: empty)."""
    with _alone(engine) as connection:
        command.downgrade(_config(connection), to)


def standing(engine: Engine) -> tuple[str | None, str | None]:
    """(revision of this database, revision of this code)."""
    with engine.connect() as connection:
        here = MigrationContext.configure(connection).get_current_revision()
        return here, ScriptDirectory.from_config(_config(connection)).get_current_head()


def differences(engine: Engine) -> list[object]:
    """What the migrations left unlike the tables of the code: must be nothing."""
    with engine.connect() as connection:
        return list(compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), whole_metadata()))
