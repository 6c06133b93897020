"""单位承诺汇总 batches: the branch gathers its units' pledges, the committee decides all of them or row by row (A7)."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from domain.actor import About, Actor, Role
from domain.calendar import local_day
from domain.errors import LostRace, NotNow, Refusal
from domain.flows.batches import BATCHES, BatchState
from domain.flows.pledges import PledgeState
from domain.permissions import Can, ask, may
from domain.pledge.refusals import EmptyBatch, NoSuchBatch, TextChanged
from domain.pledge.wording import Wording, clean
from models import batches as table
from models import people
from models.pledges import Pledge
from services import campaigns, pledge_rows, pledges, steps
from services.moves import move
from services.pledge_hands import committee


@dataclass(frozen=True)
class Row:
    """One pledge of a batch: `decision` is approve, return or “” while it waits."""

    pledge: Pledge
    unit: str
    decision: str
    opinion: str


@dataclass(frozen=True)
class Batch:
    """A batch as its pages show it."""

    code: str
    campaign: str
    branch: str
    branch_id: int
    state: str
    number: str
    opinion: str
    version: int
    rows: tuple[Row, ...]

    @property
    def state_words(self) -> str:
        return BATCHES.name(self.state)

    @property
    def waiting(self) -> int:
        return sum(not row.decision for row in self.rows)


@dataclass(frozen=True)
class Free:
    """A unit's pledge that was handed in and lies in no batch."""

    code: str
    unit: str
    meeting: str
    wording: Wording
    version: int


@dataclass(frozen=True)
class Group:
    """What one branch can compile in one campaign."""

    campaign: str
    title: str
    branch_id: int
    branch: str
    rows: tuple[Free, ...]


def free(db: Session, actor: Actor) -> list[Group]:
    """All that this person can compile, by branch and campaign; the office for every branch."""
    every = may(actor, Can.COMPILE_PLEDGES, About())
    own = [seat.body_id for seat in actor.seats if seat.role is Role.BRANCH_SECRETARY]
    rows = table.lying_free(db, None if every else own, PledgeState.SUBMITTED.value)
    names = people.bodies_by_id(db, [one for row in rows for one in (row.branch_id, row.unit_id) if one])
    titles = campaigns.titles(db)
    groups: dict[tuple[str, int], list[Free]] = {}
    for row in rows:
        told = Free(row.code, names[row.unit_id or 0].name, row.meeting, pledge_rows.wording_of(row), row.version)
        groups.setdefault((row.campaign, row.branch_id or 0), []).append(told)
    return [Group(key, titles.get(key, key), branch, names[branch].name, tuple(found)) for (key, branch), found in groups.items() if branch in names]


def to_compile(db: Session, actor: Actor, campaign: str, branch_id: int) -> Sequence[Pledge]:
    """What units of the branch have handed in and lies in no batch yet."""
    ask(actor, Can.COMPILE_PLEDGES, About(branch_id=branch_id))
    return [one for one in table.lying_free(db, [branch_id], PledgeState.SUBMITTED.value) if one.campaign == campaign]


def compile_(db: Session, actor: Actor, campaign: str, branch_id: int, codes: Sequence[str], now: datetime) -> table.Batch:
    """汇总: these pledges become one batch and go to the committee. Raises `EmptyBatch`, `LostRace`."""
    free = {one.code: one for one in to_compile(db, actor, campaign, branch_id)}
    chosen = [free[code] for code in dict.fromkeys(codes) if code in free]
    if not chosen:
        raise EmptyBatch()
    batch = table.Batch(code=secrets.token_hex(6), campaign=campaign, branch_id=branch_id, state=BATCHES.start.value, sent_on=local_day(now))
    db.add(batch)
    db.flush()
    db.add_all(table.BatchRow(batch_id=batch.id, pledge_id=one.id, rank=rank) for rank, one in enumerate(chosen, 1))
    try:
        db.flush()
    except IntegrityError as twin:
        raise LostRace() from twin
    words = {"branch": _name(db, branch_id), "n": len(chosen)}
    hearers = {"committee": committee(db, local_day(now))}
    move(db, actor, BATCHES, batch, "send", now, about=About(branch_id=branch_id), hearers=hearers, words=words)
    return batch


def send_back(db: Session, actor: Actor, code: str, why: str, now: datetime, *, seen: int | None = None) -> Pledge:
    """The branch gives a unit's pledge back before it is compiled, with a reason."""
    pledge = pledge_rows.readable(db, actor, code)
    ask(actor, Can.COMPILE_PLEDGES, About(branch_id=pledge.branch_id))
    if pledge.unit_id is None or table.open_row(db, pledge.id) is not None:
        raise NotNow(state="已汇总上报" if pledge.unit_id else "个人承诺", verb="由支部退回")
    return pledges.give_back(db, actor, pledge, why, now, seen=seen)


