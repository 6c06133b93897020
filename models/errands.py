"""Errands: statements on their way to the driver, on PostgreSQL as many as possible in one journey (performance.md, point 2).

A lone rating takes seventeen statements. Sent one by one, as many journeys to the server are most of its time; nobody needs the
answer of a write, and what will be read is known at the beginning. So writes and announced reads wait in line and travel with the
first statement whose answer is needed; at the latest before SQLAlchemy's own next statement, or the commit. Seventeen become six.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

Row = tuple[Any, ...]
_LINE, _HELD = "errands in line", "connection held"


@dataclass(slots=True)
class Errand:
    """One statement in the driver's own words. `rows` is None until it was run."""

    words: str
    values: Sequence[Any]
    returns: bool
    rows: list[Row] | None = None


def line_up(db: Session, errand: Errand) -> None:
    """Run it with the next one that cannot wait. On SQLite there is no journey to save: at once."""
    connection = _connection(db)
    if connection.dialect.name == "sqlite":
        _run(connection, [errand])
    else:
        connection.info.setdefault(_LINE, []).append(errand)


def run(db: Session, errand: Errand) -> list[Row]:
    """Run it now, behind all that wait in line."""
    connection = _connection(db)
    _run(connection, [*connection.info.pop(_LINE, ()), errand])
    return errand.rows or []


def hurry(db: Session) -> None:
    """Run all that wait in line: the transaction does so before its commit."""
    _empty(_connection(db))


def keep_order(engine: Engine) -> None:
    """Let nothing of SQLAlchemy's overtake the line, and no line outlive its transaction."""

    @event.listens_for(engine, "begin")
    def forget(connection: Connection) -> None:
        connection.info.pop(_LINE, None)

    @event.listens_for(engine, "before_cursor_execute")
    def before(connection: Connection, *_statement: Any) -> None:
        _empty(connection)


def _connection(db: Session) -> Connection:
    """The session's, after what the session itself still had to write. Kept with its transaction: asking anew costs 8 µs each time."""
    db.flush()
    held: tuple[Any, Connection] | None = db.info.get(_HELD)
    if held is None or held[0] is not _transaction(db):
        connection = db.connection()  # begins the transaction, or the savepoint
        held = db.info[_HELD] = _transaction(db), connection
    return held[1]


def _transaction(db: Session) -> object:
    return db.get_nested_transaction() or db.get_transaction() or db


def _empty(connection: Connection) -> None:
    waiting = connection.info.pop(_LINE, None)
    if waiting:
        _run(connection, waiting)


def _run(connection: Connection, errands: Sequence[Errand]) -> None:
    """Faults come as SQLAlchemy's, as everywhere else; a lost connection is not used again."""
    driver: Any = connection.connection
    try:
        if len(errands) == 1:
            _one(driver, errands[0])
        else:
            _in_one_journey(driver, errands)
    except connection.dialect.loaded_dbapi.Error as error:
        lost = connection.dialect.is_disconnect(error, driver.dbapi_connection, None)
        if lost:
            connection.invalidate(error)
        kind = connection.dialect.loaded_dbapi.Error
        raise DBAPIError.instance(errands[-1].words, None, error, kind, connection_invalidated=lost, dialect=connection.dialect) from error


def _one(driver: Any, errand: Errand) -> None:
    cursor = driver.driver_connection.execute(errand.words, errand.values)
    errand.rows = cursor.fetchall() if errand.returns else []


def _in_one_journey(driver: Any, errands: Sequence[Errand]) -> None:
    connection = driver.driver_connection
    with connection.pipeline():
        cursors = [connection.execute(errand.words, errand.values) for errand in errands]
    for cursor, errand in zip(cursors, errands, strict=True):
        errand.rows = cursor.fetchall() if errand.returns else []
