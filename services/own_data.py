"""“我”: what the house keeps of me, what the public sees of me; choose, take out, delete (P-table, R35, R36; PIPL 25, 45, 47)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from domain.actor import Actor, Role
from domain.calendar import local_day
from domain.identity_refusals import NoSuchForm, NotBound
from domain.names import FORMS, MEMBERSHIP, public_name
from domain.permissions import Can, ask
from domain.roster.phones import masked
from models import bodies, disclosures, editions, people
from models import identity as identity_table
from services import forgetting, identity, steps

Open = Callable[[bytes], str]
NAME = "name"


@dataclass(frozen=True)
class HeldSeat:
    """One of my seats as I read it."""

    title: str
    body: str
    from_day: date
    to_day: date | None


@dataclass(frozen=True)
class Me:
    """All about me on one page. `accounts` are the phones bound: service, mini."""

    name: str
    branch: str
    section: str
    category: str
    joined_on: date | None
    phone: str
    public_form: str
    shown_as: str
    seats: tuple[HeldSeat, ...]
    accounts: tuple[str, ...]
    shows_membership: bool


def me(db: Session, actor: Actor, opened: Open | None, now: datetime) -> Me:
    """Without `opened` no number is shown, not even masked. Raises `NotBound` for somebody without a binding."""
    person = _self(db, actor)
    bodies_by_id = bodies.names(db)
    day = local_day(now)
    return Me(
        name=person.name,
        branch=bodies_by_id.get(person.branch_id or 0, ""),
        section=bodies_by_id.get(person.section_id or 0, ""),
        category=person.category,
        joined_on=person.joined_on,
        phone=masked(opened(person.phone_sealed)) if opened and person.phone_sealed else "",
        public_form=person.public_form,
        shown_as=public_name(person.name, person.public_form),
        seats=tuple(held(seat, bodies_by_id) for seat in people.seats_on(db, [person.id], day)),
        accounts=tuple(sorted(one.account for one in identity_table.bound(db, [person.id]))),
        shows_membership=person.id in disclosures.running(db, MEMBERSHIP, [person.id]),
    )


def held(seat: people.SeatRow, names: dict[int, str]) -> HeldSeat:
    return HeldSeat(seat.title or Role(seat.role).chinese, names.get(seat.body_id, ""), seat.from_day, seat.to_day)


def show_name(db: Session, actor: Actor, form: str, now: datetime) -> str:
    """Choose how my name stands in public: a consent with its time, or its withdrawal (`post`); pages follow at once.

    How it reads now. Raises `NotBound`, `NoSuchForm`.
    """
    person = _self(db, actor)
    if form not in FORMS:
        raise NoSuchForm()
    if form != person.public_form:
        disclosures.end(db, person.id, NAME, now)
        if form != "post":
            db.add(disclosures.Disclosure(person_id=person.id, item=NAME, form=form, given_at=now.replace(microsecond=0)))
        steps.record(db, actor, "person", person.id, "disclose", now, source=person.public_form, target=form, why="本人选择公开方式")
        person.public_form = form
        db.flush()
        editions.grow(db)
    return public_name(person.name, form)


def show_membership(db: Session, actor: Actor, shown: bool, now: datetime) -> None:
    """亮身份: a consent of its own to stand as a Party member where I am on duty, or its withdrawal; pages follow at once. Raises `NotBound`."""
    person = _self(db, actor)
    if shown == (person.id in disclosures.running(db, MEMBERSHIP, [person.id])):
        return
    disclosures.end(db, person.id, MEMBERSHIP, now)
    if shown:
        db.add(disclosures.Disclosure(person_id=person.id, item=MEMBERSHIP, form="shown", given_at=now.replace(microsecond=0)))
    why = "本人同意显示党员身份" if shown else "本人撤回显示党员身份的同意"
    steps.record(db, actor, "person", person.id, "disclose", now, why=why)
    db.flush()
    editions.grow(db)


def delete(db: Session, actor: Actor, now: datetime) -> None:
    """删除: phones, sessions, number, consents, requests go now; name and branch stay while the membership lasts (P03, P04)."""
    ask(actor, Can.KEEP_OWN_DATA)
    marks = identity.release(db, actor.person_id, now) if actor.person_id else [actor.contact]
    forgetting.erase_contacts(db, marks)
    if actor.person_id is None:
        return
    person = _self(db, actor)
    show_name(db, actor, "post", now)
    show_membership(db, actor, False, now)
    person.phone_sealed = person.phone_index = person.unbound_on = None
    identity_table.drop_all_of(db, person.id)
    steps.record(db, actor, "person", person.id, "forget", now, why="本人删除个人信息")


def _self(db: Session, actor: Actor) -> people.Person:
    ask(actor, Can.KEEP_OWN_DATA)
    person = people.person(db, actor.person_id) if actor.person_id else None
    if person is None:
        raise NotBound()
    return person
