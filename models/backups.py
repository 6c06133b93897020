"""备份 backups: the rows of every table as lines, all of one moment; and back into a database that has none (R39)."""

from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from itertools import islice
from typing import Any

import orjson
from sqlalchemy import JSON, Date, Engine, LargeBinary, Table, bindparam, delete, func, insert, inspect, select, text
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session

from models.database import Base, Database, UtcTime, take_time
from models.migrations import ALL

_AT_ONCE = 1_000
_SEEDED = ("chain_heads", "editions")
"""Tables that a new schema is born with a row in."""


def names() -> list[str]:
    """All tables, those that are referred to first."""
    return [table.name for table in Base.metadata.sorted_tables] if ALL else []


@contextmanager
def moment(database: Database) -> Iterator[Connection]:
    """The database as it is now, whatever is written meanwhile; nobody waits for it."""
    with database.reading() as db:
        connection = db.connection(execution_options={} if database.is_sqlite else {"isolation_level": "REPEATABLE READ"})
        take_time(db)
        yield connection


def lines(connection: Connection, name: str) -> Iterator[bytes]:
    """A table's rows, in no order."""
    for row in connection.execute(select(Base.metadata.tables[name]).execution_options(yield_per=_AT_ONCE)):
        yield orjson.dumps(list(row), default=_as_text)


def _as_text(value: object) -> str:
    if isinstance(value, bytes | memoryview):
        return b64encode(bytes(value)).decode()
    raise TypeError(f"a {type(value).__name__} cannot be written down")


def is_empty(engine: Engine) -> bool:
    """Whether nobody has ever kept anything here: no tables, or tables without rows."""
    there = set(inspect(engine).get_table_names())
    with engine.connect() as connection:
        return not any(
            connection.execute(select(func.count()).select_from(Base.metadata.tables[name])).scalar_one()
            for name in names()
            if name in there and name not in _SEEDED
        )


def clear_seeds(db: Session) -> None:
    """What a new schema is born with, to be replaced."""
    take_time(db)
    for name in _SEEDED:
        db.execute(delete(Base.metadata.tables[name]))


def load(db: Session, name: str, raw: Iterable[bytes]) -> None:
    """Write the rows down as they were."""
    table = Base.metadata.tables[name]
    readers = [_READERS.get(type(column.type)) for column in table.c]
    names = [column.name for column in table.c]
    rows = (dict(zip(names, _read(line, readers), strict=True)) for line in raw)
    kept = insert(table).values({column.name: bindparam(column.name, type_=_bound(column.type)) for column in table.c})
    ordered = iter(_parents_first(table, rows))
    while some := list(islice(ordered, _AT_ONCE)):
        db.execute(kept, some)


Reader = Callable[[Any], Any] | None
_READERS: dict[type, Callable[[Any], Any]] = {UtcTime: datetime.fromisoformat, Date: date.fromisoformat, LargeBinary: b64decode}


def _read(line: bytes, readers: list[Reader]) -> list[Any]:
    values = orjson.loads(line)
    return [value if value is None or reader is None else reader(value) for value, reader in zip(values, readers, strict=True)]


def _bound(kind: Any) -> Any:
    """Nothing in a column of JSON stays nothing, and does not become JSON's null."""
    return JSON(none_as_null=True) if isinstance(kind, JSON) else kind


def _parents_first(table: Table, rows: Iterable[dict[str, Any]]) -> Iterable[dict[str, Any]]:
    """A body stands below another body: rows that refer to rows of the same table come after these."""
    within = [(key.parent.name, key.column.name) for key in table.foreign_keys if key.column.table is table]
    if not within:
        yield from rows
        return
    ((column, referred),) = within
    waiting, there = list(rows), {None}
    while ready := [row for row in waiting if row[column] in there]:
        yield from ready
        waiting = [row for row in waiting if row[column] not in there]
        there |= {row[referred] for row in ready}


def continue_numbers(db: Session) -> None:
    """The next row gets the number after the last: PostgreSQL counts apart from the rows."""
    if db.get_bind().dialect.name != "postgresql":
        return
    for table in Base.metadata.sorted_tables:
        for column in table.primary_key if len(table.primary_key) == 1 else ():
            found = db.execute(text("SELECT pg_get_serial_sequence(:of, :at)"), {"of": table.name, "at": column.name}).scalar()
            if found:
                last = db.execute(select(func.max(column))).scalar()
                db.execute(text("SELECT setval(:name, :last, :used)"), {"name": found, "last": last or 1, "used": last is not None})
