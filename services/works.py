"""重点工程: written down with its milestones, shown to the public, kept up to date; what is late says why (A11)."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from domain import works as rules
from domain.actor import About, Actor
from domain.calendar import local_day
from domain.errors import LostRace, NoSuchPledge
from domain.flows.pledges import PUBLIC_STATES
from domain.flows.works import PUBLIC_WORKS, WORKS, WorkState
from domain.numbers import format_pledge
from domain.permissions import Can, ask, may
from domain.work_refusals import NoSuchWork, PlanFrozen, WorkIncomplete
from domain.works import Milestone
from models import editions, people, pledges
from models import works as table
from services import board_index, steps
from services.moves import move

MOST_MILESTONES = 20


@dataclass(frozen=True)
class Facts:
    """What the office writes down. `pledges` are codes of published pledges."""

    name: str
    branch_id: int | None
    section: str
    summary: str
    percent: int
    delay_words: str
    milestones: tuple[Milestone, ...]
    pledges: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tied:
    """A pledge that speaks of the work."""

    code: str
    number: str
    content: str


@dataclass(frozen=True)
class Told:
    """A work as it is shown. `behind` is the days it is late, 0 when it is not."""

    code: str
    name: str
    branch: str
    section: str
    summary: str
    percent: int
    delay_words: str
    state: str
    chinese: str
    milestones: tuple[Milestone, ...]
    behind: int
    updated_on: date
    pledges: tuple[Tied, ...]
    version: int
    branch_id: int | None

    @property
    def done(self) -> int:
        return sum(one.actual is not None for one in self.milestones)


def write_down(db: Session, actor: Actor, facts: Facts, now: datetime, *, code: str = "", version: int | None = None) -> table.Work:
    """A new work, or new facts of the one with this code. `version` is the one the writer saw: raises `LostRace` when it is older."""
    today = local_day(now)
    row = _own(db, actor, code) if code else _new(today)
    if facts.branch_id is None and not may(actor, Can.KEEP_WORK, About()):
        raise WorkIncomplete(missing="责任支部")
    ask(actor, Can.KEEP_WORK, About(branch_id=facts.branch_id))
    _check(facts, today)
    if version is not None and row.version != version:
        raise LostRace()
    _freeze(db, row, facts.milestones)
    row.name, row.branch_id, row.section = facts.name.strip(), facts.branch_id, facts.section.strip()
    row.summary, row.percent, row.delay_words, row.updated_on = facts.summary.strip(), facts.percent, facts.delay_words.strip(), today
    db.add(row)
    table.touch(row)
    db.flush()
    _put_milestones(db, row.id, facts.milestones)
    table.tie(db, row.id, [_published(db, one) for one in facts.pledges])
    steps.record(db, actor, WORKS.thing, row.id, "write_down", now, source=str(row.state), target=str(row.state), why=_spoken(facts))
    _grow(db, row)
    return row


def go(db: Session, actor: Actor, code: str, verb: str, why: str, now: datetime) -> table.Work:
    """`publish`, `finish`, `reopen`, `withdraw`. Raises `NoSuchWork`, `NotFinishedYet`, `DelayUnexplained`."""
    row = _own(db, actor, code)
    milestones = _milestones(db, [row.id])[row.id]
    if verb in ("publish", "finish"):
        rules.check_explained(milestones, local_day(now))
    if verb == "finish":
        rules.check_finished(milestones)
    if verb == "publish":
        row.published_on = row.published_on or local_day(now)
    move(db, actor, WORKS, row, verb, now, about=About(branch_id=row.branch_id), why=why)
    editions.grow(db)
    return row


def shown(db: Session, now: datetime) -> tuple[Told, ...]:
    """All works that are public, those under construction first."""
    rows = table.listed(db, [state.value for state in PUBLIC_WORKS])
    told = _told(db, rows, local_day(now))
    return tuple(sorted(told, key=lambda one: (one.state != WorkState.PUBLISHED, -one.behind)))


def one(db: Session, code: str, now: datetime) -> Told:
    """A public work. Raises `NoSuchWork`."""
    row = table.work(db, code)
    if row is None or row.state not in PUBLIC_WORKS:
        raise NoSuchWork()
    return _told(db, [row], local_day(now), whole=True)[0]


def kept(db: Session, actor: Actor, now: datetime) -> list[Told]:
    """Those this person keeps, drafts too."""
    ask(actor, Can.KEEP_WORK, About(branch_id=actor.seats[0].body_id if actor.seats else None))
    rows = [row for row in table.listed(db, [state.value for state in WorkState], most=200) if _may(actor, row)]
    return _told(db, rows, local_day(now))


def look(db: Session, actor: Actor, code: str, now: datetime) -> Told:
    """One of them, to be changed. Raises `NoSuchWork`."""
    return _told(db, [_own(db, actor, code)], local_day(now), whole=True)[0]


def branches(db: Session, actor: Actor) -> list[tuple[int, str]]:
    """(id, name) of the branches this person may keep works for."""
    return [(body.id, body.name) for body in people.bodies_of(db, "branch") if may(actor, Can.KEEP_WORK, About(branch_id=body.id))]


def of_pledge(db: Session, pledge_id: int) -> tuple[tuple[str, str], ...]:
    """(code, name) of public works the pledge is tied to."""
    return tuple((row.code, row.name) for row in table.of_pledge(db, pledge_id, [state.value for state in PUBLIC_WORKS]))


def _check(facts: Facts, today: date) -> None:
    given = {"名称": facts.name, "责任单位": facts.section, "节点": facts.milestones}
    missing = [name for name, value in given.items() if not value]
    if missing:
        raise WorkIncomplete(missing="、".join(missing))
    rules.check_explained(facts.milestones, today)


def _new(today: date) -> table.Work:
    return table.Work(code=secrets.token_hex(4), state=WORKS.start.value, name="", updated_on=today)


def _own(db: Session, actor: Actor, code: str) -> table.Work:
    """Absent and not yours look the same (R26)."""
    row = table.work(db, code)
    if row is None or not _may(actor, row):
        raise NoSuchWork()
    return row


def _may(actor: Actor, row: table.Work) -> bool:
    return may(actor, Can.KEEP_WORK, About(branch_id=row.branch_id))


def _freeze(db: Session, row: table.Work, milestones: Sequence[Milestone]) -> None:
    """A plan that was public once stays as it was: raises `PlanFrozen`."""
    if row.published_on is None:
        return
    given = {one.id: one.planned for one in milestones if one.id is not None}
    for old in table.milestones_of(db, [row.id])[row.id]:
        if given.get(old.id) != old.planned:
            raise PlanFrozen(name=old.name)


def _put_milestones(db: Session, work_id: int, milestones: Sequence[Milestone]) -> None:
    there = {row.id: row for row in table.milestones_of(db, [work_id])[work_id]}
    rows = []
    for rank, one in enumerate(milestones[:MOST_MILESTONES]):
        row = there.get(one.id or 0) or table.WorkMilestone(work_id=work_id)
        row.rank, row.name, row.planned = rank, one.name.strip(), one.planned
        row.expected, row.actual, row.note = one.expected, one.actual, one.note.strip()
        rows.append(row)
    table.replace_milestones(db, work_id, rows)


def _published(db: Session, code: str) -> int:
    found = pledges.pledge(db, code)
    if found is None or found.state not in PUBLIC_STATES:
        raise NoSuchPledge()
    return found.id


def _spoken(facts: Facts) -> str:
    """The facts in one line, for the record of steps."""
    dates = "；".join(f"{one.name} 计划{one.planned} 调整{one.expected or '—'} 实际{one.actual or '—'}" for one in facts.milestones)
    return f"进度{facts.percent}%；{dates}"


def _grow(db: Session, row: table.Work) -> None:
    if row.state in PUBLIC_WORKS:
        editions.grow(db)


def _milestones(db: Session, ids: Sequence[int]) -> dict[int, tuple[Milestone, ...]]:
    found = table.milestones_of(db, ids)
    return {work: tuple(Milestone(row.name, row.planned, row.expected, row.actual, row.note, row.id) for row in rows) for work, rows in found.items()}


def _told(db: Session, rows: Sequence[table.Work], today: date, *, whole: bool = False) -> list[Told]:
    milestones = _milestones(db, [row.id for row in rows])
    branches = people.bodies_by_id(db, [row.branch_id for row in rows if row.branch_id is not None])
    index = board_index.current(db, today)
    tied = {
        row.id: tuple(Tied(p.code, format_pledge(p.id), p.content) for p in table.pledges_of(db, row.id) if index.holds(p.id))
        for row in rows
        if whole
    }
    return [
        Told(
            code=row.code,
            name=row.name,
            branch=branches[row.branch_id].name if row.branch_id else "",
            section=row.section,
            summary=row.summary,
            percent=row.percent,
            delay_words=row.delay_words,
            state=row.state,
            chinese=WORKS.name(row.state),
            milestones=milestones[row.id],
            behind=rules.days_late(milestones[row.id], today),
            updated_on=row.updated_on,
            pledges=tied.get(row.id, ()),
            version=row.version,
            branch_id=row.branch_id,
        )  # fmt: skip
        for row in rows
    ]
