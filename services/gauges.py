"""仪表: what the operator's meters show of the house's state: letters by state, ratings by level and standing."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from domain.calendar import local_day
from models import letters, ratings

LATE = timedelta(minutes=10)
"""A letter still without an end so long after it was due is stuck."""


@dataclass(frozen=True)
class Gauges:
    """`ratings` is (level, standing) → n over all windows; `letters` is state → n; `late` how many of them are stuck."""

    letters: Mapping[str, int]
    late: int
    ratings: Mapping[tuple[int, str], int]


def read(db: Session, now: datetime) -> Gauges:
    """All meters at once."""
    totals: Counter[tuple[int, str]] = Counter()
    for (_window, level, standing), n in ratings.tallied(db, local_day(now)).items():
        totals[level, standing] += n
    return Gauges(letters.counts(db), letters.waiting_since(db, now - LATE), totals)
