"""信件: written with the deed under a once-key, claimed and settled by the clock; nothing is sent from in here (style.md 9)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session

from models import letters as table
from models import people

STALE = timedelta(minutes=2)
"""A claim older than this has lost its sender: the outcome is unknown."""

_PAUSES = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=8))


@dataclass(frozen=True)
class Draft:
    """A letter to be written: to a person by any open channel, or to a contact (a citizen who wrote) as a chat answer."""

    once: str
    kind: str
    words: dict[str, Any]
    person_id: int | None = None
    contact: str | None = None
    due_at: datetime | None = None


class Outcome(StrEnum):
    """What a sender reports: passing failures are tried again later and slower, permanent ones stop and show the office."""

    SENT = "sent"
    PASSING = "passing"
    PERMANENT = "permanent"


@dataclass(frozen=True)
class Address:
    """One way to reach a person: account and the sealed openid behind it."""

    account: str
    openid_sealed: bytes
    heard_at: datetime | None


@dataclass(frozen=True)
class Claimed:
    """A letter in a sender's hands, with the ways it may go."""

    id: int
    kind: str
    words: dict[str, Any]
    attempts: int
    addresses: tuple[Address, ...] = field(default_factory=tuple)


def write(db: Session, draft: Draft, now: datetime) -> None:
    """Put one letter into the outbox; a second under the same once-key changes nothing."""
    write_many(db, [draft], now)


def write_many(db: Session, drafts: Sequence[Draft], now: datetime) -> None:
    rows = [
        {
            "once": d.once,
            "kind": d.kind,
            "person_id": d.person_id,
            "contact": d.contact,
            "words": d.words,
            "state": "waiting",
            "due_at": d.due_at or now,
            "written_at": now,
            "attempts": 0,
            "outcome": "",
        }
        for d in drafts
    ]
    if rows:
        table.write(db, rows)


def claim(db: Session, who: str, now: datetime, most: int = 50) -> list[Claimed]:
    """Take what is due. Between this commit and `settle` no other sender touches it."""
    return [Claimed(row.id, row.kind, row.words, row.attempts, _addresses(db, row)) for row in table.claim(db, who, now, most)]


def _addresses(db: Session, row: table.Letter) -> tuple[Address, ...]:
    if row.contact is not None:
        found = people.contact(db, row.contact)
        reached = [found] if found else []
    else:
        reached = list(people.contacts_of(db, row.person_id)) if row.person_id else []
    return tuple(Address(one.account, one.openid_sealed, one.heard_at) for one in reached if one.follows)


def settle(db: Session, letter_id: int, who: str, outcome: Outcome, now: datetime, *, channel: str = "", words: str = "") -> None:
    """Record the end, or when to try again. A claim that was meanwhile taken back is left alone."""
    row = db.get(table.Letter, letter_id)
    if row is None:
        return
    values: dict[str, Any] = {"channel": channel or None, "outcome": words[:200]}
    if outcome is Outcome.PASSING and row.attempts <= len(_PAUSES):
        values |= {"state": "waiting", "due_at": now + _PAUSES[row.attempts - 1]}
    else:
        values |= {"state": "sent" if outcome is Outcome.SENT else "failed", "settled_at": now}
    table.settle(db, letter_id, who, values)


def take_back_stale(db: Session, now: datetime) -> int:
    """Claims gone stale: "outcome unknown". A notice of a result is not repeated, everything else once (reliability.md 3.2)."""
    taken = table.stale(db, now - STALE)
    for row in taken:
        again = row.attempts < 2 and not row.kind.endswith("_result")
        note = "上次发送结果不明，再发一次" if again else "发送结果不明"
        values = {"state": "waiting", "due_at": now, "outcome": note} if again else {"state": "unknown", "settled_at": now, "outcome": note}
        table.settle(db, row.id, row.claimed_by or "", values)
    return len(taken)
