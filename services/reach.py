"""送达 reach: who can be told in WeChat and by which way, before anything leaves; the call list of those who cannot (F42, F43; issue 5)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from domain.actor import Actor
from domain.calendar import CALENDAR, local_day
from domain.listings import Column, Listing, spoken
from domain.permissions import Can, ask
from domain.reminders import Habits
from domain.roster.phones import masked
from domain.ways import Address, Means
from models import bodies, people
from services import letters, reminders, steps, todos
from services.reminders import Planned
from services.todos import Due

AHEAD = timedelta(days=10)
"""So long before a deadline the office is told whom to call."""


@dataclass(frozen=True)
class Reach:
    """The way that would be taken, in words; “” with the reason when there is none."""

    way: str
    why: str


def of_people(db: Session, ids: Sequence[int], kind: str, means: Means, now: datetime) -> dict[int, Reach]:
    """How each of them would be told by a letter of this kind."""
    by_person, _ = letters.addresses(db, ids, [])
    return {person_id: _reach(means, kind, 0, by_person.get(person_id, []), now) for person_id in ids}


def _reach(means: Means, kind: str, spare: int, addresses: Sequence[Address], now: datetime) -> Reach:
    ways = means.ways(kind, spare, addresses, now)
    return Reach(ways[0].channel.chinese, "") if ways else Reach("", means.why_none(addresses))


@dataclass(frozen=True)
class Unreached:
    """One line of the call list."""

    person_id: int
    name: str
    branch: str
    phone: str
    why: str
    owed: tuple[Due, ...]

    @property
    def first_due(self) -> date:
        return self.owed[0].due_on


def unreachable(
    db: Session, actor: Actor, day: date, means: Means, opened: Callable[[bytes], str], now: datetime, *, whole_number: bool = False
) -> list[Unreached]:
    """电话催办名单: who cannot be told of what is due within ten days of `day`, and why; the nearest deadline first. Raises `NotAllowed`."""
    ask(actor, Can.SEE_LETTERS)
    owed: dict[int, list[Due]] = {}
    for due in todos.due(db, day, day + AHEAD, local_day(now)):
        for person_id in due.behind:
            owed.setdefault(person_id, []).append(due)
    reached = of_people(db, sorted(owed), reminders.REMINDER, means, now)
    missing = [person_id for person_id in owed if not reached[person_id].way]
    persons, branches = people.people_by_id(db, missing), bodies.names(db)
    found = [
        Unreached(
            person_id,
            persons[person_id].name,
            branches.get(persons[person_id].branch_id or 0, ""),
            _number(persons[person_id].phone_sealed, opened, whole_number),
            reached[person_id].why,
            tuple(owed[person_id]),
        )
        for person_id in missing
    ]
    return sorted(found, key=lambda one: (one.first_due, one.branch, one.person_id))


def _number(sealed: bytes | None, opened: Callable[[bytes], str], whole: bool) -> str:
    if sealed is None:
        return ""
    return opened(sealed) if whole else masked(opened(sealed))


def call_list(db: Session, actor: Actor, day: date, means: Means, opened: Callable[[bytes], str], bureau: str, now: datetime) -> Listing:
    """The call list on paper, with whole numbers: that it was taken is recorded. Raises `NotAllowed`."""
    ask(actor, Can.READ_PHONE)
    found = unreachable(db, actor, day, means, opened, now, whole_number=True)
    columns = (
        Column("党支部", 8, joined=True, centred=True),
        Column("姓名", 5, centred=True),
        Column("电话", 8, centred=True),
        Column("联系不上的原因", 10),
        Column("要催的事项", 18),
        Column("最近截止", 7, centred=True),
        Column("通话结果", 10),
    )
    rows = tuple((one.branch, one.name, one.phone, one.why, "；".join(due.task for due in one.owed), one.first_due, "") for one in found)
    steps.record(db, actor, "listing", 0, "export", now, target="call_list", why=f"电话催办名单{len(rows)}行", seat=actor.acting)
    under = f"{bureau}\u3000{spoken(day)}起十天内到期\u3000共{len(rows)}人"
    notes = ("本表含个人信息，只用于电话催办，用后销毁。",)
    return Listing("电话催办名单", columns, rows, under, notes, landscape=True)


@dataclass(frozen=True)
class Ahead:
    """One letter that will be written: for whom, on which day, about what, by which way as things stand."""

    day: date
    person_id: int
    name: str
    kind: str
    words: dict[str, object]
    why: tuple[str, ...]
    reach: Reach


def ahead(db: Session, actor: Actor, days: int, habits: Habits, means: Means, now: datetime) -> list[Ahead]:
    """预览: the reminders of the coming days, as things stand today. Raises `NotAllowed`."""
    ask(actor, Can.SEE_LETTERS)
    today = local_day(now)
    found: list[Ahead] = []
    for day in (today + timedelta(days=n) for n in range(days + 1)):
        if CALENDAR.is_working(day):
            found += _on(db, reminders.planned(db, day, today, habits), day, means, now)
    return found


def _on(db: Session, planned: Sequence[Planned], day: date, means: Means, now: datetime) -> list[Ahead]:
    by_letter: dict[tuple[str, int], list[Planned]] = {}
    for one in planned:
        kind = reminders.ESCALATION if one.moment.to_superior else reminders.REMINDER
        by_letter.setdefault((kind, one.person_id), []).append(one)
    persons = people.people_by_id(db, sorted({person_id for _, person_id in by_letter}))
    by_person, _ = letters.addresses(db, sorted(persons), [])
    return [
        Ahead(
            *(day, person_id, persons[person_id].name, kind, reminders.words(kind, some), tuple(sorted({one.moment.chinese for one in some}))),
            _reach(means, kind, min(one.spare for one in some), by_person.get(person_id, []), now),
        )
        for (kind, person_id), some in by_letter.items()
    ]
