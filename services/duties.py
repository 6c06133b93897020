"""值守 duties: who stands at a post from when to when, and handing it over while the plate's code stays (A13, F09, F18)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from domain.actor import Actor
from domain.calendar import local_day
from domain.permissions import Can, ask
from domain.window_refusals import AlreadyOnDuty, DutyDatesWrong, NotOnDuty, SuccessorMissing
from models import people
from models import windows as table
from services import register, steps

_YEAR = timedelta(days=366)


@dataclass(frozen=True)
class Holder:
    """Who stands at a post, from one day to another; without an end until further notice."""

    person_id: int
    name: str
    from_day: date
    to_day: date | None


@dataclass(frozen=True)
class Handover:
    """交接: `out` ends the day before `from_day`, `into` begins then; either may be missing, not both."""

    out: int | None
    into: int | None
    from_day: date
    to_day: date | None = None
    why: str = ""


def holders(db: Session, duties: Sequence[table.Duty]) -> Mapping[int, tuple[Holder, ...]]:
    names = people.people_by_id(db, sorted({duty.person_id for duty in duties}))
    found: dict[int, tuple[Holder, ...]] = {}
    for duty in duties:
        if duty.person_id in names:
            holder = Holder(duty.person_id, names[duty.person_id].name, duty.from_day, duty.to_day)
            found[duty.post_id] = (*found.get(duty.post_id, ()), holder)
    return found


def successors(db: Session, branch_id: int | None, day: date) -> tuple[tuple[int, str], ...]:
    """People of the branch who could stand at its posts."""
    return tuple((row.id, row.name) for row in people.of_branch(db, branch_id, day)) if branch_id is not None else ()


def hand_over(db: Session, actor: Actor, post_id: int, change: Handover, now: datetime) -> None:
    """交接: the code stays, the page behind it shows the new holder from that day on.

    Raises `NoSuchPost`, `SuccessorMissing`, `DutyDatesWrong`, `NotOnDuty`, `AlreadyOnDuty`.
    """
    ask(actor, Can.KEEP_DUTY, register.current(db, local_day(now)).about(post_id))
    _check(change, local_day(now))
    table.post_to_change(db, post_id)
    duties = table.duties_of(db, post_id)
    if change.out is not None:
        _end(duties, change)
    if change.into is not None:
        _begin(db, duties, post_id, change)
    db.flush()
    of = {"source": f"person:{change.out or ''}", "target": f"person:{change.into or ''}"}
    why = f"自{change.from_day}起{f'，至{change.to_day}' if change.to_day else ''}{f'；{change.why.strip()}' if change.why.strip() else ''}"
    steps.record(db, actor, "post", post_id, "hand_over", now, **of, why=why[:300], seat=actor.acting)
    register.grow(db)


def _check(change: Handover, today: date) -> None:
    if change.into is None and change.out is None:
        raise SuccessorMissing()
    if abs(change.from_day - today) > _YEAR or (change.to_day is not None and change.to_day < change.from_day):
        raise DutyDatesWrong()


def _end(duties: Sequence[table.Duty], change: Handover) -> None:
    """One who would have begun only later does not begin at all."""
    last = change.from_day - timedelta(days=1)
    running = [duty for duty in duties if duty.person_id == change.out and (duty.to_day is None or duty.to_day > last)]
    if not running:
        raise NotOnDuty()
    for duty in running:
        duty.to_day = max(last, duty.from_day - timedelta(days=1))


def _begin(db: Session, duties: Sequence[table.Duty], post_id: int, change: Handover) -> None:
    person = people.person(db, change.into or 0)
    if person is None or (person.left_on is not None and person.left_on <= change.from_day):
        raise SuccessorMissing()
    for duty in duties:
        ends, begins = change.to_day or date.max, duty.from_day
        if duty.person_id == person.id and begins <= ends and (duty.to_day or date.max) >= max(change.from_day, begins):
            raise AlreadyOnDuty()
    db.add(table.Duty(post_id=post_id, person_id=person.id, from_day=change.from_day, to_day=change.to_day))
