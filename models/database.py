"""The database: the base of all tables, the one place that begins and commits, SQLite and PostgreSQL from one code."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import UTC, datetime
from threading import Lock
from typing import Any, cast

from sqlalchemy import DateTime, Dialect, Index, MetaData, Table, text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.types import TypeDecorator

from domain.late import Late
from models import engines
from models.errands import Leader, line_of
from models.writer import Work, Writer


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


def partial_index(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    """An index of those rows alone. What they are is said to SQLAlchemy only when the schema is made or compared: said at once, it loads
    PostgreSQL's dialect into every process.
    """
    return Index(name, *columns, unique=unique, info={"where": where})


def whole_metadata() -> MetaData:
    """All tables that were loaded, their partial indexes told in full."""
    for index in (one for table in Base.metadata.tables.values() for one in table.indexes if "where" in one.info):
        for dialect in ("sqlite", "postgresql"):
            index.dialect_options[dialect]["where"] = text(index.info["where"])
    return Base.metadata


class UtcTime(TypeDecorator[datetime]):
    """A moment, stored in UTC without zone, handed out aware (design.md 5.9)."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


Seal = Callable[[Session], None]


class Database:
    """One database, and an engine for each use: one that writes, one that only reads, one for the writer that commits many deeds at once.

    `url` as SQLAlchemy takes it (`sqlite:///var/liangnuo.db`, `postgresql+psycopg://…`). `seal` runs at the end of
    each transaction, before the commit: it puts the steps of the deed into the digest chain.
    """

    def __init__(self, url: str, seal: Seal, pool: int = 5, synchronous: str = "FULL") -> None:
        self.url = url
        self._seal = seal
        self._turn: AbstractContextManager[Any] = Lock() if url.startswith("sqlite") else nullcontext()
        self.is_sqlite = url.startswith("sqlite")
        if self.is_sqlite:
            self._begin = "BEGIN IMMEDIATE"
            self.engine = engines.sqlite(url, self._begin, synchronous)
            self._readers = engines.sqlite(url, "BEGIN", synchronous)
            self._batches = self.engine
        else:
            self._begin = ""
            self.engine = self._readers = engines.postgresql(url, pool, engines.PATIENCE)
            self._batches = engines.postgresql(url, 1, engines.PATIENCE + engines.BY_KEY, prepare_threshold=None)
        self._kept: _Kept | None = None
        self._writer = Writer(self._together)
        self._heard: tuple[float, int] | None = None

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """One deed, one commit. On SQLite writers of this process queue up fairly instead of polling the file's lock."""
        with self._turn, Session(self.engine, expire_on_commit=False) as db:
            yield db
            self._seal(db)
            line_of(db).finish()
            _commit(db)
        self._heard = None

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that only reads."""
        with Session(self._readers, expire_on_commit=False, autoflush=False) as db:
            yield db

    def together(self, handle: Callable[[Any, Sequence[Any]], Sequence[Any]], item: Any, patience: float = 4.0) -> Any:
        """See `domain.ports.Database.together`."""
        return self._writer.submit(handle, item, patience)

    def together_later(self, handle: Callable[[Any, Sequence[Any]], Sequence[Any]], item: Any, tell: Callable[[Any], None]) -> Callable[[], bool]:
        """See `domain.ports.Database.together_later`."""
        slot = self._writer.submit_later(handle, item, tell)
        return lambda: self._writer.withdraw(slot)

    def _together(self, work: Work) -> list[list[Any]]:
        """One batch at a time: its connection and its session are kept, for a connection from the pool costs 60 µs and a new session 10.
        After a failure they are not: a connection whose commit failed (disk full) is left in a transaction that neither ends nor lets
        another begin.
        """
        kept = self._kept = self._kept or _Kept(self._batches.connect(), self._begin)
        with self._turn:
            try:
                answers = self._led(kept, work)
            except BaseException:
                self._kept = None
                kept.close()
                raise
        self._heard = None
        return answers

    def _led(self, kept: "_Kept", work: Work) -> list[list[Any]]:
        """A transaction that the line begins and commits; the session takes part when something is asked of it."""
        db, leader = kept.session, kept.leader
        try:
            leader.begin()
            answers = [list(handle(db, items)) for handle, items in work]
            self._seal(db)
            takes_part = db.in_transaction()
            if takes_part:
                db.flush()
            leader.finish()
            if takes_part:
                db.commit()
        finally:
            leader.leave()
        kept.forget()
        return answers

    def edition(self) -> int:
        """The public register's present edition. On PostgreSQL it is remembered for `_HEARD` seconds, and forgotten with each commit
        of this process: a revoked plate of another process is seen a tenth of a second later at most.
        """
        heard = self._heard
        if heard is not None and time.monotonic() - heard[0] < _HEARD:
            return heard[1]
        n = self._edition_now()
        if not self.is_sqlite:
            self._heard = (time.monotonic(), n)
        return n

    def _edition_now(self) -> int:
        """Asked of the driver itself, outside any transaction: a fifth of the time, one round trip instead of three. What fails
        there is asked again through SQLAlchemy, which names the fault and replaces a dead connection.
        """
        try:
            return self._edition_at_once()
        except self._readers.dialect.loaded_dbapi.Error as error:
            if not self.is_sqlite and isinstance(error, _DEAFNESS.Deaf):
                raise OperationalError(_EDITION, None, error) from None
            with self._readers.connect() as connection:
                return int(connection.exec_driver_sql(_EDITION).scalar_one())

    def _edition_at_once(self) -> int:
        connection = self._readers.raw_connection()
        driver: Any = connection.driver_connection
        try:
            if not self.is_sqlite:
                driver.autocommit = True
            found = driver.execute(_EDITION).fetchone()
            if not self.is_sqlite:
                driver.autocommit = False
            return int(found[0])
        except self._readers.dialect.loaded_dbapi.Error:
            connection.invalidate()
            raise
        finally:
            connection.close()

    def queue(self) -> int:
        """See `domain.ports.Database.queue`."""
        return len(self._writer)

    def ready(self) -> None:
        """Raise unless the database answers and its schema is there."""
        self._edition_now()

    def close(self) -> None:
        self._writer.close()
        if self._kept is not None:
            self._kept.close()
        for engine in (self.engine, self._readers, self._batches):
            engine.dispose()


class _Kept:
    """A connection for batches, with what is made but once for it."""

    def __init__(self, connection: Connection, begin: str) -> None:
        self._connection = connection
        self.session = Session(connection, expire_on_commit=False)
        self.leader = Leader(self.session, connection, begin)

    def forget(self) -> None:
        """What one transaction knew is not the next one's."""
        self.session.info.clear()
        self.session.expunge_all()

    def close(self) -> None:
        self.session.close()
        self._connection.close()


