"""People: who stands behind an openid, with which seats today; and forgetting them when they leave."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from domain.actor import Actor, Role, Seat
from models import identity, message_consents, people, sessions, signing_in
from services.register import Register

_FRESH = timedelta(hours=1)
"""How fine the house remembers when somebody last wrote: enough for WeChat's 48 hours, too coarse to tell messages apart."""


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who wrote: marks made from the openid by the door, the openid itself only sealed."""

    contact: str
    rater: str
    account: str
    openid_sealed: bytes
    at: datetime


def actors_of(db: Session, voices: Sequence[Voice], register: Register, now: datetime) -> dict[str, Actor]:
    """contact → actor, in three statements for any number; whoever is new is written down, so that he can be answered."""
    known = people.contacts(db, [voice.contact for voice in voices])
    new = {voice.contact: voice for voice in voices if voice.contact not in known}
    hour = now.replace(minute=0, second=0, microsecond=0)
    if new:
        people.add_contacts(db, [_row(voice, hour) for voice in new.values()])
    old = [voice.contact for voice in voices if voice.contact in known and _news(voice, *known[voice.contact][1:], now)]
    if old:
        people.heard(db, old, hour)
    bound = {mark: person_id for mark, (person_id, _, _) in known.items() if person_id is not None}
    persons = _persons(db, sorted(set(bound.values())), register) if bound else {}
    return {voice.contact: _actor(voice, persons.get(bound.get(voice.contact, 0))) for voice in voices}


def _news(voice: Voice, heard_at: datetime | None, gone_at: datetime | None, now: datetime) -> bool:
    """Whether this message tells the address book something: pushes are not ordered, one from before a leave changes nothing."""
    if gone_at is not None:
        return voice.at > gone_at
    return heard_at is None or now - heard_at > _FRESH


def _row(voice: Voice, hour: datetime) -> dict[str, object]:
    return {"mark": voice.contact, "account": voice.account, "openid_sealed": voice.openid_sealed, "follows": True, "heard_at": hour}


def _persons(db: Session, ids: Sequence[int], register: Register) -> Mapping[int, Actor]:
    seats: dict[int, list[Seat]] = {}
    for seat in people.seats_on(db, ids, register.day):
        seats.setdefault(seat.person_id, []).append(Seat(Role(seat.role), seat.body_id))
    return {
        found.id: Actor(
            person_id=found.id,
            name=found.name,
            branch_id=found.branch_id,
            seats=tuple(seats.get(found.id, ())),
            windows=register.served_by.get(found.id, frozenset()),
        )
        for found in people.people_by_id(db, ids).values()
        if found.left_on is None or found.left_on > register.day
    }


def _actor(voice: Voice, person: Actor | None) -> Actor:
    if person is None:
        return Actor(contact=voice.contact, rater=voice.rater)
    return Actor(voice.contact, voice.rater, person.person_id, person.name, person.branch_id, person.seats, person.windows)


def actor_of(db: Session, voice: Voice, register: Register, now: datetime) -> Actor:
    return actors_of(db, [voice], register, now)[voice.contact]


def person_actor(db: Session, person_id: int, register: Register) -> Actor | None:
    """A person without a WeChat address: what the command line and the demo act as."""
    return _persons(db, [person_id], register).get(person_id)


def forget(db: Session, contact: str, now: datetime) -> None:
    """取消关注: binding, requests and sessions end at once, the console's too; the sealed address goes after its term (P01, P26)."""
    known = people.contact(db, contact)
    if known is not None and known.person_id is not None:
        signing_in.end_all_of(db, known.person_id)
    people.forget_contact(db, contact, now)
    identity.drop_requests_of(db, [contact])
    sessions.end_all_of(db, contact, now)
    message_consents.drop(db, contact)


def secretary_of(db: Session, branch_id: int | None, day: date) -> int | None:
    """党支部书记 of a branch today."""
    found = people.holders(db, branch_id, Role.BRANCH_SECRETARY.value, day) if branch_id else ()
    return found[0] if found else None
