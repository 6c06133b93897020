"""疑似刷评: what the counters noticed, before a person who looks at the day and says what it was; figures and ratings stay (F32, R22)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from domain.actor import About, Actor
from domain.calendar import local_day
from domain.flag_refusals import FindingMissing, NoSuchFlag
from domain.flows.flags import FLAGS, KINDS, FlagState
from domain.marks import Mark
from domain.permissions import Can, admit, could, may
from domain.ratings import clean_note
from domain.waiting import Waiting
from models import ratings as table
from services import register as registers
from services.moves import move
from services.register import Register

_USUAL = 30
"""Days before, whose mean says what is usual at the window."""
_OPEN = (FlagState.RAISED.value,)
_ENDED = (FlagState.HARMLESS.value, FlagState.SUSPECT.value)


@dataclass(frozen=True)
class Flagged:
    """One flag with what the office needs to judge it: that day's ratings of the window, and how many a day were usual before."""

    id: int
    window: str
    day: date
    kind: str
    detail: str
    chinese: str
    by_level: Mapping[Mark, int]
    n: int
    usual: float
    finding: str
    verbs: tuple[tuple[str, str], ...]


def listed(db: Session, actor: Actor, now: datetime, *, ended: bool = False, before: int = 0, most: int = 50) -> list[Flagged]:
    """Newest first. Raises `NotAllowed`."""
    admit(actor, Can.SEE_FLAGS)
    register = registers.current(db, local_day(now))
    rows = table.flags(db, _ENDED if ended else _OPEN, before, most)
    days = [row.day for row in rows] or [register.day]
    counts = table.tallied_by_day(db, {row.window_id for row in rows}, min(days) - timedelta(days=_USUAL), max(days))
    return [_told(actor, row, register, counts) for row in rows]


def check(db: Session, actor: Actor, flag_id: int, verb: str, why: str, now: datetime) -> None:
    """What it was, with what was looked at. Raises `NoSuchFlag`, `FindingMissing`, `NotAllowed`, `NotNow`, `LostRace`."""
    row = table.flag_by_id(db, flag_id)
    if row is None:
        raise NoSuchFlag()
    why = clean_note(why)
    if not why:
        raise FindingMissing()
    row.finding = why
    move(db, actor, FLAGS, row, verb, now, about=About(window_id=row.window_id), why=why)


def waiting(db: Session, actor: Actor, _now: datetime) -> list[Waiting]:
    """One line of the office's desk, however many there are."""
    if not could(actor, Can.CHECK_FLAG):
        return []
    n = table.flags_in(db, _OPEN)
    return [Waiting(FLAGS.thing, "", f"核查疑似刷评，{n}条")] if n else []


def _told(actor: Actor, row: table.Flag, register: Register, counts: Mapping[tuple[int, date, int], int]) -> Flagged:
    by_level = {mark: counts.get((row.window_id, row.day, int(mark)), 0) for mark in reversed(Mark)}
    before = {row.day - timedelta(days=back) for back in range(1, _USUAL + 1)}
    about = About(window_id=row.window_id)
    return Flagged(
        id=row.id,
        window=register.place(row.window_id).spoken,
        day=row.day,
        kind=KINDS.get(row.kind, row.kind),
        detail=row.detail,
        chinese=FLAGS.name(row.state),
        by_level=by_level,
        n=sum(by_level.values()),
        usual=sum(n for (window, day, _), n in counts.items() if window == row.window_id and day in before) / _USUAL,
        finding=row.finding,
        verbs=tuple((line.verb, line.chinese) for line in FLAGS.verbs_from(row.state) if may(actor, line.who, about)),
    )
