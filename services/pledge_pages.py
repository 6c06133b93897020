"""承诺单页: one pledge as everybody may read it: its versions, how far it has come, its work, what was objected and answered (A9, A10, A12)."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from domain.calendar import local_day
from domain.flows.pledges import PledgeState
from domain.pledge.changes import Piece, pieces
from domain.pledge.showing import Facts, face
from domain.pledge.wording import differences
from models import pledge_progress, pledges
from services import board, objections, works
from services.board import Entry, Where
from services.objections import Answered
from services.pledge_rows import wording_of

_OUTCOMES = {PledgeState.CONFIRMED: "fulfil", PledgeState.EXCUSE_CONFIRMED: "excuse"}
"""Confirmed state → the kind of report that says what came of it."""


@dataclass(frozen=True)
class Changed:
    """One field of an amendment, word by word."""

    label: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Version:
    """公示版本: when, why, and what it changed; the first changes nothing."""

    no: int
    published_on: date
    why: str
    changes: tuple[Changed, ...]


@dataclass(frozen=True)
class PledgePage:
    """`outcome` is what was reported and confirmed of it, “” where nothing may be told."""

    entry: Entry
    outcome: str
    outcome_on: date | None
    versions: tuple[Version, ...]
    works: tuple[tuple[str, str], ...]
    answered: tuple[Answered, ...]


def page(db: Session, code: str, now: datetime) -> PledgePage:
    """Raises `NoSuchPledge`, `PublicityOver`."""
    today = local_day(now)
    row = board.row_of(db, code, today)
    entry = board.entry(db, row, today, Where.ALONE)
    words, on = _outcome(db, row, entry, today)
    return PledgePage(entry, words, on, _versions(db, row.id), works.of_pledge(db, row.id), objections.answered(db, row.id))


def _outcome(db: Session, row: pledges.Pledge, entry: Entry, today: date) -> tuple[str, date | None]:
    """Only what somebody else has confirmed; the cause of a person's failure stays inside unless two people released it (P12)."""
    if entry.released:
        return entry.released.words, entry.released.since
    kind = _OUTCOMES.get(PledgeState(row.state))
    shown = face(Facts(entry.who if entry.is_unit else "", "", "", row.state, row.percent, row.deadline), today)
    if kind is None or (kind == "excuse" and not shown.cause_shown):
        return "", None
    told = [one for one in pledge_progress.of_pledge(db, row.id) if one.kind == kind]
    return (told[-1].words, told[-1].day) if told else ("", None)


def _versions(db: Session, pledge_id: int) -> tuple[Version, ...]:
    """The latest first."""
    rows = pledges.versions(db, pledge_id)
    found = []
    for at, row in enumerate(rows):
        changed = differences(wording_of(rows[at - 1]), wording_of(row)) if at else ()
        found.append(Version(row.no, row.published_on, row.why, tuple(Changed(one.label, pieces(one.before, one.after)) for one in changed)))
    return tuple(reversed(found))
