"""评价: the rows, the tallies that equal them, the figures that were published, the counters that watch for stuffing."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import JSON, BigInteger, Date, Engine, ForeignKey, LargeBinary, SmallInteger, String, delete, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.database import Base, UtcTime, table_of
from models.prepared import Add, Find


class Rating(Base):
    """One rating of one service event. No openid, no time finer than the day, an id that tells no order (design.md 5.2)."""

    __tablename__ = "ratings"
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    event: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    window_id: Mapped[int] = mapped_column(ForeignKey("service_windows.id"))
    post_id: Mapped[int | None] = mapped_column(ForeignKey("posts.id"))
    day: Mapped[date] = mapped_column(Date)
    level: Mapped[int] = mapped_column(SmallInteger)
    tags: Mapped[list[str] | None] = mapped_column(JSON)
    options_version: Mapped[int] = mapped_column(SmallInteger)
    note: Mapped[str] = mapped_column(String(500), default="")
    privacy: Mapped[str] = mapped_column(String(12))
    channel: Mapped[str] = mapped_column(String(12))
    origin: Mapped[str] = mapped_column(String(16))
    standing: Mapped[str] = mapped_column(String(10))
    changes: Mapped[int] = mapped_column(SmallInteger, default=0)


class Tally(Base):
    """How many ratings of a window, day, level and standing there are: kept in the rating's own transaction."""

    __tablename__ = "tallies"
    window_id: Mapped[int] = mapped_column(ForeignKey("service_windows.id"), primary_key=True)
    day: Mapped[date] = mapped_column(Date, primary_key=True)
    level: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    standing: Mapped[str] = mapped_column(String(10), primary_key=True)
    n: Mapped[int] = mapped_column(default=0)


class Figure(Base):
    """What the public was told of a window, at the last publication: never live, only by batches of the minimum group."""

    __tablename__ = "figures"
    window_id: Mapped[int] = mapped_column(ForeignKey("service_windows.id"), primary_key=True)
    level: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    standing: Mapped[str] = mapped_column(String(10), primary_key=True)
    n: Mapped[int] = mapped_column(default=0)
    up_to: Mapped[date] = mapped_column(Date)


class Watch(Base):
    """Counters of a few minutes or a day; nothing in them leads to a rating."""

    __tablename__ = "watches"
    key: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    n: Mapped[int] = mapped_column(default=0)
    ends_at: Mapped[datetime] = mapped_column(UtcTime)


class Flag(Base):
    """疑似刷评: a person is to look at a window's day, and says what it was; nothing is dropped (F32)."""

    __tablename__ = "flags"
    id: Mapped[int] = mapped_column(primary_key=True)
    once: Mapped[str] = mapped_column(String(80), unique=True)
    kind: Mapped[str] = mapped_column(String(16))
    window_id: Mapped[int] = mapped_column(ForeignKey("service_windows.id"))
    day: Mapped[date] = mapped_column(Date)
    detail: Mapped[str] = mapped_column(String(200))
    state: Mapped[str] = mapped_column(String(10), default="raised", index=True)
    finding: Mapped[str] = mapped_column(String(500), default="")
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}


_R = table_of(Rating)
_ADD = Add(_R, [column.name for column in _R.c], "ON CONFLICT (event) DO NOTHING", returning="event")
_TALLY = Add(
    table_of(Tally),
    ("window_id", "day", "level", "standing", "n"),
    "ON CONFLICT (window_id, day, level, standing) DO UPDATE SET n = tallies.n + excluded.n",
)
_WATCH = Add(table_of(Watch), ("key", "n", "ends_at"), "ON CONFLICT (key) DO UPDATE SET n = watches.n + excluded.n", returning="key, n")
_WATCHED = Find(table_of(Watch), "key", ("key", "n"))
_PAST: WeakKeyDictionary[Engine, dict[bytes, int]] = WeakKeyDictionary()
_MOST_KNOWN = 10_000
_FLAG = Add(table_of(Flag), ("once", "kind", "window_id", "day", "detail", "state", "finding", "version"), "ON CONFLICT (once) DO NOTHING")


def add(db: Session, rows: Sequence[dict[str, Any]]) -> set[bytes]:
    """Insert; the events that were really new. One that another transaction has just written stays that one's."""
    return {event for (event,) in _ADD(db, rows)}


def add_soon(db: Session, row: dict[str, Any]) -> Callable[[], bool]:
    """Insert one in the next journey; whether it was really new, to be asked behind that."""
    added = _ADD.soon(db, [row])
    return lambda: bool(added())


def known_events(db: Session, events: Sequence[bytes]) -> set[bytes]:
    return set(db.execute(select(_R.c.event).where(_R.c.event.in_(events))).scalars())


