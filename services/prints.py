"""打印 prints: which plates go on paper, reprinting under a new serial, and the print log (F18, F19, X5).

A door prints in three steps, because nothing slow may happen inside a transaction: `lay_out` reads what will stand on the
paper, the door has it drawn, and `record` issues and revokes what that paper needs and writes the log, or refuses when the
paper is no longer true. Only then is the file handed out: no paper without its entry, no plate revoked without its paper.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from domain.actor import Actor
from domain.calendar import local_day
from domain.errors import NoSuchPost, NotAllowed, NothingToPrint, PaperChanged, ReasonMissing
from domain.flows.plates import PLATES
from domain.papers import Document, Face, Layout
from domain.permissions import Can, could, may
from models import prints as table
from models import windows
from services import badges, steps
from services import register as registers
from services.plate_faces import Imprint, Numbered, faces
from services.plate_list import issuable
from services.register import Register


@dataclass(frozen=True)
class Order:
    """What is wanted. Without `posts`, all that the actor may print; `reprint` is a new serial for each, and needs a `why`."""

    layout: Layout
    posts: tuple[int, ...] = ()
    reprint: bool = False
    why: str = ""


@dataclass(frozen=True)
class Earlier:
    """已打印过: a face that is on this kind of paper already."""

    face: Face
    times: int
    last: datetime


@dataclass(frozen=True)
class Batch:
    """What will be on one file. `fresh` are plates that `record` issues; `stopped` posts have only plates that no longer count."""

    order: Order
    imprint: Imprint
    at: datetime
    edition: int
    faces: tuple[Face, ...]
    fresh: tuple[Numbered, ...]
    standing: tuple[int, ...]
    earlier: tuple[Earlier, ...]
    stopped: tuple[str, ...]


@dataclass(frozen=True)
class Made:
    """A finished paper without plates: which, about whom, how many pledges, of which edition, and the file's SHA-256."""

    document: Document
    about: str
    pieces: int
    edition: int
    digest: str


def lay_out(db: Session, actor: Actor, order: Order, imprint: Imprint, now: datetime, codes: Mapping[int, str] | None = None) -> Batch:
    """What the order comes to now. A post that never had a plate gets its first one.

    Raises `NotAllowed`, `ReasonMissing`, `NoSuchPost`, `NothingToPrint`. `codes` are codes chosen for posts before.
    """
    if order.reprint and not order.why.strip():
        raise ReasonMissing()
    register = registers.current(db, local_day(now))
    plates = _by_post(db)
    standing, fresh, stopped = [], [], []
    for post_id in _posts(actor, order, register):
        own = plates.get(post_id, [])
        live = next((plate for plate in reversed(own) if _counts(plate, register)), None)
        if order.reprint or not own:
            code = (codes or {}).get(post_id) or badges.new_code()
            fresh.append(Numbered(post_id, len(own) + 1, code, register.day))
        elif live is not None:
            standing.append(live)
        else:
            stopped.append(register.posts[post_id][1])
    if not standing and not fresh:
        raise NothingToPrint()
    numbered = [Numbered(plate.post_id, plate.serial, plate.code, plate.issued_on) for plate in standing]
    drawn = faces(db, register, [*numbered, *fresh], imprint, order.layout)
    ids = tuple(plate.id for plate in standing)
    earlier = _earlier(db, order.layout, standing, drawn)
    return Batch(order, imprint, now, register.edition, drawn, tuple(fresh), ids, earlier, tuple(stopped))


def _by_post(db: Session) -> dict[int, list[windows.Plate]]:
    found: dict[int, list[windows.Plate]] = {}
    for plate in sorted(windows.plates(db), key=lambda plate: plate.serial):
        found.setdefault(plate.post_id, []).append(plate)
    return found


def _counts(plate: windows.Plate, register: Register) -> bool:
    return plate.state == PLATES.start and (plate.expires_on is None or plate.expires_on >= register.day)


def _posts(actor: Actor, order: Order, register: Register) -> Sequence[int]:
    """Asked for by name, each must be allowed, and one of another branch is none; asked for all, those that are."""
    if not order.posts:
        return issuable(actor, register)
    for post_id in order.posts:
        if not may(actor, Can.ISSUE_PLATE, register.about(post_id)):
            raise NoSuchPost(said=post_id) if could(actor, Can.ISSUE_PLATE) else NotAllowed()
    return tuple(dict.fromkeys(order.posts))


def _earlier(db: Session, layout: Layout, standing: Sequence[windows.Plate], drawn: Sequence[Face]) -> tuple[Earlier, ...]:
    times = table.times(db, layout.value)
    shown = {face.code: face for face in drawn}
    return tuple(Earlier(shown[plate.code], *times[plate.id]) for plate in standing if plate.id in times)


def record(db: Session, actor: Actor, batch: Batch, digest: str) -> table.Print:
    """Issue what the paper needs, then write it into the log. Raises `PaperChanged` when something on it is no longer true."""
    codes = {plate.post_id: plate.code for plate in batch.fresh}
    today = lay_out(db, actor, batch.order, batch.imprint, batch.at, codes)
    if _said(today) != _said(batch) or today.fresh != batch.fresh or today.standing != batch.standing:
        raise PaperChanged()
    ends = {plate.post_id: plate.expires_on for plate in windows.plates(db) if plate.state == PLATES.start}
    fresh = [_issue(db, actor, plate, batch, ends) for plate in batch.fresh]
    plate_ids = [*batch.standing, *(plate.id for plate in fresh)]
    layout, why = batch.order.layout, batch.order.why.strip()[:200]
    entry = table.Print(
        printed_at=batch.at, who=actor.label, layout=layout.value, edition=batch.edition, pieces=len(plate_ids), digest=digest, why=why
    )
    return _log(db, actor, entry, f"{layout.chinese}{len(plate_ids)}块", plate_ids)


def note(db: Session, actor: Actor, made: Made, now: datetime) -> table.Print:
    """Write a paper without plates into the log: a board, a poster, a form."""
    entry = table.Print(
        printed_at=now,
        who=actor.label,
        layout=made.document.value,
        edition=made.edition,
        pieces=made.pieces,
        digest=made.digest,
        about=made.about[:120],
    )
    return _log(db, actor, entry, f"{made.document.chinese}{made.pieces}条，{made.about}")


def _log(db: Session, actor: Actor, entry: table.Print, what: str, plate_ids: Sequence[int] = ()) -> table.Print:
    table.add(db, entry, plate_ids)
    told = f"{what}，第{entry.edition}版，文件摘要{entry.digest[:16]}{f'；{entry.why}' if entry.why else ''}"
    steps.record(db, actor, "print", entry.id, "print", entry.printed_at, target=entry.layout, why=told, seat=actor.acting)
    return entry


def _said(batch: Batch) -> tuple[Face, ...]:
    return tuple(replace(face, edition=0) for face in batch.faces)


def _issue(db: Session, actor: Actor, plate: Numbered, batch: Batch, ends: Mapping[int, date | None]) -> windows.Plate:
    """The term of the plate that is replaced goes on, unless it is over."""
    until = ends.get(plate.post_id)
    keeps = until if until is not None and until >= local_day(batch.at) else None
    why = batch.order.why.strip() or "首次发放"
    return badges.issue(db, actor, plate.post_id, batch.at, expires_on=keeps, code=plate.code, why=why)
