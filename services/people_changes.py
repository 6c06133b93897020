"""逐人办理: one person is added, moved, marked as gone, brought back, by the rules of the list; seats and work go to the committee (F08, F09)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from domain.actor import Actor
from domain.bodies import NoSuchBody
from domain.calendar import local_day
from domain.flows.seats import SeatState
from domain.identity_refusals import NoSuchPerson
from domain.permissions import Can, ask
from domain.roster.changes import (
    COMES_BACK,
    LEAVING,
    BranchMissing,
    LeavingMissing,
    LeftAlready,
    ListedAlready,
    PerhapsListed,
    PersonUnreadable,
    SamePlace,
    StillHere,
)
from domain.roster.matching import Known, Member, match
from domain.roster.plan import SEEN_OUTSIDE, changes
from domain.roster.records import Grid, Keys, Note, Reading
from domain.roster.sheets import read_sheets
from domain.schedule.binding import Subject
from models import bodies, editions, people
from models import identity as identity_table
from models import roster as table
from models import seats as seat_table
from models.people import Person, SeatRow
from services import binding, handover, identity, pledge_moves, seats, steps
from services.enrolment import Enrolment
from services.forgetting import NOBODY
from services.roster import HEAD

_HOW = "逐人登记"


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A person as the form says it; the words are read as the list's cells are."""

    name: str
    branch_id: int
    phone: str = ""
    joined: str = ""
    category: str = ""
    section_id: int | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Somebody's page of changes: where he is, and what is in his hands."""

    id: int
    name: str
    branch_id: int | None
    section_id: int | None
    is_here: bool
    held: handover.Held


def place_of(db: Session, actor: Actor, person_id: int, now: datetime) -> Place:
    """Raises `NotAllowed`, `NoSuchPerson`."""
    person, day = _person(db, actor, person_id), local_day(now)
    return Place(person.id, person.name, person.branch_id, person.section_id, _is_here(person, now), handover.held(db, person.id, day))


def places(db: Session, kind: str) -> list[tuple[int, str]]:
    """(id, name) of the bodies of this kind, to choose from."""
    return [(body.id, body.name) for body in people.bodies_of(db, kind)]


def add(db: Session, actor: Actor, new: Newcomer, keys: Keys, now: datetime, *, sure: bool = False) -> tuple[int, Sequence[Note]]:
    """(number, what somebody should look at). `sure` says that it is nobody of those it might be.

    Raises `NotAllowed`, `NoSuchBody`, `PersonUnreadable`, `ListedAlready`, `PerhapsListed`.
    """
    ask(actor, Can.KEEP_REGISTER)
    section_id, (member, doubts) = _section(db, new.section_id), _read(_body(db, new.branch_id, "branch"), new, keys, now)
    table.lock(db)
    _nobody_else(member, map(Known._make, table.everyone(db)), sure=sure)
    [person_id] = Enrolment(db, actor, keys, now, lambda _: None, _HOW).add([member], {})
    if section_id:
        _person(db, actor, person_id).section_id = section_id
    return person_id, doubts


def correct(
    db: Session, actor: Actor, person_id: int, said: Newcomer, keys: Keys, now: datetime, *, sure: bool = False
) -> tuple[str, Sequence[Note]]:
    """更正 of name, number, day, category where he is; (what changed, what to look at). A field left empty changes nothing, as in the list.

    Raises `NoSuchPerson`, `LeftAlready`, and as `add`.
    """
    person = _present(db, actor, person_id, now)
    given = replace(said, name=said.name.strip() or person.name, branch_id=person.branch_id or 0)
    member, doubts = _read(_body(db, given.branch_id, "branch"), given, keys, now)
    table.lock(db)
    known = {one.id: one for one in map(Known._make, table.everyone(db))}
    own = known.pop(person.id)
    if (member.name, member.phone_index) != (own.name, own.phone_index if member.phone else None):
        _nobody_else(member, known.values(), sure=sure)
    changed = changes([(member, own)], keys)
    Enrolment(db, actor, keys, now, lambda _: None, "逐人更正").change(changed, {})
    if any(SEEN_OUTSIDE.intersection(one.fields) for one in changed):
        editions.grow(db)
    return "、".join(field for one in changed for field in one.fields), doubts


def move(db: Session, actor: Actor, person_id: int, branch_id: int, section_id: int | None, successor_id: int | None, why: str, now: datetime) -> int:
    """调动: to another branch or section at once; own open pledges go along, seats there and (with a successor) the work are proposed to
    the committee; how many proposals. Raises `NoSuchPerson`, `NoSuchBody`, `LeftAlready`, `SamePlace`, and as `seats.hand_over`.
    """
    person = _present(db, actor, person_id, now)
    branch, section = _body(db, branch_id, "branch"), _section(db, section_id)
    if (person.branch_id, person.section_id) == (branch.id, section):
        raise SamePlace(name=person.name)
    behind = {person.branch_id, person.section_id} - {branch.id, section}
    source = f"branch:{person.branch_id or 0}"
    person.branch_id, person.section_id = branch.id, section
    db.flush()
    steps.record(db, actor, "person", person.id, "move", now, source=source, target=f"branch:{branch.id}", why=why.strip()[:200], seat=actor.acting)
    pledge_moves.follow(db, actor, {person.id: branch.id}, now)
    editions.grow(db)
    return _propose(db, actor, person, [seat for seat in _seats(db, person, now) if seat.body_id in behind], successor_id, f"调动：{why}", now)


