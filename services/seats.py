"""任职: the office proposes, another of the committee decides; a seat counts from its first to its last day and not a day longer (F09, R28)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from domain import seats as rules
from domain.actor import Actor, Role
from domain.calendar import local_day
from domain.flows.seats import SEATS, SeatState
from domain.identity_refusals import NoSuchPerson
from domain.permissions import Can, ask
from domain.seats import HoldsAlready, NoSuchProposal, NoSuchSeat, NothingToHandOver, SamePerson, SeatsClash, WrongTerm
from models import bodies, people
from models import seats as table
from models.people import SeatRow
from models.seats import SeatProposal
from services import handover, letters, seat_list, steps
from services.moves import move


@dataclass(frozen=True, slots=True)
class Wish:
    """A seat as the office wishes it."""

    person_id: int
    body_id: int
    role: str
    title: str
    from_day: date
    to_day: date | None = None
    why: str = ""


def appoint(db: Session, actor: Actor, wish: Wish, now: datetime) -> SeatProposal:
    """提名任职. Raises `NotAllowed`, `NoSuchPerson`, `WrongRole`, `WrongTerm`, `SeatsClash`, `HoldsAlready`."""
    ask(actor, Can.PROPOSE_SEAT)
    person, body = _present(db, wish.person_id, now), bodies.body(db, wish.body_id)
    role = rules.check_role(body.kind if body and body.closed_on is None else "", wish.role)
    if wish.to_day is not None and wish.to_day < wish.from_day:
        raise WrongTerm()
    _check_clash(db, person, role, wish.from_day)
    _check_new(db, person, wish)
    row = SeatProposal(deed="appoint", person_id=person.id, body_id=wish.body_id, role=role.value, title=wish.title.strip()[:20])
    return _propose(db, actor, row, wish.from_day, wish.to_day, wish.why, now)


def end(db: Session, actor: Actor, seat_id: int, last_day: date, why: str, now: datetime) -> SeatProposal:
    """提名免职: the seat's last day is `last_day`. Raises `NoSuchSeat`, `WrongTerm`."""
    ask(actor, Can.PROPOSE_SEAT)
    seat = _seat(db, seat_id, now)
    if last_day < seat.from_day:
        raise WrongTerm()
    row = SeatProposal(deed="end", seat_id=seat.id, person_id=seat.person_id, body_id=seat.body_id, role=seat.role, title=seat.title)
    return _propose(db, actor, row, last_day + timedelta(days=1), None, why, now)


def hand_over(
    db: Session, actor: Actor, person_id: int, successor_id: int, seat_id: int | None, from_day: date, why: str, now: datetime
) -> SeatProposal:
    """提名移交: seat, windows, posts and open rectifications of one person to another. Raises `SamePerson`, `NothingToHandOver`, as `appoint`."""
    ask(actor, Can.PROPOSE_SEAT)
    if person_id == successor_id:
        raise SamePerson()
    seat = _seat(db, seat_id, now) if seat_id else None
    person, successor = people.person(db, person_id), _present(db, successor_id, now)
    if person is None or (seat is not None and seat.person_id != person.id):
        raise NoSuchSeat()
    if seat is None and not handover.held(db, person.id, local_day(now)).lines:
        raise NothingToHandOver(name=person.name)
    row = SeatProposal(deed="hand_over", person_id=person.id, successor_id=successor.id)
    if seat is not None:
        _check_clash(db, successor, Role(seat.role), from_day)
        row.seat_id, row.body_id, row.role, row.title = seat.id, seat.body_id, seat.role, seat.title
    return _propose(db, actor, row, max(from_day, local_day(now)), seat.to_day if seat else None, why, now)


def _propose(db: Session, actor: Actor, row: SeatProposal, from_day: date, to_day: date | None, why: str, now: datetime) -> SeatProposal:
    row.from_day, row.to_day, row.why = from_day, to_day, why.strip()[:200]
    row.proposer_id, row.proposed_at = actor.person_id, now.replace(microsecond=0)
    db.add(row)
    db.flush()
    steps.record(db, actor, SEATS.thing, row.id, "propose", now, target=SEATS.start.value, seat=actor.seats[0].role if actor.seats else None)
    words = {"what": seat_list.described(db, row)}
    for member in _committee(db, local_day(now)) - seat_list.subjects(row) - {actor.person_id or 0}:
        letters.write(db, letters.Draft(f"seat_proposal:{row.id}:ask:{member}", "seat_proposal_ask", words, person_id=member), now)
    return row


