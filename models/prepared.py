"""Prepared: statements of the hot path, put into words once and run on the driver's own cursor (performance.md, points 2 and 7).

SQLAlchemy needs 100–200 µs to bring one Core statement to the driver, and a batch of ratings takes fifteen; the driver needs 5–50.
All rows go at once. On SQLite as many groups of values: at each step of a statement the driver lets go of the interpreter and must
win it back. On PostgreSQL as one JSON text: the words never change with the number of rows, so the server keeps the statement
prepared. Elsewhere Core and the ORM stay right.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import orjson
from sqlalchemy import JSON, Column, Date, Dialect, LargeBinary, Table
from sqlalchemy.orm import Session

from models.database import UtcTime
from models.errands import Errand, Line, Row, line_of

Change = Callable[[Any], Any] | None
"""What a value needs on its way to or from the driver; None for nothing."""


class Add:
    """INSERT of many rows, each a dictionary with all of `columns`. `then` is what follows the values: the same in both dialects."""

    def __init__(self, table: Table, columns: Sequence[str], then: str = "", returning: str = "") -> None:
        self._columns, self._names = [table.c[name] for name in columns], tuple(columns)
        self._head = f"INSERT INTO {table.name} ({', '.join(columns)}) "
        self._then = f" {then} RETURNING {returning}" if returning else f" {then}"
        self._returns = bool(returning)
        self._changes: dict[str, list[tuple[str, Change]]] = {}
        self._words: dict[str | int, str] = {}

    def __call__(self, db: Session, rows: Sequence[dict[str, Any]]) -> list[Row]:
        """Insert; what is returned, in no order."""
        if not rows:
            return []
        line = line_of(db)
        return line.run(self._errand(line.dialect, rows))

    def later(self, db: Session, rows: Sequence[dict[str, Any]]) -> None:
        """Insert before the commit at the latest: for those whose answer nobody needs."""
        if rows:
            line = line_of(db)
            line.up(self._errand(line.dialect, rows))

    def soon(self, db: Session, rows: Sequence[dict[str, Any]]) -> Callable[[], list[Row]]:
        """Insert with the next statement whose answer is needed; what is returned can be asked for behind that."""
        line = line_of(db)
        errand = self._errand(line.dialect, rows)
        line.up(errand)
        return lambda: errand.rows or []

    def _errand(self, dialect: Dialect, rows: Sequence[dict[str, Any]]) -> Errand:
        changes = self._changes.get(dialect.name) or self._learn(dialect)
        if dialect.name == "sqlite":
            return Errand(self._in_here(len(rows)), _flat(rows, changes), self._returns)
        sent = [{name: row[name] if change is None else _sent(row[name], change) for name, change in changes} for row in rows]
        return Errand(self._far_away(dialect), (orjson.dumps(sent).decode(),), self._returns)

    def _learn(self, dialect: Dialect) -> list[tuple[str, Change]]:
        way = _to_sqlite if dialect.name == "sqlite" else _to_json
        changes = self._changes[dialect.name] = [(column.name, _remembering(column, way(column, dialect))) for column in self._columns]
        return changes

    def _in_here(self, n: int) -> str:
        if n not in self._words:
            row = f"({', '.join('?' * len(self._names))})"
            self._words[n] = f"{self._head}VALUES {', '.join([row] * n)}{self._then}"
        return self._words[n]

    def _far_away(self, dialect: Dialect) -> str:
        if dialect.name not in self._words:
            typed = ", ".join(f"{column.name} {column.type.compile(dialect)}" for column in self._columns)
            given = f"SELECT * FROM json_to_recordset($1::json) AS given ({typed})"  # noqa: S608 -- names of our own tables
            self._words[dialect.name] = f"{self._head}{given}{self._then}"
        return self._words[dialect.name]


class Find:
    """SELECT of `columns` by a set of keys; `join` and `more` add a table and columns of its own to each row."""

    def __init__(self, table: Table, key: str, columns: Sequence[str], join: str = "", more: Sequence[Column[Any]] = ()) -> None:
        self._columns, self._key = [*(table.c[name] for name in columns), *more], columns.index(key)
        names = ", ".join(column.name for column in self._columns)
        self._words = f"SELECT {names} FROM {table.name} {join} WHERE {key} "  # noqa: S608 -- names of our own tables
        self._in_here = lru_cache(64)(lambda n: f"{self._words}IN ({', '.join('?' * n)})")
        self._changes: dict[str, list[Change]] = {}

    def announce(self, db: Session, keys: Sequence[Any]) -> None:
        """These will be looked for soon, and are not changed before: the answer may come along with another's."""
        line = line_of(db)
        if keys and not line.nearby:
            errand = self._errand(line, keys)
            line.up(errand)
            db.info[self] = frozenset(keys), errand

    def __call__(self, db: Session, keys: Sequence[Any]) -> list[Row]:
        """Those that are there, in no order."""
        if not keys:
            return []
        line = line_of(db)
        announced, errand = (frozenset(), None) if line.nearby else db.info.pop(self, (frozenset(), None))
        if errand is None or not announced.issuperset(keys):
            return self._read(line, line.run(self._errand(line, keys)))
        if errand.rows is None:
            line.hurry()
        wanted = frozenset(keys)
        return self._read(line, [row for row in errand.rows or () if row[self._key] in wanted])

    def _errand(self, line: Line, keys: Sequence[Any]) -> Errand:
        if line.nearby:
            return Errand(self._in_here(len(keys)), keys, True)
        return Errand(f"{self._words}= ANY($1)", (_array(keys),), True)

    def _read(self, line: Line, found: list[Row]) -> list[Row]:
        if not found:
            return found
        dialect = line.dialect
        if dialect.name not in self._changes:
            self._changes[dialect.name] = [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in self._columns]
        changes = self._changes[dialect.name]
        return [tuple(map(_sent, row, changes)) for row in found]


