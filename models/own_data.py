"""本人数据: all rows of one person, table by table, as the list of personal data names them (R36)."""

from typing import Any

from sqlalchemy import Column, LargeBinary, select
from sqlalchemy.orm import Session

from models.database import Base

_INNER = frozenset(("contact", "words", "version", "once", "claimed_by", "claimed_at", "acting", "mark", "hash", "totp_step", "outcome", "attempts"))
"""Columns that say nothing of the person, or something of somebody else: words of letters name others."""


def is_person(place: str) -> bool:
    """Whether this table.column points at a person."""
    return any(key.target_fullname == "people.id" for key in _column(place).foreign_keys)


def columns(place: str) -> list[str]:
    """What a row of this table tells its person: no keyed mark, nothing sealed, nobody else's number."""
    shown = (one for one in _column(place).table.c if not isinstance(one.type, LargeBinary) and not _leads_to_people(one))
    return [one.name for one in shown if one.name not in _INNER]


def rows(db: Session, place: str, value: Any) -> list[dict[str, Any]]:
    """The rows in which this table.column is `value`, without what `columns` leaves out."""
    table = _column(place).table
    shown = [table.c[name] for name in columns(place)]
    found = select(*shown).where(_column(place) == value).order_by(*table.primary_key.columns)
    return [dict(row._mapping) for row in db.execute(found)]


def _column(place: str) -> Column[Any]:
    table, name = place.split(".")
    return Base.metadata.tables[table].c[name]


def _leads_to_people(column: Column[Any]) -> bool:
    return any(key.target_fullname in ("people.id", "contacts.mark") for key in column.foreign_keys)