def decide(db: Session, actor: Actor, proposal_id: int, verb: str, why: str, now: datetime) -> None:
    """`approve` or `refuse`; approved, it counts from its day, today at once. Raises `NoSuchProposal`, `NotAllowed`, `NotNow`."""
    row = _proposal(db, proposal_id)
    move(
        db,
        actor,
        SEATS,
        row,
        verb,
        now,
        about=seat_list.about_of(row),
        why=why,
        hearers={"proposer": row.proposer_id},
        words={"what": seat_list.described(db, row)},
    )
    if row.state == SeatState.APPROVED:
        _write_seats(db, row, now)
        if row.from_day <= local_day(now):
            _carry_out(db, actor, row, now)


def withdraw(db: Session, actor: Actor, proposal_id: int, now: datetime) -> None:
    """撤回: before it is decided."""
    row = _proposal(db, proposal_id)
    move(db, actor, SEATS, row, "withdraw", now, about=seat_list.about_of(row))


def carry_out_due(db: Session, now: datetime) -> int:
    """The clock: what was approved for today is carried out; how many. Running it twice does nothing more."""
    rows = table.due(db, SeatState.APPROVED.value, local_day(now))
    for row in rows:
        _carry_out(db, Actor(), row, now)
    return len(rows)


def _write_seats(db: Session, row: SeatProposal, now: datetime) -> None:
    """Rows of seats with their terms: one in the future counts for nothing until its day."""
    seat = table.seat(db, row.seat_id) if row.seat_id else None
    if row.seat_id and (seat is None or (seat.to_day is not None and seat.to_day < local_day(now))):
        raise NoSuchSeat()
    if seat is not None:
        seat.to_day = row.from_day - timedelta(days=1)
    holder = row.successor_id if row.deed == "hand_over" else row.person_id
    if row.deed != "end" and row.body_id and holder:
        _check_clash(db, _present(db, holder, now), Role(row.role), row.from_day)
        db.add(SeatRow(person_id=holder, body_id=row.body_id, role=row.role, title=row.title, from_day=row.from_day, to_day=row.to_day))
    db.flush()


def _carry_out(db: Session, actor: Actor, row: SeatProposal, now: datetime) -> None:
    if row.deed == "hand_over" and row.successor_id:
        handover.carry_over(db, actor, row.person_id, row.successor_id, now)
    hearers = {"holder": row.person_id, "successor": row.successor_id}
    move(db, actor, SEATS, row, "carry_out", now, about=seat_list.about_of(row), hearers=hearers, words={"what": seat_list.described(db, row)})


def _committee(db: Session, day: date) -> set[int]:
    return {holder for body in people.bodies_of(db, "committee") for holder in people.holders(db, body.id, Role.COMMITTEE.value, day)}


def _proposal(db: Session, proposal_id: int) -> SeatProposal:
    row = table.proposal(db, proposal_id)
    if row is None:
        raise NoSuchProposal()
    return row


def _seat(db: Session, seat_id: int, now: datetime) -> SeatRow:
    seat = table.seat(db, seat_id)
    if seat is None or (seat.to_day is not None and seat.to_day < local_day(now)):
        raise NoSuchSeat()
    return seat


def _present(db: Session, person_id: int, now: datetime) -> people.Person:
    person = people.person(db, person_id)
    if person is None or (person.left_on is not None and person.left_on <= local_day(now)):
        raise NoSuchPerson()
    return person


def _check_clash(db: Session, person: people.Person, role: Role, day: date) -> None:
    other = rules.clash(role, {Role(seat.role) for seat in people.seats_on(db, [person.id], day)})
    if other is not None:
        raise SeatsClash(name=person.name, held=other.chinese, role=role.chinese)


def _check_new(db: Session, person: people.Person, wish: Wish) -> None:
    for seat in people.seats_on(db, [person.id], wish.from_day):
        if (seat.body_id, seat.role, seat.title) == (wish.body_id, wish.role, wish.title.strip()[:20]):
            raise HoldsAlready(name=person.name)