def by_event(db: Session, event: bytes) -> Rating | None:
    return db.scalar(select(Rating).where(Rating.event == event).with_for_update().execution_options(populate_existing=True))


def by_id(db: Session, rating_id: int) -> Rating | None:
    return db.get(Rating, rating_id)


def by_events(db: Session, events: Sequence[bytes]) -> Sequence[Rating]:
    return db.scalars(select(Rating).where(Rating.event.in_(events)).order_by(Rating.day.desc(), Rating.window_id)).all()


def tally(db: Session, changes: Mapping[tuple[int, date, int, str], int]) -> None:
    """Add to the tallies, always in the same order, so that two processes never wait for each other crosswise."""
    rows = [{"window_id": w, "day": d, "level": m, "standing": s, "n": n} for (w, d, m, s), n in sorted(changes.items()) if n]
    _TALLY.later(db, rows)


def watch(db: Session, rows: Sequence[dict[str, Any]]) -> dict[bytes, int]:
    """Count on; the counters' present values."""
    return dict(_WATCH(db, sorted(rows, key=lambda row: bytes(row["key"]))))


def watched(db: Session, keys: Sequence[bytes]) -> dict[bytes, int]:
    return dict(_WATCHED(db, keys))


def expect_past(db: Session, keys: Sequence[bytes]) -> None:
    """`past` will be asked for these."""
    known = _past_of(db)
    _WATCHED.announce(db, [key for key in keys if key not in known])


def past(db: Session, keys: Sequence[bytes]) -> dict[bytes, int]:
    """Where these counters stood when their time was over. Each is read once and remembered: what another process was still counting
    in that moment is left out, a rating or two.
    """
    known = _past_of(db)
    if len(known) > _MOST_KNOWN:
        known.clear()
    new = [key for key in keys if key not in known]
    if new:
        known |= dict.fromkeys(new, 0) | watched(db, new)
    return {key: known[key] for key in keys}


def _past_of(db: Session) -> dict[bytes, int]:
    return _PAST.setdefault(db.get_bind().engine, {})


def drop_watches(db: Session, now: datetime) -> None:
    db.execute(delete(Watch).where(Watch.ends_at < now))


def flag(db: Session, rows: Sequence[dict[str, Any]]) -> None:
    _FLAG.later(db, [{"state": "raised", "finding": "", "version": 1, **row} for row in rows])


def flags(db: Session, states: Sequence[str], before: int = 0, most: int = 50) -> Sequence[Flag]:
    """Newest first; those before the id `before`, from the newest when it is 0."""
    found = select(Flag).where(Flag.state.in_(states)).order_by(Flag.id.desc()).limit(most)
    return db.scalars(found.where(Flag.id < before) if before else found).all()


def flags_in(db: Session, states: Sequence[str]) -> int:
    return db.scalar(select(func.count()).select_from(Flag).where(Flag.state.in_(states))) or 0


def flag_by_id(db: Session, flag_id: int) -> Flag | None:
    return db.get(Flag, flag_id)


def tallied_by_day(db: Session, windows: Collection[int], since: date, until: date) -> dict[tuple[int, date, int], int]:
    """(window, day, level) → n of these windows from `since` to `until`."""
    found = select(Tally.window_id, Tally.day, Tally.level, func.sum(Tally.n)).where(Tally.window_id.in_(windows), Tally.day.between(since, until))
    return {(row[0], row[1], row[2]): int(row[3]) for row in db.execute(found.group_by(Tally.window_id, Tally.day, Tally.level))}


def tallied(db: Session, up_to: date) -> dict[tuple[int, int, str], int]:
    """(window, level, standing) → n, over all days until `up_to`."""
    rows = db.execute(
        select(Tally.window_id, Tally.level, Tally.standing, func.sum(Tally.n))
        .where(Tally.day <= up_to)
        .group_by(Tally.window_id, Tally.level, Tally.standing)
    )
    return {(row[0], row[1], row[2]): int(row[3]) for row in rows if row[3]}


def counted(db: Session, up_to: date) -> dict[tuple[int, int, str], int]:
    """The same from the rows themselves: what the tallies must equal (R04)."""
    rows = db.execute(
        select(Rating.window_id, Rating.level, Rating.standing, func.count())
        .where(Rating.day <= up_to)
        .group_by(Rating.window_id, Rating.level, Rating.standing)
    )
    return {(row[0], row[1], row[2]): int(row[3]) for row in rows}


def figures(db: Session) -> Sequence[Figure]:
    return db.scalars(select(Figure)).all()


def publish_figures(db: Session, window_id: int, counts: Mapping[tuple[int, str], int], up_to: date) -> None:
    db.execute(delete(Figure).where(Figure.window_id == window_id))
    db.add_all(Figure(window_id=window_id, level=level, standing=standing, n=n, up_to=up_to) for (level, standing), n in counts.items())
    db.flush()
