"""办理记录 steps: who, as which seat, when, from, to, why: append-only, in a digest chain (design.md 5.8, R31)."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import BigInteger, LargeBinary, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from domain.keyed import Keyed
from models.database import Base, UtcTime, table_of
from models.prepared import Add, Do


class Step(Base):
    """One change of one thing. Triggers in the database refuse UPDATE and DELETE."""

    __tablename__ = "steps"
    no: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(UtcTime)
    who: Mapped[str] = mapped_column(String(40))
    seat: Mapped[str] = mapped_column(String(20))
    thing: Mapped[str] = mapped_column(String(20))
    thing_id: Mapped[int] = mapped_column(BigInteger)
    verb: Mapped[str] = mapped_column(String(20))
    source: Mapped[str] = mapped_column(String(20))
    target: Mapped[str] = mapped_column(String(20))
    why: Mapped[str] = mapped_column(String(300))
    digest: Mapped[bytes] = mapped_column(LargeBinary)


class ChainHead(Base):
    """The chain's last number and digest: one row, locked while steps are added."""

    __tablename__ = "chain_heads"
    name: Mapped[str] = mapped_column(String(10), primary_key=True)
    no: Mapped[int] = mapped_column(BigInteger)
    digest: Mapped[bytes] = mapped_column(LargeBinary)


_S, _H = table_of(Step), table_of(ChainHead)
_ADD = Add(_S, [column.name for column in _S.c])
_HEAD = Do("SELECT no, digest FROM chain_heads WHERE name = 'steps'", locked=True)
_MOVE = Do("UPDATE chain_heads SET no = ?, digest = ? WHERE name = 'steps'")
_PENDING = "steps to seal"
_AT_ONCE = 200
"""Steps a statement: an import of 10,000 people would pass SQLite's limit of values, and is faster so."""
_keyed = lru_cache(8)(Keyed)
_said = itemgetter("who", "seat", "thing", "thing_id", "verb", "source", "target", "why")


@lru_cache(64)
def _moment(at: datetime) -> str:
    """As it stands in the digest; the steps of a batch have the same."""
    return f"{at:%Y-%m-%dT%H:%M:%S}"


def note(db: Session, step: dict[str, Any]) -> None:
    """Keep a step for the end of this transaction, when the chain's lock is held shortest."""
    db.info.setdefault(_PENDING, []).append(step)


def announce(db: Session) -> None:
    """Behind the next statement no rows are locked any more but the chain's: it may be locked in the same journey."""
    _HEAD.announce(db)


def digest_of(key: bytes, before: bytes, no: int, step: dict[str, Any]) -> bytes:
    """Keyed digest of one step and all before it: without the key nobody who edits a row can mend the chain."""
    words = "\x1f".join(map(str, _said(step)))
    return _keyed(key)(before + f"{no}\x1f{_moment(step['at'])}\x1f{words}".encode())


def seal(db: Session, key: bytes) -> None:
    """Number the kept steps and chain them; called by the transaction, just before its commit."""
    pending: list[dict[str, Any]] = db.info.pop(_PENDING, [])
    db.flush()
    if not pending:
        return
    ((no, before),) = _HEAD(db)
    for step in pending:
        no += 1
        before = digest_of(key, before, no, step)
        step["no"], step["digest"] = no, before
    for start in range(0, len(pending), _AT_ONCE):
        _ADD.later(db, pending[start : start + _AT_ONCE])
    _MOVE.later(db, no, before)


def head(db: Session) -> tuple[int, bytes]:
    found = db.execute(select(_H.c.no, _H.c.digest).where(_H.c.name == "steps")).one()
    return found[0], found[1]


def all_in_order(db: Session) -> Iterator[dict[str, Any]]:
    for row in db.execute(select(_S).order_by(_S.c.no).execution_options(yield_per=1000)):
        yield dict(row._mapping)


def of_thing(db: Session, thing: str, thing_id: int) -> list[Step]:
    return list(db.scalars(select(Step).where(Step.thing == thing, Step.thing_id == thing_id).order_by(Step.no)))


def latest(db: Session, *, thing: str, who: Sequence[str], since: datetime | None, until: datetime | None, before: int, most: int) -> Sequence[Step]:
    """The newest first, a page at a time: of this thing and these actors where said; `before` is the last number of the page before."""
    found = select(Step).order_by(Step.no.desc()).limit(most)
    if thing:
        found = found.where(Step.thing == thing)
    if who:
        found = found.where(Step.who.in_(who))
    if since is not None:
        found = found.where(Step.at >= since)
    if until is not None:
        found = found.where(Step.at < until)
    if before:
        found = found.where(Step.no < before)
    return db.scalars(found).all()
