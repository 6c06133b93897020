"""人员名单: a page of people by branch, state and binding, paged by key: the same few statements for ten people and ten thousand."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import Session
from sqlalchemy.sql import ColumnElement

from models.people import Contact, Person


@dataclass(frozen=True, slots=True)
class Filter:
    """`branches` None means all; `bound` None means either; `left` looks at those who left, else at those present on `day`."""

    day: date
    branches: Collection[int] | None = None
    name: str = ""
    bound: bool | None = None
    left: bool = False


def page(db: Session, wanted: Filter, after: int, most: int) -> Sequence[Person]:
    """People by id, those behind `after`."""
    return db.scalars(select(Person).where(*_where(wanted), Person.id > after).order_by(Person.id).limit(most)).all()


def count(db: Session, wanted: Filter) -> int:
    """How many there are in all."""
    return db.scalar(select(func.count()).select_from(Person).where(*_where(wanted))) or 0


def _where(wanted: Filter) -> list[ColumnElement[bool]]:
    present = or_(Person.left_on.is_(None), Person.left_on > wanted.day)
    said = [~present if wanted.left else present]
    if wanted.branches is not None:
        said.append(Person.branch_id.in_(wanted.branches))
    if wanted.name:
        said.append(Person.name.contains(wanted.name, autoescape=True))
    if wanted.bound is not None:
        has = exists().where(Contact.person_id == Person.id)
        said.append(has if wanted.bound else ~has)
    return said
