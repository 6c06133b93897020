"""值守: one clock is on duty, others stand by; a due time is carried out once, and what was missed is made good in order (R06, R07)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from models import leases, slots

TERM = timedelta(seconds=3)
"""How long a clock that fell silent stays on duty: a standby, which asks twice a second, takes over within five seconds."""
_CLOCK = "clock"
_MOST = 400
"""Missed due times of one round that are made good at once: a year of days."""


@dataclass(frozen=True)
class Times:
    """A regular round: its name, and its due times after one moment up to another."""

    name: str
    between: Callable[[datetime, datetime], Sequence[datetime]]
    reach: timedelta
    """How far back a clock looks that has never done this round before."""


def on_duty(db: Session, who: str, now: datetime) -> bool:
    """Take or keep the duty; whether we have it."""
    return leases.take(db, _CLOCK, who, now, now + TERM)


def due(db: Session, times: Times, now: datetime) -> Sequence[datetime]:
    """Due times that nobody has carried out yet, the oldest first."""
    since = slots.last(db, times.name) or now - times.reach
    return list(times.between(since, now))[:_MOST]


def take(db: Session, times: Times, due_at: datetime, who: str, now: datetime) -> bool:
    """Whether this due time is ours to carry out, in this transaction."""
    return slots.take(db, times.name, due_at, now, who)
