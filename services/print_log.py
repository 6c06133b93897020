"""打印登记 read: the whole bureau's for those who may export it, one's own for everybody else (F19)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from domain.actor import Actor
from domain.calendar import SHANGHAI
from domain.papers import printed_name
from domain.permissions import Can, may
from models import people, prints

PER_PAGE = 50
_OFFICE = "领导小组办公室"


@dataclass(frozen=True)
class Entry:
    """One file handed out; `at` in Shanghai, `what` whose pledges they are, or why a plate was reprinted."""

    id: int
    at: datetime
    kind: str
    pieces: int
    edition: int
    by: str
    what: str
    digest: str


def entries(db: Session, actor: Actor, before: int = 0, most: int = PER_PAGE) -> tuple[Entry, ...]:
    """The newest first; `before` is the last id of the page before."""
    rows = prints.latest(db, most, before=before, who="" if may(actor, Can.EXPORT_LISTS) else actor.label)
    names = _names(db, [row.who for row in rows])
    return tuple(
        Entry(
            id=row.id,
            at=row.printed_at.astimezone(SHANGHAI),
            kind=printed_name(row.layout),
            pieces=row.pieces,
            edition=row.edition,
            by=names.get(row.who, _OFFICE),
            what=row.about or row.why,
            digest=row.digest,
        )
        for row in rows
    )


def _names(db: Session, labels: Sequence[str]) -> dict[str, str]:
    """“person:12” → name."""
    ids = {int(label.removeprefix("person:")) for label in labels if label.startswith("person:")}
    return {f"person:{key}": row.name for key, row in people.people_by_id(db, sorted(ids)).items()}
