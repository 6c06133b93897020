"""绑定申请: doubtful matches in the secretary's hands; whoever asked hears the same words whatever was found (F08)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy.orm import Session

from domain.actor import About, Actor, Role
from domain.calendar import local_day
from domain.flows.bindings import BINDINGS, BindingState
from domain.identity_refusals import NoSuchRequest
from domain.permissions import Can, may
from domain.waiting import Waiting as Todo
from models import identity as table
from models import people
from services import letters
from services.moves import move
from services.people import secretary_of

WAITING = BindingState.WAITING.value
_LASTS = timedelta(days=14)


class Doubt(StrEnum):
    """Why a match is not certain."""

    SHARED_NUMBER = "shared_number"
    NAME_DIFFERS = "name_differs"
    NUMBER_DIFFERS = "number_differs"
    BOUND_ELSEWHERE = "bound_elsewhere"
    NOBODY = "nobody"

    @property
    def chinese(self) -> str:
        return _WHY[self]


_WHY = {
    Doubt.SHARED_NUMBER: "花名册里不止一人登记了这个手机号",
    Doubt.NAME_DIFFERS: "手机号与花名册一致，姓名不一致",
    Doubt.NUMBER_DIFFERS: "姓名与花名册一致，手机号不一致",
    Doubt.BOUND_ELSEWHERE: "已绑定另一个微信，确认后改绑到这一个",
    Doubt.NOBODY: "姓名、手机号与花名册都对不上",
}


@dataclass(frozen=True)
class Waiting:
    """A request as the secretary reads it. `person` is who it may be; “” when nobody fits."""

    id: int
    person_id: int | None
    person: str
    branch_id: int | None
    said_name: str
    why: str
    account: str
    asked_at: datetime


def ask_secretary(db: Session, actor: Actor, said_name: str, fitting: Sequence[tuple[people.Person, Doubt]], now: datetime) -> None:
    """Write a request for each who may be meant, or one without anybody; earlier ones of this phone lapse."""
    lapse_all(db, actor.contact, now)
    at = now.replace(microsecond=0)
    rows: list[tuple[people.Person | None, Doubt]] = [*fitting] or [(None, Doubt.NOBODY)]
    for person, doubt in rows:
        request = table.BindingRequest(contact=actor.contact, said_name=said_name[:40], doubt=doubt.value, state=WAITING, asked_at=at)
        request.person_id = person.id if person else None
        db.add(request)
        db.flush()
        secretary = secretary_of(db, person.branch_id if person else None, local_day(now))
        if secretary is not None:
            letters.write(db, letters.Draft(f"binding:{request.id}:ask", "binding_ask", {"name": said_name[:10]}, person_id=secretary), now)


def waiting(db: Session, actor: Actor) -> list[Waiting]:
    """What this actor may decide, eldest first: a secretary those of his branch, the office all."""
    branches = [seat.body_id for seat in actor.seats if seat.role is Role.BRANCH_SECRETARY]
    of_all = any(seat.role is Role.LEADING_OFFICE for seat in actor.seats)
    found = table.requests_in(db, WAITING, None if of_all else branches) if of_all or branches else []
    mine = [(row, person) for row, person in found if may(actor, Can.CONFIRM_BINDING, _about(person))]
    accounts = {mark: one.account for mark in {row.contact for row, _ in mine} if (one := people.contact(db, mark))}
    return [_told(row, person, accounts.get(row.contact, "")) for row, person in mine]


def for_desk(db: Session, actor: Actor, _now: datetime) -> list[Todo]:
    """For the desk: all requests together are one line."""
    found = waiting(db, actor)
    return [Todo(BINDINGS.thing, "all", f"核对绑定申请{len(found)}件")] if found else []


def _about(person: people.Person | None) -> About:
    return About(author_id=person.id if person else None, branch_id=person.branch_id if person else None)


def _told(row: table.BindingRequest, person: people.Person | None, account: str) -> Waiting:
    name, branch_id = (person.name, person.branch_id) if person else ("", None)
    return Waiting(row.id, row.person_id, name, branch_id, row.said_name, Doubt(row.doubt).chinese, account, row.asked_at)


def look(db: Session, actor: Actor, request_id: int) -> tuple[table.BindingRequest, people.Person | None]:
    """A request the actor may decide. Raises `NoSuchRequest`, also for another branch's."""
    row = table.request(db, request_id)
    person = people.person(db, row.person_id) if row and row.person_id else None
    if row is None or not may(actor, Can.CONFIRM_BINDING, _about(person)):
        raise NoSuchRequest()
    return row, person


def settle(db: Session, actor: Actor, row: table.BindingRequest, person: people.Person | None, verb: str, now: datetime) -> None:
    """Take a request along its flow. Raises `NotNow` when it was settled before."""
    move(db, actor, BINDINGS, row, verb, now, about=_about(person))


def refuse(db: Session, actor: Actor, request_id: int, now: datetime) -> None:
    """不是本人: whoever asked is told when nothing of his waits any more."""
    row, person = look(db, actor, request_id)
    settle(db, actor, row, person, "refuse", now)
    if not table.requests_of(db, row.contact, WAITING):
        letters.write(db, letters.Draft(f"binding:{row.id}:refused", "binding_refused", {}, contact=row.contact), now)


def lapse_all(db: Session, contact: str, now: datetime) -> None:
    """Requests of this phone that still wait are void."""
    for row in table.requests_of(db, contact, WAITING):
        settle(db, Actor(), row, None, "lapse", now)


def tidy(db: Session, now: datetime) -> None:
    """Nobody answered in two weeks: asked again if it still matters."""
    for row in table.asked_before(db, WAITING, now - _LASTS):
        settle(db, Actor(), row, None, "lapse", now)