class Do:
    """Any single statement with `?` for its values; `locked` adds FOR UPDATE where the dialect knows it."""

    def __init__(self, words: str, *, locked: bool = False) -> None:
        self._sqlite, self._others = words, _numbered(words) + (" FOR UPDATE" if locked else "")
        self._returns = words.startswith("SELECT")

    def announce(self, db: Session, *values: Any) -> None:
        """It will be run soon with these values: right behind the next statement whose answer is needed, in the same journey."""
        line = line_of(db)
        if not line.nearby:
            db.info[self] = errand = self._errand(line, values)
            line.follow(errand)

    def __call__(self, db: Session, *values: Any) -> list[Row]:
        line = line_of(db)
        errand: Errand | None = None if line.nearby else db.info.pop(self, None)
        if errand is None:
            return line.run(self._errand(line, values))
        if errand.rows is None:
            line.hurry()
        return errand.rows or []

    def later(self, db: Session, *values: Any) -> None:
        """Before the commit at the latest: for those whose answer nobody needs."""
        line = line_of(db)
        line.up(self._errand(line, values))

    def _errand(self, line: Line, values: Sequence[Any]) -> Errand:
        return Errand(self._sqlite if line.nearby else self._others, values, self._returns)


def _numbered(words: str) -> str:
    """PostgreSQL's own signs for values: the n-th `?` is `$n`."""
    first, *others = words.split("?")
    return first + "".join(f"${n}{part}" for n, part in enumerate(others, 1))


def _array(keys: Sequence[Any]) -> str:
    """An array as PostgreSQL writes it."""
    texts = [f"\\x{key.hex()}" if isinstance(key, bytes) else str(key) for key in keys]
    return "{" + ",".join('"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"' for text in texts) + "}"


def _flat(rows: Sequence[dict[str, Any]], changes: Sequence[tuple[str, Change]]) -> list[Any]:
    return [row[name] if change is None or row[name] is None else change(row[name]) for row in rows for name, change in changes]


def _sent(value: Any, change: Change) -> Any:
    return value if change is None or value is None else change(value)


def _remembering(column: Column[Any], change: Change) -> Change:
    """Moments and days are alike in all rows of a batch: each is changed once."""
    return lru_cache(64)(change) if change is not None and isinstance(column.type, Date | UtcTime) else change


def _to_sqlite(column: Column[Any], dialect: Dialect) -> Change:
    return None if isinstance(column.type, LargeBinary) else column.type.dialect_impl(dialect).bind_processor(dialect)


def _to_json(column: Column[Any], dialect: Dialect) -> Change:
    """Bytes travel as PostgreSQL writes them in hex; documents as they are; the rest as SQLAlchemy would hand it to the driver."""
    if isinstance(column.type, LargeBinary):
        return lambda value: f"\\x{value.hex()}"
    return None if isinstance(column.type, JSON) else column.type.dialect_impl(dialect).bind_processor(dialect)
