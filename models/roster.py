"""花名册 as a whole: all people read at once, hundreds of rows written by each statement (performance.md, roster)."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import bindparam, func, select, text, update
from sqlalchemy.orm import Session

from models.database import table_of
from models.people import Body, Person, SeatRow
from models.prepared import Add

_P, _B, _S = table_of(Person), table_of(Body), table_of(SeatRow)
_COLUMNS = ("name", "branch_id", "category", "joined_on", "phone_sealed", "phone_index")
_READ = (_P.c.id, *(_P.c[name] for name in _COLUMNS), _P.c.left_on, _P.c.version)
_ADD = Add(_P, (*_COLUMNS, "public_form", "version"), returning="id, branch_id")
_AT_ONCE = 200


class Stamp(NamedTuple):
    """How the register stands: differs after any change of a person or a body."""

    people: int
    last: int
    versions: int
    bodies: int


def lock(db: Session) -> None:
    """Let nobody else change people until the commit. SQLite has one writer at a time anyway."""
    if db.get_bind().dialect.name == "postgresql":
        db.execute(text("LOCK TABLE people IN SHARE ROW EXCLUSIVE MODE"))


def stamp(db: Session) -> Stamp:
    """The present stamp."""
    people = select(func.count(), func.coalesce(func.max(_P.c.id), 0), func.coalesce(func.sum(_P.c.version), 0)).select_from(_P)
    n, last, versions = db.execute(people).one()
    return Stamp(int(n), int(last), int(versions), db.scalar(select(func.count()).select_from(_B)) or 0)


def everyone(db: Session) -> Sequence[tuple[Any, ...]]:
    """id, name, branch, category, joined, sealed phone, its index, left, version of all people, in order."""
    return [tuple(row) for row in db.execute(select(*_READ).order_by(_P.c.id))]


def bodies(db: Session) -> Sequence[tuple[int, str, str, int | None]]:
    """id, kind, name, parent of all bodies, in order."""
    return [tuple(row) for row in db.execute(select(_B.c.id, _B.c.kind, _B.c.name, _B.c.parent_id).order_by(_B.c.id))]


def add_branch(db: Session, name: str, parent_id: int | None) -> int:
    """A new branch below `parent_id`."""
    body = Body(kind="branch", name=name, parent_id=parent_id)
    db.add(body)
    db.flush()
    return body.id


def add_people(db: Session, rows: Sequence[Mapping[str, Any]]) -> Iterator[Sequence[tuple[int, int]]]:
    """Insert them; (id, branch) of each, some hundred at a time. Others see of them what is least: the post (P03)."""
    for start in range(0, len(rows), _AT_ONCE):
        yield _ADD(db, [{**row, "public_form": "post", "version": 1} for row in rows[start : start + _AT_ONCE]])


def change_people(db: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write the new values of people, each with all of the columns, `id` and `left_on`."""
    if rows:
        statement = update(_P).where(_P.c.id == bindparam("at_id"))
        values: dict[str, Any] = {name: bindparam(f"to_{name}") for name in (*_COLUMNS, "left_on")}
        given = [{"at_id": row["id"], **{f"to_{name}": row[name] for name in values}} for row in rows]
        db.connection().execute(statement.values(**values, version=_P.c.version + 1), given)


def mark_left(db: Session, ids: Sequence[int], day: date) -> None:
    """They left on `day`; nothing else of them changes."""
    if ids:
        statement = update(_P).where(_P.c.id == bindparam("at_id")).values(left_on=day, version=_P.c.version + 1)
        db.connection().execute(statement, [{"at_id": one} for one in ids])


def seated(db: Session, ids: Sequence[int], day: date) -> set[int]:
    """Those of them who hold a seat on `day`."""
    running = (_S.c.to_day.is_(None)) | (_S.c.to_day >= day)
    return set(db.scalars(select(_S.c.person_id).where(running, _S.c.from_day <= day))) & set(ids)
