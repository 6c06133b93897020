"""Errands: statements on their way to the driver, on PostgreSQL as many as possible in one journey (performance.md, point 2).

A lone rating takes fifteen statements. Sent one by one, as many journeys to the server are most of its time; nobody needs the
answer of a write, and what will be read is known at the beginning. So writes and announced reads wait in line and travel with the
first statement whose answer is needed; at the latest before SQLAlchemy's own next statement, or with the commit. Fifteen become three.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from domain.late import Late

Row = tuple[Any, ...]
_JOURNEYS = Late("models.journeys")
_LINE, _PREPARED = "line of errands", "prepared here"


@dataclass(slots=True)
class Errand:
    """One statement in the driver's own words. `rows` is None until it was run."""

    words: str
    values: Sequence[Any]
    returns: bool
    rows: list[Row] | None = None


class Line:
    """The errands of one transaction. On SQLite there is no journey to save: nobody waits."""

    __slots__ = ("_behind", "_connection", "_driver", "_waiting", "dialect", "nearby")

    def __init__(self, connection: Connection) -> None:
        self._connection, self.dialect = connection, connection.dialect
        self._driver: Any = connection.connection.driver_connection
        self.nearby = self.dialect.name == "sqlite"
        self._waiting: list[Errand] = []
        self._behind: list[Errand] = []

    def up(self, errand: Errand) -> None:
        """Run it with the next one that cannot wait."""
        if self.nearby:
            self._run([errand])
        else:
            self._waiting.append(errand)

    def follow(self, errand: Errand) -> None:
        """Run it right behind the next one that cannot wait: for a lock that must be taken after that one's."""
        self._behind.append(errand)

    def run(self, errand: Errand) -> list[Row]:
        """Run it now, behind all that wait."""
        self._waiting.append(errand)
        self.hurry()
        return errand.rows or []

    def hurry(self) -> None:
        """Run all that wait."""
        if self._waiting or self._behind:
            errands = [*self._waiting, *self._behind]
            self._waiting, self._behind = [], []
            self._run(errands)

    def finish(self) -> None:
        """Run all that wait and, where that saves a journey, the commit behind them: what the session then commits is done already."""
        if self._waiting:
            self.run(Errand("COMMIT", (), returns=False))

    def _run(self, errands: Sequence[Errand]) -> None:
        """Faults come as SQLAlchemy's, as everywhere else; a lost connection is not used again."""
        try:
            if self.nearby:
                for errand in errands:
                    found = self._driver.execute(errand.words, errand.values)
                    errand.rows = found.fetchall() if errand.returns else []
            else:
                prepared = self._connection.info.setdefault(_PREPARED, {})
                answers = _JOURNEYS.travel(self._driver, prepared, [(errand.words, errand.values) for errand in errands])
                for errand, rows in zip(errands, answers, strict=True):
                    errand.rows = rows
        except self.dialect.loaded_dbapi.Error as error:
            raise self._fault(errands[-1].words, error) from error

    def _fault(self, words: str, error: Any) -> Exception:
        lost = self.dialect.is_disconnect(error, self._driver, None)
        if lost:
            self._connection.invalidate(error)
        kind = self.dialect.loaded_dbapi.Error
        fault: Exception = DBAPIError.instance(words, None, error, kind, connection_invalidated=lost, dialect=self.dialect)
        return fault


def line_of(db: Session) -> Line:
    """The line of the session's transaction, after what the session itself still had to write. Kept: asking anew costs 8 µs each time."""
    db.flush()
    transaction = db.get_nested_transaction() or db.get_transaction()
    held: tuple[Any, Line] | None = db.info.get(_LINE)
    if held is not None and held[0] is transaction:
        return held[1]
    line: Line = db.connection().info[_LINE]  # begins the transaction, or the savepoint
    db.info[_LINE] = db.get_nested_transaction() or db.get_transaction(), line
    return line


def keep_order(engine: Engine, begin: str = "") -> None:
    """Let nothing of SQLAlchemy's overtake the line, and no line outlive its transaction. `begin` opens one where the driver does not."""

    @event.listens_for(engine, "begin")
    def anew(connection: Connection) -> None:
        line = connection.info[_LINE] = Line(connection)
        if begin:
            line.up(Errand(begin, (), returns=False))

    if not begin:

        @event.listens_for(engine, "before_cursor_execute")
        def before(connection: Connection, *_statement: Any) -> None:
            connection.info[_LINE].hurry()
