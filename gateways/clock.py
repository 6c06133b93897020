"""The time: read here and nowhere else, so that a rehearsal can run a year in a minute."""

import time
from datetime import UTC, datetime


def now() -> datetime:
    """The present moment, in UTC."""
    return datetime.now(UTC)


def monotonic() -> float:
    """Seconds of a clock that never steps back: for measuring how long something took."""
    return time.monotonic()
