"""绑定 binding: a phone becomes a person's by the secretary's code or by the phone number; what is doubtful waits (F08)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from domain import invitations
from domain.actor import Actor
from domain.calendar import local_day
from domain.errors import LostRace, Refusal
from domain.identity_refusals import BoundHere, CodeRefused, NobodyFits, NotBound, TooManyTries
from domain.permissions import Can, ask
from models import identity as table
from models import people, sessions
from services import conversations, desk_sessions, identity_requests, letters, limits, steps
from services.identity_requests import Doubt


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of a try: bound as `name`, or `waits` for the secretary, or `refusal`, which is an answer here and is not raised:
    the count of wrong tries must be stored with it.
    """

    name: str = ""
    waits: bool = False
    refusal: Refusal | None = None


def by_code(db: Session, actor: Actor, digest: bytes, now: datetime) -> Tried:
    """Bind the actor's phone by a code. Raises `BoundHere`, `TooManyTries`."""
    may_try(db, actor, now)
    invitation = table.open_invitation(db, digest, now)
    person = people.person(db, invitation.person_id) if invitation else None
    gone = person is None or (person.left_on is not None and person.left_on <= local_day(now))
    if invitation is None or person is None or gone or not table.use_up(db, invitation.id, now):
        _count_try(db, actor, now)
        return Tried(refusal=CodeRefused())
    if _bound_elsewhere(db, person.id, account_of(db, actor)):
        identity_requests.ask_secretary(db, actor, person.name, [(person, Doubt.BOUND_ELSEWHERE)], now)
        return Tried(waits=True)
    bind(db, actor.contact, person, "邀请码", now)
    if invitation.issuer_id and invitation.issuer_id != person.id:
        _tell(db, "binding_used", f"invitation:{invitation.id}", invitation.issuer_id, person, now)
    return Tried(person.name)


def by_phone(db: Session, actor: Actor, name: str, index: bytes, now: datetime) -> Tried:
    """Bind by a number that WeChat vouches for, when it is certain: one person has it, of this name, not bound on another phone.

    Everything else waits in the same words, also when nobody in the list fits. Raises `BoundHere`, `TooManyTries`.
    """
    may_try(db, actor, now)
    owners, namesakes = table.by_phone(db, index), table.by_name(db, name)
    elsewhere = {one.person_id for one in table.bound(db, [one.id for one in owners]) if one.account == account_of(db, actor)}
    if len(owners) == 1 and owners[0].name == name and owners[0].id not in elsewhere:
        bind(db, actor.contact, owners[0], "手机号", now)
        return Tried(name)
    _count_try(db, actor, now)
    doubts = {one.id: (one, _doubt(one, name, len(owners), elsewhere)) for one in owners}
    fitting = doubts or {one.id: (one, Doubt.NUMBER_DIFFERS) for one in namesakes}
    identity_requests.ask_secretary(db, actor, name, list(fitting.values()), now)
    return Tried(waits=True)


def _doubt(person: people.Person, name: str, owners: int, elsewhere: set[int | None]) -> Doubt:
    if person.id in elsewhere:
        return Doubt.BOUND_ELSEWHERE
    return Doubt.SHARED_NUMBER if owners > 1 else Doubt.NAME_DIFFERS if person.name != name else Doubt.NUMBER_DIFFERS


def bind(db: Session, contact: str, person: people.Person, by: str, now: datetime) -> None:
    """The phone is the person's from now on; the person is told on every phone of his. Raises `LostRace`."""
    try:
        with db.begin_nested():
            linked = table.link(db, contact, person.id)
    except IntegrityError as lost:
        raise LostRace() from lost
    if not linked:
        raise LostRace()
    person.unbound_on = None
    identity_requests.lapse_all(db, contact, now)
    steps.record(db, Actor(person_id=person.id), "person", person.id, "bind", now, why=by)
    where = people.contact(db, contact)
    _tell(db, "binding_made", f"{person.id}:{where.account if where else ''}:{now:%Y%m%d%H%M%S}", person.id, person, now)


