"""任职清单: seats and proposals as they are read, and what waits for the committee's word (F09)."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from domain.actor import About, Actor, Role
from domain.calendar import local_day
from domain.flows.seats import SEATS, SeatState
from domain.permissions import Can, may
from domain.waiting import Waiting
from models import bodies, people
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


def _sitting(row: SeatRow, person: people.Person, names: dict[int, str], day: date) -> Sitting:
    title, body = row.title or Role(row.role).chinese, names.get(row.body_id, "")
    return Sitting(row.id, row.body_id, body, person.id, person.name, row.role, title, row.from_day, row.to_day, row.from_day <= day)


def proposals(db: Session, actor: Actor, now: datetime, *, open_only: bool = False) -> list[Proposed]:
    """Proposals, the newest first, with what each would move."""
    states = [SeatState.PROPOSED.value] if open_only else [state.value for state in SeatState]
    rows = table.in_states(db, states)
    names = people.people_by_id(db, sorted({row.proposer_id for row in rows if row.proposer_id}))
    return [_proposed(db, actor, row, names, now) for row in rows]


def _proposed(db: Session, actor: Actor, row: SeatProposal, names: dict[int, people.Person], now: datetime) -> Proposed:
    open_ = row.state == SeatState.PROPOSED
    takes = handover.held(db, row.person_id, local_day(now)).lines if open_ and row.deed == "hand_over" else []
    return Proposed(
        id=row.id,
        words=described(db, row),
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
    known = people.people_by_id(db, [one for one in (row.person_id, row.successor_id) if one])
    name = known[row.person_id].name
    seat = f"{bodies.names(db).get(row.body_id or 0, '')}{row.title or (Role(row.role).chinese if row.role else '')}"
    since = f"{row.from_day.year}年{row.from_day.month}月{row.from_day.day}日起"
    if row.deed == "appoint":
        return f"任命{name}为{seat}，{since}"
    if row.deed == "end":
        return f"免去{name}{seat}职务，{since}"
    return f"{name}{'的' + seat + '职务和' if seat else '的'}工作移交给{known[row.successor_id or 0].name}，{since}"


def waiting(db: Session, actor: Actor, _now: datetime) -> list[Waiting]:
    """For the desk: what this member of the committee could decide."""
    if not any(seat.role is Role.COMMITTEE for seat in actor.seats):
        return []
    rows = [row for row in table.in_states(db, [SeatState.PROPOSED.value]) if may(actor, Can.DECIDE_SEAT, about_of(row))]
    return [Waiting(SEATS.thing, str(row.id), f"批准：{described(db, row)}") for row in rows]


def about_of(row: SeatProposal) -> About:
    return About(author_id=row.proposer_id, subjects=frozenset(subjects(row)))


def subjects(row: SeatProposal) -> set[int]:
    return {one for one in (row.person_id, row.successor_id) if one}
