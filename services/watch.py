"""防刷: bursts at a window, one voice at many windows, one text many times: flagged for a person, nothing dropped (F32, R22)."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from domain.calendar import local_day
from domain.policy import Policy
from domain.ratings import RatingDeed
from models import ratings as table

_SLOT = 5
"""Minutes of one counter: a window's last slots together make the burst's span."""


def _key(*words: object) -> bytes:
    return hashlib.sha256("|".join(map(str, words)).encode()).digest()[:16]


def _slot(now: datetime, back: int = 0) -> int:
    return int(now.timestamp()) // (60 * _SLOT) - back


def observe(db: Session, deeds: Sequence[RatingDeed], now: datetime, policy: Policy) -> None:
    """Count these ratings in; whatever crosses a threshold is flagged once."""
    day = local_day(now)
    windows = Counter(deed.window_id for deed in deeds)
    counts: Counter[bytes] = Counter({_key("burst", window, _slot(now)): n for window, n in windows.items()})
    voices = {_key("voice", deed.actor.rater, day): deed.window_id for deed in deeds}
    counts.update(_key("voice", deed.actor.rater, day) for deed in deeds)
    notes = {_key("note", deed.window_id, deed.note, day): deed.window_id for deed in deeds if len(deed.note) >= 6}
    counts.update(_key("note", deed.window_id, deed.note, day) for deed in deeds if len(deed.note) >= 6)
    ends = now + timedelta(days=1)
    seen = table.watch(db, [{"key": key, "n": n, "ends_at": ends} for key, n in counts.items()])
    found = [
        _flag("voice", window, day, f"{key.hex()[:12]}", f"同一人当日评价窗口超过{policy.places_a_day}个")
        for key, window in voices.items()
        if seen[key] > policy.places_a_day
    ]
    found += [
        _flag("note", window, day, f"{key.hex()[:12]}", f"当日相同说明达{policy.same_note}次")
        for key, window in notes.items()
        if seen[key] >= policy.same_note
    ]
    found += _bursts(db, list(windows), seen, now, policy)
    if found:
        table.flag(db, found)


def _bursts(db: Session, windows: Sequence[int], seen: dict[bytes, int], now: datetime, policy: Policy) -> list[dict[str, Any]]:
    slots = -(-policy.burst_minutes // _SLOT)
    earlier = {window: [_key("burst", window, _slot(now, back)) for back in range(1, slots + 1)] for window in windows}
    past = table.watched(db, [key for keys in earlier.values() for key in keys])
    found = []
    for window in windows:
        n = seen[_key("burst", window, _slot(now))] + sum(past.get(key, 0) for key in earlier[window])
        if n >= policy.burst_ratings:
            found.append(
                _flag("burst", window, local_day(now), str(_slot(now) // slots), f"约{policy.burst_minutes}分钟内评价达{policy.burst_ratings}条")
            )
    return found


def _flag(kind: str, window: int, day: Any, mark: str, detail: str) -> dict[str, Any]:
    return {"once": f"{kind}:{window}:{day}:{mark}", "kind": kind, "window_id": window, "day": day, "detail": detail}