_DIALECTS = {name: Late(f"sqlalchemy.dialects.{name}") for name in ("sqlite", "postgresql")}
_HEARD = 0.1
"""Seconds for which PostgreSQL is not asked again for the edition: a round trip costs as much as drawing a kept page."""
_EDITION = "SELECT n FROM editions WHERE name = 'public'"
_DEAFNESS = Late("models.deafness")


def table_of(model: type[Base]) -> Table:
    """The table behind a class, for statements that need no objects."""
    return cast(Table, model.__table__)


def insert_unless_there(db: Session, table: Any) -> Any:
    """`INSERT … ON CONFLICT` of the dialect in use: both speak it, SQLAlchemy names it twice."""
    return _DIALECTS[db.get_bind().dialect.name].insert(table)


def _commit(db: Session) -> None:
    """A commit that fails (disk full) leaves its connection in a transaction, and SQLAlchemy would hand that on to the next deed."""
    try:
        db.commit()
    except BaseException:
        db.invalidate()
        raise


def take_time(db: Session) -> None:
    """This transaction may read whole tables: nobody hurries it, on either side."""
    if db.get_bind().dialect.name == "postgresql":
        db.execute(text("SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0"))
        cast(Any, db.connection().connection.driver_connection).patience = None


def is_conflict(error: Exception) -> bool:
    """Whether a race was lost in the database (unique row, deadlock, busy file): doing the deed again is right."""
    return isinstance(error, DBAPIError) and not error.connection_invalidated


def ping(db: Session) -> None:
    db.execute(text("SELECT 1"))
