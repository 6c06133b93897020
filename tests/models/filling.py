"""Rows for every table, whatever it is called: made from the columns' types, the n-th row of each table refers to the n-th of the others."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Date, DateTime, Engine, Integer, LargeBinary, SmallInteger, String, Table, inspect

from models.database import UtcTime

FEW = 3
"""So many rows each table must have before one gets more."""


def fill(engine: Engine, tables: Iterable[Table], numbers: Iterable[int]) -> None:
    """One row for each number in each table; tables in the order in which they may be filled."""
    wanted = list(numbers)
    with engine.begin() as connection:
        for table in tables:
            for at in range(0, len(wanted), 10_000):
                connection.execute(table.insert(), [row(table, n) for n in wanted[at : at + 10_000]])


def row(table: Table, n: int) -> dict[str, Any]:
    return {column.name: value(column, n) for column in table.columns}


def value(column: Column[Any], n: int) -> Any:
    """Every second row has nothing where nothing may be."""
    if column.nullable and n % 2 == 0:
        return None
    for key in column.foreign_keys:
        return value(key.column, n if n <= FEW else n % FEW + 1)
    default = getattr(column.default, "arg", None)
    return default if isinstance(default, int) else _by_type(column, n)


def _by_type(column: Column[Any], n: int) -> Any:
    kind = column.type.impl if isinstance(column.type, UtcTime) else column.type
    moment = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=n)
    if isinstance(kind, Boolean):
        return n % 3 == 0
    if isinstance(kind, SmallInteger):
        return n % 5 + 1
    if isinstance(kind, Integer):
        return n
    if isinstance(kind, DateTime):
        return moment if isinstance(column.type, UtcTime) else moment.replace(tzinfo=None)
    if isinstance(kind, Date):
        return date(2026, 1, 1) + timedelta(days=n % 3650)
    if isinstance(kind, LargeBinary):
        return n.to_bytes(16)
    if isinstance(kind, JSON):
        return ["甲", n]
    assert isinstance(kind, String)
    return f"{column.name}{n}"[-(kind.length or 100) :]


Columns = dict[str, list[str]]
"""The columns of every table."""


def columns(engine: Engine) -> Columns:
    look = inspect(engine)
    names = sorted(set(look.get_table_names()) - {"alembic_version"})
    return {name: sorted(column["name"] for column in look.get_columns(name)) for name in names}


def in_both(one: Columns, other: Columns) -> Columns:
    return {name: sorted(set(one[name]) & set(other[name])) for name in one if name in other}


def sums(engine: Engine, of: Columns) -> dict[str, tuple[Any, ...]]:
    """How many rows each table has, and a sum over what stands in those columns."""
    with engine.connect() as connection:
        return {name: tuple(connection.exec_driver_sql(_sum(engine, name, names)).one()) for name, names in of.items() if names}


def _sum(engine: Engine, table: str, names: list[str]) -> str:
    listed = ", ".join(f'"{name}"' for name in names)
    if engine.dialect.name == "postgresql":
        return f'SELECT count(*), sum(hashtextextended(ROW({listed})::text, 0)::numeric) FROM "{table}"'
    quoted = " || '|' || ".join(f'quote("{name}")' for name in names)
    return f'SELECT count(*), group_concat(line, char(10)) FROM (SELECT {quoted} AS line FROM "{table}" ORDER BY 1)'
