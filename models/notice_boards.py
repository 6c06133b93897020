"""公示板: published pledges with everything that stands beside them, in one statement (A9, F15)."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from models.people import Body, Person
from models.pledges import Pledge
from models.windows import ServiceWindow

_Unit = aliased(Body)


class PublishedLine(NamedTuple):
    """A pledge with its author's name and chosen form, its unit, branch and window."""

    code: str
    author: str
    form: str
    unit: str
    branch: str
    number: int | None
    window: str
    content: str
    measures: str
    standard: str
    deadline: date | None
    slogan: str
    state: str
    published_on: date | None


def published(
    db: Session, states: Sequence[str], most: int, *, branch_id: int | None = None, window_id: int | None = None, code: str = ""
) -> Sequence[PublishedLine]:
    """Of one branch, one window, or all: branch by branch, the units' first; with `code` that one alone."""
    names = (Pledge.code, Person.name, Person.public_form, func.coalesce(_Unit.name, ""), func.coalesce(Body.name, ""))
    window = (ServiceWindow.number, func.coalesce(ServiceWindow.name, ""))
    text = (Pledge.content, Pledge.measures, Pledge.standard, Pledge.deadline, Pledge.slogan, Pledge.state, Pledge.published_on)
    found = select(*names, *window, *text).join(Person, Person.id == Pledge.author_id).outerjoin(Body, Body.id == Pledge.branch_id)
    found = found.outerjoin(_Unit, _Unit.id == Pledge.unit_id).outerjoin(ServiceWindow, ServiceWindow.id == Pledge.window_id)
    found = found.where(Pledge.state.in_(states))
    for column, value in ((Pledge.branch_id, branch_id), (Pledge.window_id, window_id), (Pledge.code, code or None)):
        if value is not None:
            found = found.where(column == value)
    rows: Iterable[Any] = db.execute(found.order_by(Pledge.branch_id, Pledge.unit_id.is_(None), Pledge.id).limit(most))
    return [PublishedLine(*row) for row in rows]


def branch_name(db: Session, branch_id: int) -> str | None:
    return db.scalar(select(Body.name).where(Body.id == branch_id, Body.kind == "branch"))
