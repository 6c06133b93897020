"""人员名单: whom I may see, page by page, numbers masked; an open number is a logged act (F08, P07)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from domain.actor import About, Actor, Role
from domain.calendar import local_day
from domain.identity_refusals import NoSuchPerson, ReasonNeeded
from domain.permissions import Can, may
from domain.roster.phones import masked
from models import bodies, identity, people
from models import people_list as table
from services import steps
from services.own_data import HeldSeat, Open, held

PAGE = 50


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list is asked for; `bound` is yes, no or “”, `state` present or left."""

    branch_id: int = 0
    name: str = ""
    bound: str = ""
    state: str = "present"
    after: int = 0


@dataclass(frozen=True, slots=True)
class Listed:
    """One person in the list."""

    id: int
    name: str
    branch: str
    section: str
    category: str
    phone: str
    accounts: tuple[str, ...]
    invited_until: datetime | None
    seats: tuple[HeldSeat, ...]
    left_on: date | None
    may_invite: bool


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the list: `more` is the key to go on from, `total` how many there are in all."""

    rows: tuple[Listed, ...]
    more: int | None
    total: int


def page(db: Session, actor: Actor, wanted: Wanted, opened: Open, now: datetime) -> Page:
    """The people whom the actor may see and who fit."""
    filter_ = table.Filter(local_day(now), _branches(actor, wanted.branch_id), wanted.name.strip()[:20], _bound(wanted.bound), wanted.state == "left")
    found = table.page(db, filter_, max(wanted.after, 0), PAGE + 1)
    rows = _listed(db, actor, found[:PAGE], opened, now)
    return Page(rows, rows[-1].id if len(found) > PAGE else None, table.count(db, filter_))


def one(db: Session, actor: Actor, person_id: int, opened: Open, now: datetime) -> Listed:
    """Raises `NoSuchPerson`, also for somebody the actor may not see."""
    person = _visible(db, actor, person_id)
    return _listed(db, actor, [person], opened, now)[0]


def unmask(db: Session, actor: Actor, person_id: int, why: str, opened: Open, now: datetime) -> str:
    """The whole number, for a reason; it leaves a step with the reason. Raises `NoSuchPerson`, `ReasonNeeded`."""
    person = _visible(db, actor, person_id)
    if not may(actor, Can.READ_PHONE, About(author_id=person.id, branch_id=person.branch_id)) or person.phone_sealed is None:
        raise NoSuchPerson()
    if len(why.strip()) < 2:
        raise ReasonNeeded()
    steps.record(db, actor, "person", person.id, "read_phone", now, why=why.strip()[:100], seat=actor.seats[0].role if actor.seats else None)
    return opened(person.phone_sealed)


def branches(db: Session, actor: Actor) -> list[tuple[int, str]]:
    """(id, name) of the branches whose people the actor may see."""
    seen = _branches(actor, 0)
    return [(body.id, body.name) for body in people.bodies_of(db, "branch") if seen is None or body.id in seen]


_SEES_ALL = (Role.COMMITTEE, Role.LEADING_OFFICE, Role.AUDITOR)


def _branches(actor: Actor, chosen: int) -> Collection[int] | None:
    """Which branches: None for all."""
    own = None if any(seat.role in _SEES_ALL for seat in actor.seats) else {one.body_id for one in actor.seats if one.role is Role.BRANCH_SECRETARY}
    if not chosen:
        return own
    return {chosen} if own is None else own & {chosen}


def _bound(said: str) -> bool | None:
    return {"yes": True, "no": False}.get(said)


def _visible(db: Session, actor: Actor, person_id: int) -> people.Person:
    person = people.person(db, person_id)
    if person is None or not may(actor, Can.READ_PEOPLE, About(branch_id=person.branch_id)):
        raise NoSuchPerson()
    return person


def _listed(db: Session, actor: Actor, found: Sequence[people.Person], opened: Open, now: datetime) -> tuple[Listed, ...]:
    ids = [person.id for person in found]
    names, invited = bodies.names(db), identity.open_invitations(db, ids, now)
    accounts: dict[int, tuple[str, ...]] = {}
    for contact in identity.bound(db, ids):
        accounts[contact.person_id or 0] = (*accounts.get(contact.person_id or 0, ()), contact.account)
    seats: dict[int, tuple[HeldSeat, ...]] = {}
    for seat in people.seats_on(db, ids, local_day(now)):
        seats[seat.person_id] = (*seats.get(seat.person_id, ()), held(seat, names))
    return tuple(
        Listed(
            id=person.id,
            name=person.name,
            branch=names.get(person.branch_id or 0, ""),
            section=names.get(person.section_id or 0, ""),
            category=person.category,
            phone=masked(opened(person.phone_sealed)) if person.phone_sealed else "",
            accounts=tuple(sorted(accounts.get(person.id, ()))),
            invited_until=invited.get(person.id),
            seats=seats.get(person.id, ()),
            left_on=person.left_on,
            may_invite=person.left_on is None and may(actor, Can.INVITE_MEMBER, About(branch_id=person.branch_id)),
        )
        for person in found
    )
