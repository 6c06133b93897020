"""Counting by the minute in the database: where a limit must hold though the store is away (reliability.md R13)."""

import hashlib
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from models import ratings as table


def count_this_minute(db: Session, mark: bytes, now: datetime) -> int:
    """Add one for this keyed mark; how many in this minute. The counters go with those of `watch`."""
    minute = now.replace(second=0, microsecond=0)
    key = hashlib.sha256(mark + minute.isoformat().encode()).digest()[:16]
    return table.watch(db, [{"key": key, "n": 1, "ends_at": minute + timedelta(minutes=1)}])[key]


def count_today(db: Session, mark: bytes, now: datetime) -> int:
    """The same for a mark that already names its day."""
    return table.watch(db, [{"key": mark, "n": 1, "ends_at": now + timedelta(days=1)}])[mark]
