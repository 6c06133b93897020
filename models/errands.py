"""Errands: statements on their way to the driver, on PostgreSQL as many as possible in one journey (performance.md, point 2).

A lone rating takes fifteen statements. Sent one by one, as many journeys to the server are most of its time; nobody needs the
answer of a write, and what will be read is known at the beginning. So writes and announced reads wait in line and travel with the
first statement whose answer is needed; at the latest before SQLAlchemy's own next statement, or with the commit. Fifteen become four.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from models.journeys import Row, travel

_LINE, _BEHIND, _HELD, _PREPARED = "errands in line", "errands behind the next", "connection held", "prepared here"


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
        run_all(connection, [errand])
    else:
        connection.info.setdefault(_LINE, []).append(errand)


def follow(db: Session, errand: Errand) -> None:
    """Run it right behind the next one that cannot wait: for a lock that must be taken after that one's."""
    _connection(db).info.setdefault(_BEHIND, []).append(errand)


def run(db: Session, errand: Errand) -> list[Row]:
    """Run it now, behind all that wait in line."""
    connection = _connection(db)
    run_all(connection, [*connection.info.pop(_LINE, ()), errand, *connection.info.pop(_BEHIND, ())])
    return errand.rows or []


def hurry(db: Session) -> None:
    """Run all that wait in line."""
    _empty(_connection(db))


def finish(db: Session) -> None:
    """Run all that wait in line and, where that saves a journey, the commit behind them: what the session then commits is done already."""
    connection = _connection(db)
    waiting = _waiting(connection)
    if waiting:
        run_all(connection, [*waiting, Errand("COMMIT", (), returns=False)])


def keep_order(engine: Engine) -> None:
    """Let nothing of SQLAlchemy's overtake the line, and no line outlive its transaction."""

    @event.listens_for(engine, "begin")
    def forget(connection: Connection) -> None:
        connection.info.pop(_LINE, None)
        connection.info.pop(_BEHIND, None)

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
    waiting = _waiting(connection)
    if waiting:
        run_all(connection, waiting)


def _waiting(connection: Connection) -> list[Errand]:
    """Both lines, taken."""
    return [*connection.info.pop(_LINE, ()), *connection.info.pop(_BEHIND, ())]


def run_all(connection: Connection, errands: Sequence[Errand]) -> None:
    """Faults come as SQLAlchemy's, as everywhere else; a lost connection is not used again."""
    driver: Any = connection.connection.driver_connection
    try:
        if connection.dialect.name == "sqlite":
            for errand in errands:
                found = driver.execute(errand.words, errand.values)
                errand.rows = found.fetchall() if errand.returns else []
        else:
            answers = travel(driver, connection.info.setdefault(_PREPARED, {}), [(errand.words, errand.values) for errand in errands])
            for errand, rows in zip(errands, answers, strict=True):
                errand.rows = rows
    except connection.dialect.loaded_dbapi.Error as error:
        lost = connection.dialect.is_disconnect(error, driver, None)
        if lost:
            connection.invalidate(error)
        kind = connection.dialect.loaded_dbapi.Error
        raise DBAPIError.instance(errands[-1].words, None, error, kind, connection_invalidated=lost, dialect=connection.dialect) from error
