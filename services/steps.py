"""办理记录: every change leaves a step (design.md 5.8); this is how a service says so, and how the chain is verified."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from domain.actor import Actor, Role
from models import steps as table


def record(
    db: Session,
    actor: Actor,
    thing: str,
    thing_id: int,
    verb: str,
    now: datetime,
    *,
    source: str = "",
    target: str = "",
    why: str = "",
    seat: Role | None = None,
) -> None:
    """Keep a step; it is chained and stored when the transaction commits."""
    table.note(
        db,
        {
            "at": now.replace(microsecond=0),
            "who": actor.label,
            "seat": _seat(actor, seat),
            "thing": thing,
            "thing_id": thing_id,
            "verb": verb,
            "source": source,
            "target": target,
            "why": why[:300],
        },
    )


def _seat(actor: Actor, said: Role | None) -> str:
    """The seat he acts as: the one said, else the first he holds."""
    role = said or (actor.seats[0].role if actor.seats else None)
    return role.value if role else ""


def record_all(db: Session, actor: Actor, thing: str, verb: str, now: datetime, changed: Iterable[Mapping[str, Any]], seat: Role | None) -> None:
    """Many steps of one kind; each of `changed` holds `thing_id`, `source`, `target`, `why` of one."""
    alike = {"at": now.replace(microsecond=0), "who": actor.label, "seat": _seat(actor, seat), "thing": thing, "verb": verb}
    for one in changed:
        table.note(db, {**alike, **one})


def expect(db: Session) -> None:
    """The next statement takes the last rows that others may want: the chain, which comes after them all, may be taken along."""
    table.announce(db)


@dataclass(frozen=True)
class Verdict:
    """What a walk along the chain found: `broken` is the number of the first step that does not fit, `lost` the missing tail."""

    steps: int
    broken: int | None = None
    lost: int = 0

    @property
    def sound(self) -> bool:
        return self.broken is None and not self.lost


def verify(db: Session, key: bytes) -> Verdict:
    """Walk the whole chain: an edited, removed, swapped or added step is found, and a tail cut off before the head (R31)."""
    head_no, head_digest = table.head(db)
    last, digest, number = _walk(table.all_in_order(db), key)
    if number is not None:
        return Verdict(last, broken=number)
    if last != head_no:
        return Verdict(last, lost=head_no - last) if last < head_no else Verdict(last, broken=head_no + 1)
    return Verdict(last, broken=None if digest == head_digest else last)


def _walk(rows: Iterable[dict[str, Any]], key: bytes) -> tuple[int, bytes, int | None]:
    last, digest = 0, b""
    for row in rows:
        if row["no"] != last + 1 or table.digest_of(key, digest, row["no"], row) != row["digest"]:
            return last, digest, last + 1
        last, digest = row["no"], row["digest"]
    return last, digest, None


def history(db: Session, thing: str, thing_id: int) -> Sequence[table.Step]:
    """The steps of one thing, oldest first."""
    return table.of_thing(db, thing, thing_id)


def head(db: Session) -> tuple[int, bytes]:
    """The chain's last number and digest: posted outside the database every day."""
    return table.head(db)
