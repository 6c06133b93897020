"""Errands: statements on their way to the driver, on PostgreSQL as many as possible in one journey (performance.md, point 2).

A lone rating takes fifteen statements. Sent one by one, as many journeys to the server are most of its time; nobody needs the
answer of a write, and what will be read is known at the beginning. So writes and announced reads wait in line and travel with the
first statement whose answer is needed; at the latest before SQLAlchemy's own next statement, or with the commit. Fifteen become three.

What many do together is led by a line: it begins and commits the transaction itself, and the session joins in only when something
is asked of it. A rating asks nothing, and is spared SQLAlchemy's part in the transaction: 50 µs.
"""

from abc import ABC, abstractmethod
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
_LINE, _HELD, _LEADER, _PREPARED = "line of errands", "line held", "line that leads", "prepared here"


@dataclass(slots=True)
class Errand:
    """One statement in the driver's own words. `rows` is None until it was run."""

    words: str
    values: Sequence[Any]
    returns: bool
    rows: list[Row] | None = None


class Line(ABC):
    """The errands of one transaction."""

    __slots__ = ("_connection", "_driver", "_errors", "dialect", "leads")
    nearby: bool

    def __init__(self, connection: Connection) -> None:
        self._connection, self.dialect = connection, connection.dialect
        self._driver: Any = connection.connection.driver_connection
        self._errors = self.dialect.loaded_dbapi.Error
        self.leads = False

    @abstractmethod
    def up(self, errand: Errand) -> None:
        """Run it with the next one that cannot wait."""

    @abstractmethod
    def follow(self, errand: Errand) -> None:
        """Run it right behind the next one that cannot wait: for a lock that must be taken after that one's."""

    @abstractmethod
    def run(self, errand: Errand) -> list[Row]:
        """Run it now, behind all that wait."""

    @abstractmethod
    def hurry(self) -> None:
        """Run all that wait."""

    @abstractmethod
    def finish(self) -> None:
        """Run all that wait. Where this line leads, or where that saves a journey, the commit too: what a session then commits is done."""

    def _fault(self, words: str, error: Any) -> Exception:
        """Faults come as SQLAlchemy's, as everywhere else; a lost connection is not used again."""
        lost = self.dialect.is_disconnect(error, self._driver, None)
        if lost:
            self._connection.invalidate(error)
        fault: Exception = DBAPIError.instance(words, None, error, self._errors, connection_invalidated=lost, dialect=self.dialect)
        return fault


class _Near(Line):
    """On SQLite there is no journey to save: nobody waits."""

    __slots__ = ()
    nearby = True

    def run(self, errand: Errand) -> list[Row]:
        try:
            found = self._driver.execute(errand.words, errand.values)
            errand.rows = rows = found.fetchall() if errand.returns else []
        except self._errors as error:
            raise self._fault(errand.words, error) from error
        return rows

    up = follow = run  # type: ignore[assignment]

    def hurry(self) -> None:
        """Nothing waits."""

    def finish(self) -> None:
        if self.leads:
            self.run(_COMMIT)


class _Far(Line):
    """On PostgreSQL."""

    __slots__ = ("_behind", "_waiting")
    nearby = False

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self._waiting: list[Errand] = []
        self._behind: list[Errand] = []

    def up(self, errand: Errand) -> None:
        self._waiting.append(errand)

    def follow(self, errand: Errand) -> None:
        self._behind.append(errand)

    def run(self, errand: Errand) -> list[Row]:
        self._waiting.append(errand)
        self.hurry()
        return errand.rows or []

    def hurry(self) -> None:
        if not self._waiting and not self._behind:
            return
        errands = [*self._waiting, *self._behind]
        self._waiting, self._behind = [], []
        prepared = self._connection.info.setdefault(_PREPARED, {})
        try:
            answers = _JOURNEYS.travel(self._driver, prepared, [(errand.words, errand.values) for errand in errands])
        except self._errors as error:
            raise self._fault(errands[-1].words, error) from error
        for errand, rows in zip(errands, answers, strict=True):
            errand.rows = rows

    def finish(self) -> None:
        if self._waiting or self.leads:
            self.run(_COMMIT)


_COMMIT = Errand("COMMIT", (), returns=False)


def line_of(db: Session) -> Line:
    """The line of the session's transaction, after what the session itself still had to write. Kept: asking anew costs 8 µs each time."""
    leader: Line | None = db.info.get(_LEADER)
    if leader is not None and not db.in_transaction():
        return leader
    db.flush()
    transaction = db.get_nested_transaction() or db.get_transaction()
    held: tuple[Any, Line] | None = db.info.get(_HELD)
    if held is not None and held[0] is transaction:
        return held[1]
    line: Line = db.connection().info[_LINE]  # begins the transaction, or the savepoint
    db.info[_HELD] = db.get_nested_transaction() or db.get_transaction(), line
    return line


class Leader:
    """What leads the transactions of one connection, to which `db` is bound, whether or not the session comes to take part."""

    def __init__(self, db: Session, connection: Connection, begin: str) -> None:
        self._db, self._info = db, connection.info
        self._line = line_to(connection)
        self._begin = Errand(begin, (), returns=False) if begin else None

    def begin(self) -> None:
        self._info[_LINE] = self._db.info[_LEADER] = self._line
        self._line.leads = True
        if self._begin is not None:
            self._line.up(self._begin)

    def finish(self) -> None:
        """Run all that wait, and commit: what the session then commits is done."""
        self._line.finish()

    def leave(self) -> None:
        """It leads no more, whatever became of the transaction."""
        self._line.leads = False


def line_to(connection: Connection) -> Line:
    return _Near(connection) if connection.dialect.name == "sqlite" else _Far(connection)


def keep_order(engine: Engine, begin: str = "") -> None:
    """Let nothing of SQLAlchemy's overtake the line, and no line outlive its transaction. `begin` opens one where the driver does not."""

    @event.listens_for(engine, "begin")
    def anew(connection: Connection) -> None:
        line = connection.info.get(_LINE)
        if line is None or not line.leads:
            line = connection.info[_LINE] = line_to(connection)
            if begin:
                line.up(Errand(begin, (), returns=False))

    if not begin:

        @event.listens_for(engine, "before_cursor_execute")
        def before(connection: Connection, *_statement: Any) -> None:
            connection.info[_LINE].hurry()
