"""评价: one message, one scan or one tap becomes one durable rating; a bad one opens its rectification (design.md 1)."""

import secrets
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy.orm import Session

from domain.actor import About, Actor
from domain.calendar import local_day
from domain.errors import NoSuchRating, Refusal, TermOver
from domain.marks import Mark
from domain.permissions import Can, ask
from domain.policy import STANDARD, Policy
from domain.pseudonyms import event_of
from domain.ratings import Privacy, Rated, RatingDeed, clean_note, may_change_on, standing_of
from domain.tags import OPTIONS_VERSION, check_tags
from models import ratings as table
from services import rectifications as orders
from services import register as registers
from services import steps, watch
from services.register import Register

_ANYBODY = Actor(rater="-")


def rate_window(db: Session, actor: Actor, window_id: int, mark: Mark, note: str, now: datetime, policy: Policy = STANDARD, **more: Any) -> Rated:
    """One rating; see `rate_windows`. Raises its refusal."""
    result = rate_windows(db, [RatingDeed(actor, window_id, mark, note, **more)], now, policy)[0]
    if isinstance(result, Refusal):
        raise result
    return result


def rate_windows(db: Session, deeds: Sequence[RatingDeed], now: datetime, policy: Policy = STANDARD) -> list[Rated | Refusal]:
    """Rate many windows in a handful of statements: the hot path (performance.md); in place of a rating may stand a refusal.

    One per service event: who rates the same window again on the same day changes that rating.
    """
    day = local_day(now)
    register = registers.current(db, day)
    ids = _random_ids(len(deeds))
    results: list[Rated | Refusal | None] = [None] * len(deeds)
    fresh: dict[bytes, tuple[int, RatingDeed, dict[str, Any]]] = {}
    again: list[tuple[int, RatingDeed, bytes]] = []
    for at, deed in enumerate(deeds):
        try:
            row = _row(deed, ids[at], day, register)
        except Refusal as refusal:
            results[at] = refusal
            continue
        if row["event"] in fresh:
            again.append((at, deed, row["event"]))
        else:
            fresh[row["event"]] = (at, deed, row)
    added = _add(db, fresh, register, now, policy)
    for event, (at, deed, _) in fresh.items():
        if event in added:
            results[at] = added[event]
        else:
            again.append((at, deed, event))
    for at, deed, event in again:
        results[at] = _rate_again(db, deed, event, register, now, policy)
    return [result for result in results if result is not None]


def _random_ids(n: int) -> list[int]:
    """62 bits each, that tell no order, by one draw."""
    noise = secrets.token_bytes(8 * n)
    return [int.from_bytes(noise[at : at + 8], "big") >> 2 for at in range(0, len(noise), 8)]


def _row(deed: RatingDeed, rating_id: int, day: date, register: Register) -> dict[str, Any]:
    """The row to store; raises what stands against it."""
    register.serving(deed.window_id)
    ask(deed.actor, Can.RATE_WINDOW, About(window_id=deed.window_id))
    tags = list(check_tags(deed.mark, deed.tags, OPTIONS_VERSION)) if deed.tags else None
    return {
        "id": rating_id,
        "event": event_of(deed.actor.rater, f"window:{deed.window_id}", day),
        "window_id": deed.window_id,
        "post_id": deed.post_id,
        "day": day,
        "level": int(deed.mark),
        "tags": tags,
        "options_version": OPTIONS_VERSION,
        "note": clean_note(deed.note),
        "privacy": deed.privacy.value,
        "channel": deed.channel.value,
        "origin": deed.origin.value,
        "standing": standing_of(deed).value,
        "changes": 0,
    }


def _add(
    db: Session, fresh: dict[bytes, tuple[int, RatingDeed, dict[str, Any]]], register: Register, now: datetime, policy: Policy
) -> dict[bytes, Rated]:
    """Insert those that are new; event → what became of it."""
    rows = [row for _, _, row in sorted(fresh.values(), key=lambda one: bytes(one[2]["event"]))]
    deeds = [fresh[row["event"]][1] for row in rows]
    if not rows:
        return {}
    if len(rows) == 1:
        return _add_alone(db, rows[0], deeds[0], register, now, policy)
    new = table.add(db, rows)
    rows = [row for row in rows if row["event"] in new]
    if not rows:
        return {}
    opened = _open_for(db, rows, register, now, policy)
    # The counters that all share come last, so that the other processes wait for them shortest.
    _tally(db, rows, 1)
    watch.flag(db, watch.observe(db, [fresh[row["event"]][1] for row in rows], now, policy))
    return _noted(db, rows, register, opened)


def _add_alone(db: Session, row: dict[str, Any], deed: RatingDeed, register: Register, now: datetime, policy: Policy) -> dict[bytes, Rated]:
    """One that is alone says in a single journey all that is right if it is new, and takes it back where it is not."""
    is_new = table.add_soon(db, row)
    _tally(db, [row], 1)
    steps.expect(db)
    found = watch.observe(db, [deed], now, policy)
    if not is_new():
        _tally(db, [row], -1)
        watch.take_back(db, [deed], now)
        return {}
    opened = _open_for(db, [row], register, now, policy)
    watch.flag(db, found)
    return _noted(db, [row], register, opened)


