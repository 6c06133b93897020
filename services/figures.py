"""公开数字: what the public is told: never live, nothing finer than the day, only in batches of the minimum group (R23, F31)."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from domain.calendar import local_day
from domain.marks import Mark
from domain.policy import STANDARD, Policy
from domain.ratings import Shares, Standing, shares
from models import editions
from models import ratings as table

_SHOWN = (Standing.COUNTED.value, Standing.BROWSER.value)


@dataclass(frozen=True)
class Published:
    """A window's figures as published: all of them, how many came from browsers, how many were set apart, up to which day."""

    window_id: int
    shares: Shares
    from_browsers: int
    set_apart: int
    up_to: date | None


def publish(db: Session, now: datetime, policy: Policy = STANDARD) -> int:
    """Publish what has gathered up to yesterday for windows with at least a minimum group of new ratings; how many windows."""
    up_to = local_day(now) - timedelta(days=1)
    totals = _by_window(table.tallied(db, up_to))
    told = _by_window({(row.window_id, row.level, row.standing): row.n for row in table.figures(db)})
    ripe = [window for window, counts in totals.items() if _n(counts) - _n(told.get(window, {})) >= policy.minimum_group]
    for window in ripe:
        table.publish_figures(db, window, totals[window], up_to)
    if ripe:
        editions.grow(db)
    return len(ripe)


def _by_window(flat: Mapping[tuple[int, int, str], int]) -> dict[int, dict[tuple[int, str], int]]:
    grouped: dict[int, dict[tuple[int, str], int]] = defaultdict(dict)
    for (window, level, standing), n in flat.items():
        grouped[window][level, standing] = n
    return grouped


def _n(counts: Mapping[tuple[int, str], int]) -> int:
    return sum(n for (_, standing), n in counts.items() if standing in _SHOWN)


def published(db: Session, policy: Policy = STANDARD) -> dict[int, Published]:
    """Every window's published figures."""
    rows = table.figures(db)
    dates = {row.window_id: row.up_to for row in rows}
    grouped = _by_window({(row.window_id, row.level, row.standing): row.n for row in rows})
    return {window: _published(window, counts, dates[window], policy) for window, counts in grouped.items()}


def nothing_yet(window_id: int, policy: Policy = STANDARD) -> Published:
    return _published(window_id, {}, None, policy)


def _published(window: int, counts: Mapping[tuple[int, str], int], up_to: date | None, policy: Policy) -> Published:
    by_level = {mark: sum(counts.get((int(mark), standing), 0) for standing in _SHOWN) for mark in reversed(Mark)}
    browsers = sum(n for (_, standing), n in counts.items() if standing == Standing.BROWSER.value)
    apart = sum(n for (_, standing), n in counts.items() if standing not in _SHOWN)
    return Published(window, shares(by_level, policy.minimum_group), browsers, apart, up_to)


def differences(db: Session, now: datetime) -> int:
    """How many tallies differ from the rows they count: must be 0 (R04)."""
    day = local_day(now)
    tallied, counted = table.tallied(db, day), table.counted(db, day)
    return sum(tallied.get(key, 0) != counted.get(key, 0) for key in tallied.keys() | counted.keys())
