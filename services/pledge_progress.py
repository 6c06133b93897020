"""践诺 progress: entries with percent and words, 报告兑现, 说明客观原因; the author's own word until somebody else confirms it (A12)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from domain.actor import Actor
from domain.calendar import local_day
from domain.errors import LostRace, NotNow
from domain.flows.pledges import PLEDGES, PledgeState
from domain.permissions import Can, ask
from domain.pledge.refusals import PercentOutOfRange, ProgressMissing, TextChanged
from domain.pledge.wording import clean
from models import editions
from models import pledge_progress as table
from models.pledges import Pledge
from services import files, pledge_rows, steps
from services.files import Attached
from services.pledge_hands import about

THING = "pledge_progress"
MOST_WORDS = 500


class Reported(StrEnum):
    """What an entry says: on the way, done, or not kept for an objective cause."""

    PROGRESS = "progress"
    FULFIL = "fulfil"
    EXCUSE = "excuse"

    @property
    def chinese(self) -> str:
        return {Reported.PROGRESS: "进展", Reported.FULFIL: "报告兑现", Reported.EXCUSE: "说明客观原因"}[self]


@dataclass(frozen=True)
class Entry:
    """What is reported. `percent` counts for progress only; `files` are codes of 佐证材料 just handed in."""

    kind: Reported
    words: str
    percent: int = 0
    files: Sequence[str] = ()


@dataclass(frozen=True)
class Told:
    """An entry as it is read again."""

    day: date
    kind: Reported
    percent: int
    words: str
    files: tuple[Attached, ...] = ()


def report(db: Session, actor: Actor, code: str, entry: Entry, now: datetime, *, seen: int | None = None) -> Pledge:
    """Add an entry to a published pledge; `fulfil` and `excuse` move it on and wait for a confirmation."""
    words = clean("words", entry.words, MOST_WORDS, "进展说明")
    if not 0 <= entry.percent <= 100:
        raise PercentOutOfRange()
    if not words and entry.kind is Reported.PROGRESS:
        raise ProgressMissing()
    pledge = pledge_rows.own_or_unknown(db, actor, code)
    pledge_rows.is_as_seen(pledge, seen, LostRace())
    _go(db, actor, pledge, entry, words, now)
    _write(db, actor, pledge, entry, words, now)
    editions.grow(db)
    return pledge


def _go(db: Session, actor: Actor, pledge: Pledge, entry: Entry, words: str, now: datetime) -> None:
    if entry.kind is not Reported.PROGRESS:
        pledge.percent = 100 if entry.kind is Reported.FULFIL else pledge.percent
        pledge_rows.move_on(db, actor, pledge, entry.kind.value, now, words)
        return
    ask(actor, Can.REPORT_FULFILMENT, about(db, actor, pledge))
    if pledge.state != PledgeState.PUBLISHED:
        raise NotNow(state=PLEDGES.name(pledge.state), verb="报告进展")
    pledge.percent = entry.percent
    pledge_rows.flush(db)
    steps.record(db, actor, PLEDGES.thing, pledge.id, "progress", now, source=pledge.state, target=pledge.state, why=f"{entry.percent}%：{words}")


def _write(db: Session, actor: Actor, pledge: Pledge, entry: Entry, words: str, now: datetime) -> None:
    row = table.Progress(
        pledge_id=pledge.id, person_id=actor.person_id, kind=entry.kind.value, percent=pledge.percent, words=words, day=local_day(now)
    )
    db.add(row)
    db.flush()
    files.attach(db, actor, entry.files, THING, row.id)


def confirm(db: Session, actor: Actor, code: str, verb: str, why: str, now: datetime, *, seen: int | None = None) -> Pledge:
    """核实: `confirm`, `accept` an objective cause, or `doubt` with a reason; never one's own."""
    pledge = pledge_rows.readable(db, actor, code)
    if pledge.state in (PledgeState.FULFILLED, PledgeState.EXCUSED):
        pledge_rows.is_as_seen(pledge, seen, TextChanged())
    pledge_rows.move_on(db, actor, pledge, verb, now, why, is_opinion=True)
    editions.grow(db)
    return pledge


def entries(db: Session, pledge_id: int) -> list[Told]:
    """All that was reported of a pledge, the oldest first, with its evidence."""
    rows = table.of_pledge(db, pledge_id)
    evidence = files.of_things(db, THING, [row.id for row in rows])
    return [Told(row.day, Reported(row.kind), row.percent, row.words, evidence.get(row.id, ())) for row in rows]