def leave(db: Session, actor: Actor, person_id: int, how: str, successor_id: int | None, why: str, now: datetime) -> int:
    """登记离开, from today: posts at once, seats and other work as proposals to the committee; how many.

    Raises `NoSuchPerson`, `LeftAlready`, `LeavingMissing`, and as `seats.hand_over`.
    """
    person = _present(db, actor, person_id, now)
    if how not in LEAVING:
        raise LeavingMissing()
    handover.end_duties(db, actor, person.id, successor_id, now)
    proposed = _propose(db, actor, person, _seats(db, person, now), successor_id, LEAVING[how], now)
    binding.let_go(db, actor, [Subject(person_id=person.id)], "本人已登记离开", now)
    person.left_on = local_day(now)
    identity_table.drop_open_invitations(db, person.id)
    if how not in COMES_BACK:
        identity.release(db, person.id, now)
    db.flush()
    said = f"{LEAVING[how]}：{why.strip()}" if why.strip() else LEAVING[how]
    steps.record(db, actor, "person", person.id, "leave", now, source=f"branch:{person.branch_id or 0}", why=said[:200], seat=actor.acting)
    editions.grow(db)
    return proposed


def bring_back(db: Session, actor: Actor, person_id: int, branch_id: int, now: datetime) -> None:
    """转回: whoever left is there again, in the branch given. Raises `NoSuchPerson`, `StillHere`, `NoSuchBody`."""
    person = _person(db, actor, person_id)
    if _is_here(person, now):
        raise StillHere(name=person.name)
    branch = _body(db, branch_id, "branch")
    source, person.left_on = f"branch:{person.branch_id or 0}", None
    person.branch_id = branch.id
    db.flush()
    steps.record(db, actor, "person", person.id, "return", now, source=source, target=f"branch:{branch.id}", why=_HOW, seat=actor.acting)
    pledge_moves.follow(db, actor, {person.id: branch.id}, now)
    binding.take_up(db, actor, now)
    editions.grow(db)


def _fault(reading: Reading) -> str:
    return "；".join(fault.text for fault in reading.faults) or "请填写姓名，只写一个人"


def _read(branch: people.Body, said: Newcomer, keys: Keys, now: datetime) -> tuple[Member, Sequence[Note]]:
    """The form as a row of the list. Raises `PersonUnreadable`."""
    reading = read_sheets([Grid(_HOW, [list(HEAD), [said.name, branch.name, said.phone, said.joined, said.category]])], local_day(now))
    if not reading.rows:
        raise PersonUnreadable(said=_fault(reading))
    row = reading.rows[0]
    index = keys.index(row.phone) if row.phone and row.own else None
    return Member(row.at, row.name, branch.id, row.phone, index, row.joined_on, row.category), reading.doubts


def _nobody_else(member: Member, others: Iterable[Known], *, sure: bool) -> None:
    """Raise what the list's own matching finds: surely the same, or somebody a person must look at."""
    matched = match([member], others)
    if matched.pairs:
        known = matched.pairs[0][1]
        if member.phone_index and known.phone_index == member.phone_index and known.left_on is None:
            raise ListedAlready(name=known.name, id=known.id)
        if not sure:
            where = "曾登记离开，如已回来请在他的页面办理“转回”" if known.left_on else "支部、姓名或入党时间相同"
            raise PerhapsListed(said=f"{known.name}（编号{known.id}）{where}")
    if matched.held and not sure:
        raise PerhapsListed(said=matched.held[0].why)


def _propose(db: Session, actor: Actor, person: Person, held: Sequence[SeatRow], successor_id: int | None, why: str, now: datetime) -> int:
    """Seats and work to the committee: handed over where there is a successor, else ended; what waits already is not proposed twice."""
    today = local_day(now)
    waiting = {row.seat_id for row in seat_table.in_states(db, [SeatState.PROPOSED.value, SeatState.APPROVED.value]) if row.seat_id}
    fresh = [seat for seat in held if seat.id not in waiting]
    for seat in fresh:
        if successor_id is not None:
            seats.hand_over(db, actor, person.id, successor_id, seat.id, today, why, now)
        else:
            seats.end(db, actor, seat.id, max(today - timedelta(days=1), seat.from_day), why, now)
    if successor_id is not None and not fresh and handover.held(db, person.id, today).lines:
        seats.hand_over(db, actor, person.id, successor_id, None, today, why, now)
        return 1
    return len(fresh)


def _seats(db: Session, person: Person, now: datetime) -> Sequence[SeatRow]:
    return people.seats_on(db, [person.id], local_day(now))


def _person(db: Session, actor: Actor, person_id: int) -> Person:
    ask(actor, Can.KEEP_REGISTER)
    person = people.person(db, person_id)
    if person is None or person.name == NOBODY:
        raise NoSuchPerson()
    return person


def _present(db: Session, actor: Actor, person_id: int, now: datetime) -> Person:
    person = _person(db, actor, person_id)
    if not _is_here(person, now):
        raise LeftAlready(name=person.name)
    return person


def _is_here(person: Person, now: datetime) -> bool:
    return person.left_on is None or person.left_on > local_day(now)


def _section(db: Session, section_id: int | None) -> int | None:
    return _body(db, section_id, "section").id if section_id else None


def _body(db: Session, body_id: int, kind: str) -> people.Body:
    """Raises `BranchMissing`, `NoSuchBody` for what is closed or of another kind."""
    if not body_id:
        raise BranchMissing()
    body = bodies.body(db, body_id)
    if body is None or body.kind != kind or body.closed_on is not None:
        raise NoSuchBody()
    return body