def confirm(db: Session, actor: Actor, request_id: int, now: datetime) -> None:
    """确认本人: the phone is bound; one that was bound before in the same account is let go and told so.

    Raises `NoSuchRequest`, `NobodyFits`, `NotNow`, `LostRace`.
    """
    row, person = identity_requests.look(db, actor, request_id)
    asker = people.contact(db, row.contact)
    if person is None:
        raise NobodyFits()
    if asker is None or asker.gone_at is not None:
        raise LostRace()
    identity_requests.settle(db, actor, row, person, "confirm", now)
    for old in table.bound(db, [person.id]):
        if old.account == asker.account:
            letters.write(db, letters.Draft(f"binding:{row.id}:replaced", "binding_replaced", {}, contact=old.mark), now)
            _let_go(db, [old.mark], now)
    bind(db, row.contact, person, "书记确认", now)


def unbind(db: Session, actor: Actor, now: datetime) -> None:
    """解绑: all phones of this person let go, all sessions end; the addresses and the number go after their term (P01, P07).

    Raises `NotBound`.
    """
    if actor.person_id is None:
        raise NotBound()
    release(db, actor.person_id, now)
    steps.record(db, actor, "person", actor.person_id, "unbind", now, why="本人解绑")


def release(db: Session, person_id: int, now: datetime) -> list[str]:
    """Let go of the person's phones; which they were."""
    marks = [one.mark for one in table.bound(db, [person_id])]
    _let_go(db, marks, now)
    desk_sessions.close_all_of(db, person_id)
    person = people.person(db, person_id)
    if person is not None and marks:
        person.unbound_on = local_day(now)
    return marks


def _let_go(db: Session, marks: Sequence[str], now: datetime) -> None:
    table.unlink(db, marks)
    for mark in marks:
        sessions.end_all_of(db, mark, now)
        conversations.end(db, mark)


def account_of(db: Session, actor: Actor) -> str:
    """Which of the two accounts the actor's phone speaks through."""
    found = people.contact(db, actor.contact)
    return found.account if found else ""


def _bound_elsewhere(db: Session, person_id: int, account: str) -> bool:
    return any(one.account == account for one in table.bound(db, [person_id]))


def may_try(db: Session, actor: Actor, now: datetime) -> None:
    """Before anything is asked of WeChat. Raises `BoundHere`, `TooManyTries`."""
    ask(actor, Can.KEEP_OWN_DATA)
    if actor.person_id is not None:
        raise BoundHere(name=actor.name)
    if limits.counted_within(db, _mark(actor), now, invitations.TRIES_MINUTES) >= invitations.TRIES:
        raise TooManyTries(invitations.TRIES_MINUTES)
    if limits.counted_within(db, _ALL, now, 60) >= invitations.TRIES_OF_ALL:
        raise TooManyTries(60)


def _count_try(db: Session, actor: Actor, now: datetime) -> None:
    limits.count_within(db, _mark(actor), now, invitations.TRIES_MINUTES)
    limits.count_within(db, _ALL, now, 60)


_ALL = b"binding tries of all"


def _mark(actor: Actor) -> bytes:
    return f"binding tries|{actor.contact}".encode()


def _tell(db: Session, kind: str, once: str, hearer: int, person: people.Person, now: datetime) -> None:
    words = {"name": person.name, "day": f"{local_day(now):%-m月%-d日}"}
    letters.write(db, letters.Draft(f"{kind}:{once}", kind, words, person_id=hearer), now)


def tidy(db: Session, now: datetime) -> None:
    """Codes whose time is over go; requests nobody answered lapse after two weeks and go a month later."""
    identity_requests.tidy(db, now)
    table.drop_ended(db, now, now - timedelta(days=45), identity_requests.WAITING)
