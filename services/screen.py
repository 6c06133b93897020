"""大厅大屏: what the lobby's screen shows: latest pledges, key works, figures with their N; nothing beyond the public form (F15, X9)."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from domain.calendar import local_day
from domain.pledge.showing import Group
from domain.policy import STANDARD, Policy
from services import board, figures, works
from services import register as registers
from services.board import Entry
from services.figures import Published
from services.works import Told

MOST_PLEDGES = 24
MOST_WORKS = 6


@dataclass(frozen=True)
class WindowFigure:
    """A window's published figures; those under the minimum group are not among them."""

    window: str
    told: Published


@dataclass(frozen=True)
class Screen:
    """`kept_back` is how many windows have too few ratings to be told of."""

    pledges: tuple[Entry, ...]
    drawers: tuple[tuple[str, int], ...]
    works: tuple[Told, ...]
    figures: tuple[WindowFigure, ...]
    kept_back: int
    minimum: int
    day: date


def shown(db: Session, now: datetime, policy: Policy = STANDARD) -> Screen:
    """In the order of the windows' numbers: the screen ranks nobody (S11)."""
    today = local_day(now)
    places = registers.current(db, today).places
    told = figures.published(db, policy)
    fit = [WindowFigure(place.spoken, told[place.id]) for place in places.values() if place.id in told and told[place.id].shares.shown]
    counts = board.totals(db, today)
    return Screen(
        pledges=board.latest(db, today, MOST_PLEDGES),
        drawers=tuple((group.chinese, counts[group]) for group in Group if counts[group]),
        works=works.shown(db, now)[:MOST_WORKS],
        figures=tuple(fit),
        kept_back=len(places) - len(fit),
        minimum=policy.minimum_group,
        day=today,
    )
