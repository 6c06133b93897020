"""The time: read here and nowhere else, so that a rehearsal can run a year in a minute."""

import time
from datetime import UTC, datetime, timedelta


def now() -> datetime:
    """The present moment, in UTC."""
    return datetime.now(UTC)


def monotonic() -> float:
    """Seconds of a clock that never steps back: for measuring how long something took."""
    return time.monotonic()


def offset() -> timedelta:
    """How far this machine's own zone is ahead of UTC: the house does not use it, its logs, crontab and operator do."""
    return datetime.now(UTC).astimezone().utcoffset() or timedelta(0)
