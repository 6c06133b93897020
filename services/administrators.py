"""首个管理员: who can enter the console before anybody is bound; in an empty house also the office he sits in."""

from datetime import datetime

from sqlalchemy.orm import Session

from domain.actor import Actor, Role
from domain.calendar import local_day
from domain.permissions import Can, ask
from domain.sealing import Sealer
from domain.sign_in_refusals import NoSuchPerson, SeveralPeople
from models import people as table
from services import passwords, steps

_OFFICE = "leading_office"
_NAME = "领导小组办公室"


def appoint(db: Session, actor: Actor, name: str, login: str, password: str, sealer: Sealer, now: datetime, *, new: bool = False) -> str:
    """A password for this person, the office's seat too where nobody holds one; the TOTP secret, shown once.

    Raises `NoSuchPerson` unless `new` says to write somebody of this name down, `SeveralPeople`, `PasswordTooShort`.
    """
    ask(actor, Can.RUN_MACHINE)
    person = _person(db, name, new=new)
    office = next(iter(table.bodies_of(db, _OFFICE)), None) or _founded(db)
    if not table.holders(db, office.id, Role.LEADING_OFFICE.value, local_day(now)):
        db.add(table.SeatRow(person_id=person.id, body_id=office.id, role=Role.LEADING_OFFICE.value, title="管理员", from_day=local_day(now)))
        steps.record(db, actor, "seat", person.id, "appoint", now, target=Role.LEADING_OFFICE.value)
    return passwords.create(db, actor, person.id, login, password, sealer, now)


def _person(db: Session, name: str, *, new: bool) -> table.Person:
    found = [person for person in table.people_named(db, name) if person.left_on is None]
    if len(found) > 1:
        raise SeveralPeople(said=name)
    if found:
        return found[0]
    if not new:
        raise NoSuchPerson(said=name)
    person = table.Person(name=name, category="")
    db.add(person)
    db.flush()
    return person


def _founded(db: Session) -> table.Body:
    office = table.Body(kind=_OFFICE, name=_NAME)
    db.add(office)
    db.flush()
    return office
