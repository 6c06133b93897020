"""The schema's way up: Alembic run from here, so that the rest of the house never sees it."""

from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

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


def climb(engine: Engine, to: str = "head") -> None:
    """Bring the schema up to `to`. Safe to repeat."""
    with engine.begin() as connection:
        command.upgrade(_config(connection), to)


def descend(engine: Engine, to: str) -> None:
    """Bring the schema down to `to` (`base`: empty)."""
    with engine.begin() as connection:
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
