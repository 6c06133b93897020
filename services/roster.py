"""花名册 roster: what a list would change, the change itself in one transaction, and the list as the register has it."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from domain.actor import Actor
from domain.calendar import local_day
from domain.errors import LostRace
from domain.permissions import Can, ask
from domain.roster.branches import Branches, settle
from domain.roster.matching import Held, Known, Member, match
from domain.roster.phones import masked
from domain.roster.plan import SEEN_OUTSIDE, Change, accept, changes, leavers
from domain.roster.records import Keys, Note, Reading, Row
from domain.roster.refusals import NotWaiting, RosterHasFaults
from domain.roster.twins import sift
from models import editions
from models import roster as table
from services import steps
from services.enrolment import Enrolment, Tick


@dataclass(frozen=True)
class NewBranch:
    """A branch the register does not know, with how many members the list gives it."""

    id: int
    name: str
    members: int
    doubt: str = ""


@dataclass(frozen=True)
class Preview:
    """What an import would do. Nothing is done yet; `held` wait for a word each, `faults` for a better cell.

    `branches` is id → name, new ones have a number below 0. `serving` are leavers who still hold a seat.
    """

    adds: Sequence[Member]
    changes: Sequence[Change]
    leavers: Sequence[Known]
    serving: frozenset[int]
    held: Sequence[Held]
    doubts: Sequence[Note]
    faults: Sequence[Note]
    left_out: Sequence[Note]
    new_branches: Sequence[NewBranch]
    branches: Mapping[int, str]
    same: int
    stamp: table.Stamp

    @property
    def moved(self) -> list[Change]:
        return [change for change in self.changes if change.is_move]

    @property
    def changed(self) -> list[Change]:
        return [change for change in self.changes if not change.is_move]

    @property
    def mark(self) -> str:
        """The stamp in one word, for a page that shows the preview now and comes back with the yes."""
        return "-".join(map(str, self.stamp))


@dataclass(frozen=True)
class Done:
    """How many rows an import wrote."""

    added: int
    changed: int
    left: int
    branches: int


def preview(db: Session, actor: Actor, reading: Reading, keys: Keys, now: datetime) -> Preview:
    """Compare a list with the register; writes nothing. Raises `NotAllowed`."""
    ask(actor, Can.KEEP_REGISTER)
    bodies = table.bodies(db)
    branches = {id: name for id, kind, name, _ in bodies if kind == "branch"}
    found = settle([row.branch for row in reading.rows], branches, [name for _, kind, name, _ in bodies if kind != "branch"])
    members, lost = _members(reading.rows, found, keys)
    sifted = sift(members)
    matched = match(sifted.members, map(Known._make, table.everyone(db)))
    changed = changes(matched.pairs, keys)
    faults = [*reading.faults, *lost, *sifted.faults]
    gone = leavers(matched, members, _unread(reading, found, members, {fault.at for fault in sifted.faults}))
    return Preview(
        adds=matched.new,
        changes=changed,
        leavers=gone,
        serving=frozenset(table.seated(db, [one.id for one in gone], local_day(now))),
        held=matched.held,
        doubts=[*reading.doubts, *sifted.doubts],
        faults=faults,
        left_out=reading.left_out,
        new_branches=_new_branches(found, sifted.members),
        branches=branches | found.new,
        same=len(matched.pairs) - len(changed),
        stamp=table.stamp(db),
    )


def _members(rows: Sequence[Row], branches: Branches, keys: Keys) -> tuple[list[Member], list[Note]]:
    ids, index = branches.ids, keys.index
    members = [
        Member(at, name, ids[branch], phone, index(phone) if phone and own else None, joined_on, category)
        for at, name, branch, phone, own, joined_on, category in rows
        if branch in ids
    ]
    lost = [Note(row.at, branches.faults[row.branch]) for row in rows if row.branch in branches.faults] if branches.faults else []
    return members, lost


def _unread(reading: Reading, branches: Branches, members: Sequence[Member], faulty: Collection[str]) -> set[str]:
    """Names in rows that were kept out: those people are in the list all the same."""
    lost = {row.name for row in reading.rows if row.branch in branches.faults}
    return reading.unread | lost | {member.name for member in members if member.at in faulty}


def _new_branches(found: Branches, members: Sequence[Member]) -> list[NewBranch]:
    sizes = Counter(member.branch_id for member in members)
    return [NewBranch(id, name, sizes[id], found.doubts.get(id, "")) for id, name in found.new.items() if sizes[id]]


def apply(
    db: Session,
    actor: Actor,
    plan: Preview,
    keys: Keys,
    now: datetime,
    *,
    leaving: bool = False,
    accepted: Collection[str] = (),
    tick: Tick = lambda _: None,
) -> Done:
    """Do what the preview said, and only that. `accepted` are addresses of held rows that somebody confirmed.

    Leavers are marked when `leaving`, never deleted. Raises `NotAllowed`, `NotWaiting`, `RosterHasFaults`, and `LostRace` when the
    register has changed since the preview.
    """
    ask(actor, Can.KEEP_REGISTER)
    _check(plan, leaving, accepted)
    table.lock(db)
    if table.stamp(db) != plan.stamp:
        raise LostRace()
    newcomers, confirmed = accept(plan.held, accepted, keys)
    adds, changed = [*plan.adds, *newcomers], [*plan.changes, *confirmed]
    writer = Enrolment(db, actor, keys, now, tick)
    used = {member.branch_id for member in adds} | {change.member.branch_id for change in changed}
    places = writer.branches({branch.id: branch.name for branch in plan.new_branches if branch.id in used})
    writer.add(adds, places)
    writer.change(changed, places)
    gone = plan.leavers if leaving else ()
    writer.mark_left(gone)
    if gone or any(SEEN_OUTSIDE.intersection(change.fields) for change in changed):
        editions.grow(db)
    return Done(len(adds), len(changed), len(gone), len(places))


def _check(plan: Preview, leaving: bool, accepted: Collection[str]) -> None:
    waiting = {held.member.at for held in plan.held}
    unknown = sorted(set(accepted) - waiting)
    if unknown:
        raise NotWaiting(said="、".join(unknown))
    if leaving and plan.faults:
        raise RosterHasFaults(n=len(plan.faults))


HEAD = ("姓名", "党支部", "手机号", "入党时间", "党员类别")
"""Columns of an exported list; the same list can be imported again."""


def export(db: Session, actor: Actor, keys: Keys, now: datetime, *, hide: bool = False) -> list[tuple[str, ...]]:
    """Everybody who has not left, branch by branch, under `HEAD`. Numbers in clear are shown to whom the by-law lets keep the
    register, and leave a step (P07); `hide` masks them. Raises `NotAllowed`.
    """
    ask(actor, Can.KEEP_REGISTER)
    today = local_day(now)
    branches = {id: name for id, _, name, _ in table.bodies(db)}
    people = [one for one in map(Known._make, table.everyone(db)) if one.left_on is None or one.left_on > today]
    people.sort(key=lambda one: (one.branch_id or 0, one.id))
    why = f"导出花名册{len(people)}人，手机号{'已遮盖' if hide else '未遮盖'}"
    steps.record(db, actor, "roster", 0, "export", now, why=why, seat=actor.seats[0].role if actor.seats else None)
    return [HEAD, *((one.name, branches.get(one.branch_id or 0, ""), _number(one, keys, hide), _day(one.joined_on), one.category) for one in people)]


def _number(one: Known, keys: Keys, hide: bool) -> str:
    number = keys.open(one.phone_sealed) if one.phone_sealed else ""
    return masked(number) if number and hide else number


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
