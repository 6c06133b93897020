"""仪表: what the operator's meters show of the house's state: letters by state, ratings by level and standing."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from domain.calendar import local_day
from models import holds, leases, letters, message_consents, ratings

LATE = timedelta(minutes=10)
"""A letter still without an end so long after it was due is stuck."""


@dataclass(frozen=True)
class Gauges:
    """`ratings` is (level, standing) → n over all windows; `letters` is state → n; `late` how many of them are stuck.

    `on_duty` says whether a clock is; `closed` are the ways whose quota is used up; `consents` is template → messages still allowed.
    """

    letters: Mapping[str, int]
    late: int
    on_duty: bool
    closed: Sequence[str]
    consents: Mapping[str, int]
    ratings: Mapping[tuple[int, str], int]


def read(db: Session, now: datetime) -> Gauges:
    """All meters at once."""
    totals: Counter[tuple[int, str]] = Counter()
    for (_window, level, standing), n in ratings.tallied(db, local_day(now)).items():
        totals[level, standing] += n
    lease = leases.on_duty(db, "clock")
    return Gauges(
        letters=letters.counts(db),
        late=letters.waiting_since(db, now - LATE),
        on_duty=lease is not None and lease.until > now,
        closed=[row.way for row in holds.open_at(db, now)],
        consents={template_id: left for template_id, (left, _) in message_consents.totals(db).items()},
        ratings=totals,
    )
