"""邀请码 invitations: the secretary or the office hands a person a code; only its keyed digest is kept (F08)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from domain import invitations
from domain.actor import About, Actor, Role
from domain.calendar import local_day
from domain.identity_refusals import NoSuchPerson, PersonLeft
from domain.permissions import Can, may
from models import identity as table
from models import people
from services import steps


@dataclass(frozen=True, slots=True)
class Issued:
    """A fresh code: shown once, to whoever hands it on."""

    code: str
    name: str
    ends_at: datetime


def issue(db: Session, actor: Actor, person_id: int, digest: Callable[[str], bytes], now: datetime) -> Issued:
    """A code for one of the actor's people; earlier ones are void. Raises `NoSuchPerson`, also for somebody else's people."""
    person = _theirs(db, actor, person_id)
    if person.left_on is not None and person.left_on <= local_day(now):
        raise PersonLeft()
    code = invitations.new_code()
    ends_at = (now + invitations.LASTS).replace(microsecond=0)
    table.drop_open_invitations(db, person_id)
    db.add(table.Invitation(digest=digest(code), person_id=person_id, issuer_id=actor.person_id, ends_at=ends_at))
    db.flush()
    steps.record(db, actor, "person", person_id, "invite", now, why="开具绑定邀请码", seat=_seat(actor))
    return Issued(code, person.name, ends_at)


def withdraw(db: Session, actor: Actor, person_id: int, now: datetime) -> None:
    """收回: the open code of this person is void at once."""
    _theirs(db, actor, person_id)
    table.drop_open_invitations(db, person_id)
    steps.record(db, actor, "person", person_id, "uninvite", now, why="收回绑定邀请码", seat=_seat(actor))


def _theirs(db: Session, actor: Actor, person_id: int) -> people.Person:
    """Absent and another branch's look the same."""
    person = people.person(db, person_id)
    if person is None or not may(actor, Can.INVITE_MEMBER, About(branch_id=person.branch_id)):
        raise NoSuchPerson()
    return person


def _seat(actor: Actor) -> Role | None:
    return actor.seats[0].role if actor.seats else None
