"""附件 files: written down when they are handed in, tied to the thing they belong to by the deed that needs them (F58).

A door keeps the bytes first (gateways/files.py), then calls `add`; a deed such as handing in a report takes them in by `attach`.
What no deed took in within a day is forgotten. Who may open a file is the thing's own rule: its page makes the checked link.
"""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from domain.actor import Actor
from domain.files import MOST_AT_ONCE, Kept, Kind, NoSuchFile, NotYourFile, TooManyFiles
from domain.permissions import Can, ask
from models import files as table

_FREE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Attached:
    """A file as pages show it. `digest` is where the store has it."""

    code: str
    name: str
    kind: Kind
    size: int
    digest: str
    kept_at: datetime


def add(db: Session, actor: Actor, kept: Kept, now: datetime) -> Attached:
    """Write a kept file down as this person's, free until a deed takes it in."""
    ask(actor, Can.KEEP_FILE)
    row = table.File(
        code=secrets.token_urlsafe(16),
        digest=kept.digest,
        name=kept.name,
        kind=kept.kind.value,
        size=kept.size,
        person_id=actor.person_id,
        thing="",
        thing_id=0,
        kept_at=now,
    )
    table.add(db, row)
    return _attached(row)


def attach(db: Session, actor: Actor, codes: Sequence[str], thing: str, thing_id: int) -> None:
    """Tie the actor's free files to a thing. Raises `TooManyFiles`, `NotYourFile` (another's, gone, or in use already)."""
    wanted = list(dict.fromkeys(codes))
    if len(wanted) > MOST_AT_ONCE:
        raise TooManyFiles()
    if wanted and table.take_in(db, wanted, actor.person_id, thing, thing_id) != len(wanted):
        raise NotYourFile()


def find(db: Session, code: str) -> Attached:
    """The file behind a code out of a checked link. Raises `NoSuchFile`."""
    row = table.file(db, code)
    if row is None:
        raise NoSuchFile()
    return _attached(row)


def own_free(db: Session, actor: Actor, code: str) -> Attached:
    """The actor's own file that no deed has taken in yet. Raises `NoSuchFile`, also for another's."""
    row = table.file(db, code)
    if row is None or row.thing or row.person_id is None or row.person_id != actor.person_id:
        raise NoSuchFile()
    return _attached(row)


def of_things(db: Session, thing: str, ids: Collection[int]) -> dict[int, tuple[Attached, ...]]:
    """thing's id → its files, in one statement for a whole list."""
    found: dict[int, tuple[Attached, ...]] = {}
    for row in table.of_things(db, thing, ids):
        found[row.thing_id] = (*found.get(row.thing_id, ()), _attached(row))
    return found


def forget_free(db: Session, now: datetime) -> set[str]:
    """Forget what no deed took in; the digests that the store may drop after the commit."""
    return table.drop_free(db, now - _FREE)


def forget_of(db: Session, thing: str, ids: Collection[int]) -> set[str]:
    """Forget the files of things; the digests that the store may drop after the commit."""
    return table.drop_of(db, thing, ids)


def _attached(row: table.File) -> Attached:
    return Attached(row.code, row.name, Kind(row.kind), row.size, row.digest, row.kept_at)
