"""Counting by the minute in the database: where a limit must hold though the store is away (reliability.md R13)."""

import hashlib
from datetime import UTC, datetime, timedelta

from sqlalchemy.orm import Session

from models import ratings as table


def count_this_minute(db: Session, mark: bytes, now: datetime) -> int:
    """Add one for this keyed mark; how many in this minute. The counters go with those of `watch`."""
    return count_within(db, mark, now, 1)


def count_today(db: Session, mark: bytes, now: datetime) -> int:
    """The same for a mark that already names its day."""
    return table.watch(db, [{"key": mark, "n": 1, "ends_at": now + timedelta(days=1)}])[mark]


def count_within(db: Session, mark: bytes, now: datetime, minutes: int) -> int:
    """Add one for this keyed mark; how many in this stretch of so many minutes of the clock."""
    key, begins = _stretch(mark, now, minutes)
    return table.watch(db, [{"key": key, "n": 1, "ends_at": begins + timedelta(minutes=minutes)}])[key]


def counted_within(db: Session, mark: bytes, now: datetime, minutes: int) -> int:
    """How many there were in this stretch; adds none."""
    key, _ = _stretch(mark, now, minutes)
    return table.watched(db, [key]).get(key, 0)


def _stretch(mark: bytes, now: datetime, minutes: int) -> tuple[bytes, datetime]:
    begins = datetime.fromtimestamp(now.timestamp() // (60 * minutes) * 60 * minutes, UTC)
    return hashlib.sha256(mark + begins.isoformat().encode()).digest()[:16], begins
