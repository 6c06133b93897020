"""任职清单: seats and proposals as they are read, and what waits for the committee's word (F09)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from domain.actor import About, Actor, Role
from domain.calendar import local_day
from domain.flows.seats import SEATS, SeatState
from domain.identity_refusals import NoSuchPerson
from domain.permissions import Can, may
from domain.seats import NamedTwice, NoSuchSeat
from domain.waiting import Waiting
from models import bodies, identity, people
from models import seats as table
from models.people import SeatRow
from models.seats import SeatProposal
from services import handover


@dataclass(frozen=True, slots=True)
class Sitting:
    """A seat as the list shows it; `begun` is False for one that starts later."""

    id: int
    body_id: int
    body: str
    person_id: int
    name: str
    role: str
    title: str
    from_day: date
    to_day: date | None
    begun: bool


@dataclass(frozen=True, slots=True)
class Proposed:
    """A proposal as it is read; `may_decide` and `may_withdraw` say what this actor could do with it."""

    id: int
    words: str
    why: str
    state: str
    proposer: str
    proposed_at: datetime
    takes: tuple[str, ...]
    may_decide: bool
    may_withdraw: bool


def listed(db: Session, now: datetime) -> list[Sitting]:
    """Everybody's seats from today on, body by body."""
    day, names = local_day(now), bodies.names(db)
    return [_sitting(row, person, names, day) for row, person in table.seats_from(db, day)]


def sitting(db: Session, seat_id: int, now: datetime) -> Sitting:
    """Raises `NoSuchSeat`."""
    found = next((one for one in listed(db, now) if one.id == seat_id), None)
    if found is None:
        raise NoSuchSeat()
    return found


def person_said(db: Session, said: str, now: datetime) -> int:
    """A name or a number → the person present. Raises `NoSuchPerson`, `NamedTwice`."""
    plain = "".join(said.split())
    if plain.isascii() and plain.isdecimal() and len(plain) < 10:
        one = people.person(db, int(plain))
        found = [one] if one else []
    else:
        found = list(identity.by_name(db, plain))
    present = [one for one in found if one.left_on is None or one.left_on > local_day(now)]
    if len(present) > 1:
        raise NamedTwice(name=plain[:20], ids="、".join(str(one.id) for one in present))
    if not present:
        raise NoSuchPerson()
    return present[0].id


def _sitting(row: SeatRow, person: people.Person, names: dict[int, str], day: date) -> Sitting:
    title, body = row.title or Role(row.role).chinese, names.get(row.body_id, "")
    return Sitting(row.id, row.body_id, body, person.id, person.name, row.role, title, row.from_day, row.to_day, row.from_day <= day)


def proposals(db: Session, actor: Actor, now: datetime, *, open_only: bool = False) -> list[Proposed]:
    """Proposals, the newest first, with what each would move."""
    states = [SeatState.PROPOSED.value] if open_only else [state.value for state in SeatState]
    rows = table.in_states(db, states)
    names = people.people_by_id(db, sorted({row.proposer_id for row in rows if row.proposer_id}))
    words = described_all(db, rows)
    return [_proposed(db, actor, row, words[row.id], names, now) for row in rows]


def _proposed(db: Session, actor: Actor, row: SeatProposal, words: str, names: dict[int, people.Person], now: datetime) -> Proposed:
    open_ = row.state == SeatState.PROPOSED
    takes = handover.held(db, row.person_id, local_day(now)).lines if open_ and row.deed == "hand_over" else []
    return Proposed(
        id=row.id,
        words=words,
        why=row.why,
        state=SEATS.name(row.state),
        proposer=names[row.proposer_id].name if row.proposer_id in names else "运维人员",
        proposed_at=row.proposed_at,
        takes=tuple(takes),
        may_decide=open_ and may(actor, Can.DECIDE_SEAT, about_of(row)),
        may_withdraw=open_ and may(actor, Can.PROPOSE_SEAT, about_of(row)),
    )


def described(db: Session, row: SeatProposal) -> str:
    """“任命禾小满为窗口党支部党支部书记，2026年11月16日起”."""
    return described_all(db, [row])[row.id]


def described_all(db: Session, rows: Sequence[SeatProposal]) -> dict[int, str]:
    """proposal → its words, in two statements for any number."""
    known = people.people_by_id(db, sorted({one for row in rows for one in subjects(row)}))
    names, places = {key: person.name for key, person in known.items()}, bodies.names(db)
    return {row.id: _described(row, names, places) for row in rows}


def _described(row: SeatProposal, names: dict[int, str], places: dict[int, str]) -> str:
    name, seat = names[row.person_id], f"{places.get(row.body_id or 0, '')}{row.title or (Role(row.role).chinese if row.role else '')}"
    since = f"{row.from_day.year}年{row.from_day.month}月{row.from_day.day}日起"
    if row.deed == "appoint":
        return f"任命{name}为{seat}，{since}"
    if row.deed == "end":
        return f"免去{name}{seat}职务，{since}"
    return f"{name}{'的' + seat + '职务和' if seat else '的'}工作移交给{names[row.successor_id or 0]}，{since}"


def waiting(db: Session, actor: Actor, _now: datetime) -> list[Waiting]:
    """For the desk: what this member of the committee could decide."""
    if not any(seat.role is Role.COMMITTEE for seat in actor.seats):
        return []
    rows = [row for row in table.in_states(db, [SeatState.PROPOSED.value]) if may(actor, Can.DECIDE_SEAT, about_of(row))]
    words = described_all(db, rows)
    return [Waiting(SEATS.thing, str(row.id), f"批准：{words[row.id]}") for row in rows]


def about_of(row: SeatProposal) -> About:
    return About(author_id=row.proposer_id, subjects=frozenset(subjects(row)))


def subjects(row: SeatProposal) -> set[int]:
    return {one for one in (row.person_id, row.successor_id) if one}