def _open_for(db: Session, rows: Sequence[dict[str, Any]], register: Register, now: datetime, policy: Policy) -> dict[int, orders.Opened]:
    return orders.open_for(db, [row for row in rows if Mark(row["level"]).is_negative], register, now, policy)


def _tally(db: Session, rows: Sequence[dict[str, Any]], by: int) -> None:
    counted = Counter((row["window_id"], row["day"], row["level"], row["standing"]) for row in rows)
    table.tally(db, {key: n * by for key, n in counted.items()})


def _noted(db: Session, rows: Sequence[dict[str, Any]], register: Register, opened: Mapping[int, orders.Opened]) -> dict[bytes, Rated]:
    """Their steps, and what became of each."""
    for row in rows:
        _note_step(db, row["id"], "rate", "", row["level"], row["day"])
    return {
        row["event"]: _rated(row["id"], row["window_id"], row["level"], row["day"], register, opened.get(row["id"]), changed=False) for row in rows
    }


def _rated(rating_id: int, window_id: int, level: int, day: date, register: Register, order: orders.Opened | None, *, changed: bool) -> Rated:
    place = register.place(window_id)
    number, due = (order.number, order.due) if order else (None, None)
    return Rated(rating_id, window_id, place.spoken, Mark(level), changed, day, number, due)


def _note_step(db: Session, rating_id: int, verb: str, source: str, level: int, day: date) -> None:
    """A rating's step knows the day only and no person: the record must not undo the secrecy of the row (design.md 5.2)."""
    steps.record(db, _ANYBODY, "rating", rating_id, verb, _noon_of(day), source=source, target=str(level))


@lru_cache(4)
def _noon_of(day: date) -> datetime:
    """In the bureau."""
    return datetime(day.year, day.month, day.day, 4, tzinfo=UTC)


def _rate_again(db: Session, deed: RatingDeed, event: bytes, register: Register, now: datetime, policy: Policy) -> Rated | Refusal:
    """The same event once more: the last word counts."""
    row = table.by_event(db, event)
    if row is None:
        return NoSuchRating()
    try:
        return _change(db, deed.actor, row, deed.mark, deed.note or row.note, deed.tags, deed.privacy, register, now, policy)
    except Refusal as refusal:
        return refusal


def change(
    db: Session, actor: Actor, rating_id: int, mark: Mark, note: str, tags: Sequence[str], privacy: Privacy, now: datetime, policy: Policy = STANDARD
) -> Rated:
    """Change one's own rating within the term. Raises `NoSuchRating` (also for somebody else's), `TermOver`."""
    row = own(db, actor, rating_id)
    day = local_day(now)
    if not may_change_on(row.day, day, policy.change_term_days):
        raise TermOver(days=policy.change_term_days)
    return _change(db, actor, row, mark, note, tags, privacy, registers.current(db, day), now, policy)


def own(db: Session, actor: Actor, rating_id: int) -> table.Rating:
    """The rating, if its event was this person's: nobody else can compute that. Raises `NoSuchRating`."""
    row = table.by_id(db, rating_id)
    if row is None or not is_own(actor, row):
        raise NoSuchRating()
    return row


def is_own(actor: Actor, row: table.Rating) -> bool:
    return row.event == event_of(actor.rater, f"window:{row.window_id}", row.day)


def _change(
    db: Session,
    actor: Actor,
    row: table.Rating,
    mark: Mark,
    note: str,
    tags: Sequence[str],
    privacy: Privacy,
    register: Register,
    now: datetime,
    policy: Policy,
) -> Rated:
    ask(actor, Can.RATE_WINDOW, About(window_id=row.window_id))
    before = row.level
    row.tags = list(check_tags(mark, tuple(tags), OPTIONS_VERSION)) if tags else None
    row.note, row.level, row.privacy, row.options_version = clean_note(note), int(mark), privacy.value, OPTIONS_VERSION
    row.changes += 1
    db.flush()
    if before != row.level:
        table.tally(db, {(row.window_id, row.day, before, row.standing): -1, (row.window_id, row.day, row.level, row.standing): 1})
    order = orders.follow_change(db, actor, row, Mark(before), register, now, policy)
    _note_step(db, row.id, "change", str(before), row.level, row.day)
    return _rated(row.id, row.window_id, row.level, row.day, register, order, changed=True)


def own_ratings(db: Session, actor: Actor, now: datetime, days: int = 30) -> Sequence[table.Rating]:
    """One's own ratings of the last `days`, newest first: found by computing what their events would be, for no table knows."""
    ask(actor, Can.SEE_OWN_RATINGS)
    today = local_day(now)
    register = registers.current(db, today)
    events = [event_of(actor.rater, f"window:{window}", today - timedelta(days=ago)) for ago in range(days) for window in register.places]
    return [row for at in range(0, len(events), 500) for row in table.by_events(db, events[at : at + 500])]