def decide(
    db: Session, actor: Actor, code: str, verb: str, why: str, now: datetime, *, number: str = "", only: Sequence[str] = (), seen: int | None = None
) -> Batch:
    """审定: `approve` or `return` all that waits in the batch, or only these pledges; the reason reaches each unit.

    A pledge of one's own hand stays for another member of the committee.
    """
    batch = _batch(db, code, locked=True)
    ask(actor, Can.APPROVE_UNIT_PLEDGE, About(branch_id=batch.branch_id))
    if batch.state != BatchState.SENT:
        raise NotNow(state=BATCHES.name(batch.state), verb="审定")
    if seen is not None and batch.version != seen:
        raise TextChanged()
    waiting = [(row, pledge) for row, pledge in table.rows(db, [batch.id]) if not row.decision and (not only or pledge.code in only)]
    theirs = [(row, pledge) for row, pledge in waiting if may(actor, Can.APPROVE_UNIT_PLEDGE, About(author_id=pledge.author_id))]
    if not theirs:
        raise NoSuchBatch() if not waiting else _own(actor, waiting[0][1])
    why = clean("why", why, 300, "审定意见")
    for row, pledge in theirs:
        pledges.review(db, actor, pledge.code, verb, why, now, in_batch=True)
        row.decision, row.opinion = verb, why
    batch.opinion, batch.number = why or batch.opinion, clean("number", number, 60, "审定文号") or batch.number
    pledge_rows.flush(db)
    _close_if_done(db, actor, batch, now)
    return told(db, batch)


def _own(actor: Actor, pledge: Pledge) -> Refusal:
    """What the by-law says to somebody whose own pledge this is."""
    try:
        ask(actor, Can.APPROVE_UNIT_PLEDGE, About(author_id=pledge.author_id))
    except Refusal as refusal:
        return refusal
    return NoSuchBatch()


def _close_if_done(db: Session, actor: Actor, batch: table.Batch, now: datetime) -> None:
    decisions = [row.decision for row, _ in table.rows(db, [batch.id])]
    if not all(decisions):
        steps.record(db, actor, BATCHES.thing, batch.id, "decide", now, source=batch.state, target=batch.state, why=batch.opinion)
        return
    batch.decided_on = local_day(now)
    secretaries = people.holders(db, batch.branch_id, Role.BRANCH_SECRETARY.value, local_day(now))
    words = {"branch": _name(db, batch.branch_id), "n": len(decisions), "approved": decisions.count("approve"), "returned": decisions.count("return")}
    move(
        db, actor, BATCHES, batch, "close", now,
        about=About(branch_id=batch.branch_id), why=batch.opinion, hearers={"branch": tuple(secretaries)}, words=words,
    )  # fmt: skip


def one(db: Session, actor: Actor, code: str) -> Batch:
    """A batch that this person may read. Raises `NoSuchBatch`."""
    batch = _batch(db, code)
    if not may(actor, Can.READ_UNPUBLISHED, About(branch_id=batch.branch_id)):
        raise NoSuchBatch()
    return told(db, batch)


def listed(db: Session, actor: Actor) -> list[Batch]:
    """Batches this person may read, the newest first."""
    every = may(actor, Can.READ_UNPUBLISHED, About())
    own = [seat.body_id for seat in actor.seats if seat.role is Role.BRANCH_SECRETARY]
    return _told(db, table.batches(db, None if every else own))


def told(db: Session, batch: table.Batch) -> Batch:
    return _told(db, [batch])[0]


def _told(db: Session, batches: Sequence[table.Batch]) -> list[Batch]:
    """Any number of batches in two statements."""
    found = table.rows(db, [batch.id for batch in batches])
    names = people.bodies_by_id(db, [*(batch.branch_id for batch in batches), *(pledge.unit_id or 0 for _, pledge in found)])
    rows: dict[int, list[Row]] = {}
    for row, pledge in found:
        rows.setdefault(row.batch_id, []).append(Row(pledge, names[pledge.unit_id or 0].name, row.decision, row.opinion))
    return [
        Batch(
            code=batch.code, campaign=batch.campaign, branch=names[batch.branch_id].name, branch_id=batch.branch_id, state=batch.state,
            number=batch.number, opinion=batch.opinion, version=batch.version, rows=tuple(rows.get(batch.id, ())),
        )
        for batch in batches
    ]  # fmt: skip


def _batch(db: Session, code: str, *, locked: bool = False) -> table.Batch:
    batch = table.batch(db, code, locked=locked)
    if batch is None:
        raise NoSuchBatch()
    return batch


def _name(db: Session, body_id: int) -> str:
    return people.bodies_by_id(db, [body_id])[body_id].name
