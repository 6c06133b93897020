"""台账、名单: what lists read, each in one statement for the whole bureau (F55)."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from models.people import Body, Person, SeatRow
from models.pledges import Pledge
from models.windows import ServiceWindow

_Unit = aliased(Body)


class PledgeLine(NamedTuple):
    """A pledge with the names of those it belongs to."""

    branch_id: int | None
    branch: str
    unit: str
    author: str
    window: str
    content: str
    measures: str
    standard: str
    deadline: date | None
    state: str
    published_on: date | None


def pledges(db: Session) -> Sequence[PledgeLine]:
    """Every pledge, branch by branch, the units' first."""
    columns = (Pledge.content, Pledge.measures, Pledge.standard, Pledge.deadline, Pledge.state, Pledge.published_on)
    names = (func.coalesce(name, "") for name in (Body.name, _Unit.name, Person.name, ServiceWindow.name))
    found = select(Pledge.branch_id, *names, *columns)
    found = found.join(Person, Person.id == Pledge.author_id).outerjoin(Body, Body.id == Pledge.branch_id)
    found = found.outerjoin(_Unit, _Unit.id == Pledge.unit_id).outerjoin(ServiceWindow, ServiceWindow.id == Pledge.window_id)
    rows: Iterable[Any] = db.execute(found.order_by(Pledge.branch_id, Pledge.unit_id.is_(None), Pledge.id))
    return [PledgeLine(*row) for row in rows]


class PersonLine(NamedTuple):
    """One of the people of a branch; the phone number still sealed."""

    branch_id: int
    branch: str
    name: str
    category: str
    joined_on: date | None
    phone_sealed: bytes | None


def people(db: Session, day: date) -> Sequence[PersonLine]:
    """Everybody of a branch who has not left, branch by branch."""
    found = select(Person.branch_id, Body.name, Person.name, Person.category, Person.joined_on, Person.phone_sealed)
    found = found.join(Body, Body.id == Person.branch_id).where(or_(Person.left_on.is_(None), Person.left_on > day))
    rows: Iterable[Any] = db.execute(found.order_by(Body.id, Person.id))
    return [PersonLine(*row) for row in rows]


class SeatLine(NamedTuple):
    """Who sits where since when, and of which branch he is."""

    kind: str
    body: str
    role: str
    title: str
    name: str
    branch: str
    from_day: date
    to_day: date | None


def seats(db: Session, kinds: Sequence[str], day: date) -> Sequence[SeatLine]:
    """Everybody who holds a seat in a body of these kinds on this day, body by body, eldest seat first."""
    branch = aliased(Body)
    running = and_(SeatRow.from_day <= day, or_(SeatRow.to_day.is_(None), SeatRow.to_day >= day))
    columns = (Body.kind, Body.name, SeatRow.role, SeatRow.title, Person.name, func.coalesce(branch.name, ""), SeatRow.from_day, SeatRow.to_day)
    found = select(*columns).join(Body, Body.id == SeatRow.body_id).join(Person, Person.id == SeatRow.person_id)
    found = found.outerjoin(branch, branch.id == Person.branch_id).where(Body.kind.in_(kinds), running)
    rows: Iterable[Any] = db.execute(found.order_by(Body.id, SeatRow.id))
    return [SeatLine(*row) for row in rows]
