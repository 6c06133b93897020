"""防刷: bursts at a window, one voice at many windows, one text many times: flagged for a person, nothing dropped (F32, R22)."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy.orm import Session

from domain.calendar import local_day
from domain.policy import Policy
from domain.ratings import RatingDeed
from models import ratings as table

_SLOT = 5
"""Minutes of one counter: a window's last slots together make the burst's span."""
_LONG_ENOUGH = 6
"""Signs of a note that may be called the same as another: “很好” says nothing."""


def _key(*words: object) -> bytes:
    return hashlib.sha256("|".join(map(str, words)).encode()).digest()[:16]


@lru_cache(4096)
def _burst(window: int, slot: int) -> bytes:
    return _key("burst", window, slot)


def _slot(now: datetime) -> int:
    return int(now.timestamp()) // (60 * _SLOT)


def observe(db: Session, deeds: Sequence[RatingDeed], now: datetime, policy: Policy) -> list[dict[str, Any]]:
    """Count these ratings in; the flags for what crosses a threshold, to be raised by `flag`."""
    day, slot = local_day(now), _slot(now)
    windows = Counter(deed.window_id for deed in deeds)
    earlier = {window: [_burst(window, slot - back) for back in range(1, _slots(policy) + 1)] for window in windows}
    table.expect_past(db, [key for keys in earlier.values() for key in keys])
    voices, notes = _voices(deeds, day), _notes(deeds, day)
    seen = _count(db, [*voices, *notes], windows, now, 1)
    found = [
        _flag("voice", window, day, f"{key.hex()[:12]}", f"同一人当日评价窗口超过{policy.places_a_day}个")
        for key, window in dict(voices).items()
        if seen[key] > policy.places_a_day
    ]
    found += [
        _flag("note", window, day, f"{key.hex()[:12]}", f"当日相同说明达{policy.same_note}次")
        for key, window in dict(notes).items()
        if seen[key] >= policy.same_note
    ]
    return found + _bursts(db, windows, earlier, seen, now, policy)


def take_back(db: Session, deeds: Sequence[RatingDeed], now: datetime) -> None:
    """Count out again what turned out to be a change of an earlier rating."""
    day = local_day(now)
    _count(db, [*_voices(deeds, day), *_notes(deeds, day)], Counter(deed.window_id for deed in deeds), now, -1)


def flag(db: Session, found: Sequence[dict[str, Any]]) -> None:
    """Raise these flags, each once."""
    if found:
        table.flag(db, found)


def _voices(deeds: Sequence[RatingDeed], day: date) -> list[tuple[bytes, int]]:
    """(counter of one voice today, window) of each."""
    return [(_key("voice", deed.actor.rater, day), deed.window_id) for deed in deeds]


def _notes(deeds: Sequence[RatingDeed], day: date) -> list[tuple[bytes, int]]:
    return [(_key("note", deed.window_id, deed.note, day), deed.window_id) for deed in deeds if len(deed.note) >= _LONG_ENOUGH]


def _count(db: Session, said: Sequence[tuple[bytes, int]], windows: Mapping[int, int], now: datetime, by: int) -> dict[bytes, int]:
    """Count `by` for each; key → how many there are now."""
    slot = _slot(now)
    counts = {_burst(window, slot): n for window, n in windows.items()}
    for key, _ in said:
        counts[key] = counts.get(key, 0) + 1
    ends = now + timedelta(days=1)
    return table.watch(db, [{"key": key, "n": n * by, "ends_at": ends} for key, n in counts.items()])


def _slots(policy: Policy) -> int:
    return -(-policy.burst_minutes // _SLOT)


def _bursts(
    db: Session, windows: Mapping[int, int], earlier: dict[int, list[bytes]], seen: dict[bytes, int], now: datetime, policy: Policy
) -> list[dict[str, Any]]:
    """Said by the rating that reaches the threshold and by the first of each slot beyond it, not by every one of a rush."""
    past = table.past(db, [key for keys in earlier.values() for key in keys])
    words = f"约{policy.burst_minutes}分钟内评价达{policy.burst_ratings}条"
    slot, found = _slot(now), []
    for window, added in windows.items():
        here = seen[_burst(window, slot)]
        n = here + sum(past[key] for key in earlier[window])
        if n >= policy.burst_ratings and (n - added < policy.burst_ratings or here == added):
            found.append(_flag("burst", window, local_day(now), str(slot // _slots(policy)), words))
    return found


def _flag(kind: str, window: int, day: Any, mark: str, detail: str) -> dict[str, Any]:
    return {"once": f"{kind}:{window}:{day}:{mark}", "kind": kind, "window_id": window, "day": day, "detail": detail}
