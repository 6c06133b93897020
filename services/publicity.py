"""公示登记: which channel showed which edition from when to when, with a photo, and how many objected meanwhile (A9, F15)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from domain.actor import About, Actor
from domain.calendar import local_day
from domain.errors import NotAllowed
from domain.flows.publicity import PUBLICITY, PublicityState
from domain.permissions import Can, ask, may
from domain.publicity import Channel, NoSuchPublicity, Showing, check
from models import editions, people, prints
from models import publicity as table
from models.publicity import PublicityRow
from services import files, steps
from services.files import Attached
from services.moves import move

PER_PAGE = 30


@dataclass(frozen=True)
class Shown:
    """A line of the log. `is_over` says that its days have passed and it still hangs; `objections` were raised while it hung."""

    id: int
    channel: Channel
    place: str
    branch: str
    from_day: date
    to_day: date
    ended_on: date | None
    edition: int
    digest: str
    state: PublicityState
    chinese: str
    is_over: bool
    by: str
    objections: int
    photos: tuple[Attached, ...]


def put_up(db: Session, actor: Actor, showing: Showing, photos: Sequence[str], now: datetime) -> int:
    """登记 that something is made public; its number. `photos` are codes of the actor's free files.

    Raises `NotAllowed`, `PlaceNeeded`, `PeriodWrong`, `NotYourFile`, `NoSuchPublicity` (a paper that is none).
    """
    ask(actor, Can.PRINT_BOARD, About(branch_id=showing.branch_id))
    check(showing)
    if actor.person_id is None:
        raise NotAllowed()
    if showing.print_id is not None and prints.entry(db, showing.print_id) is None:
        raise NoSuchPublicity()
    row = PublicityRow(
        channel=showing.channel.value,
        place=showing.place.strip(),
        branch_id=showing.branch_id,
        print_id=showing.print_id,
        edition=editions.current(db),
        from_day=showing.from_day,
        to_day=showing.to_day,
        state=PUBLICITY.start.value,
        person_id=actor.person_id,
    )
    table.add(db, row)
    files.attach(db, actor, photos, PUBLICITY.thing, row.id)
    why = f"{showing.channel.chinese}，{row.place}，{row.from_day}至{row.to_day}，第{row.edition}版"
    steps.record(db, actor, PUBLICITY.thing, row.id, "put_up", now, target=row.state, why=why, seat=actor.acting)
    return row.id


def end(db: Session, actor: Actor, publicity_id: int, verb: str, why: str, now: datetime) -> None:
    """`take_down`, or `void` when it was written down by mistake. Raises `NoSuchPublicity`, `NotNow`."""
    row = _own(db, actor, publicity_id)
    row.ended_on = local_day(now)
    move(db, actor, PUBLICITY, row, verb, now, about=About(branch_id=row.branch_id), why=why.strip()[:300])


def add_photos(db: Session, actor: Actor, publicity_id: int, photos: Sequence[str], now: datetime) -> None:
    """Proof that it hangs. Raises `NoSuchPublicity`, `NotYourFile`."""
    row = _own(db, actor, publicity_id)
    files.attach(db, actor, photos, PUBLICITY.thing, row.id)
    steps.record(db, actor, PUBLICITY.thing, row.id, "photo", now, why=f"照片{len(photos)}张", seat=actor.acting)


def listed(db: Session, actor: Actor, now: datetime, before: int = 0) -> tuple[Shown, ...]:
    """The log, a page at a time, the newest first: of the whole bureau, or of one's own branches."""
    own = (
        None if may(actor, Can.PRINT_BOARD) else [seat.body_id for seat in actor.seats if may(actor, Can.PRINT_BOARD, About(branch_id=seat.body_id))]
    )
    rows = table.latest(db, own, before, PER_PAGE)
    photos = files.of_things(db, PUBLICITY.thing, [row.id for row in rows])
    names = people.people_by_id(db, sorted({row.person_id for row in rows}))
    bodies = people.bodies_by_id(db, sorted({row.branch_id for row in rows if row.branch_id}))
    objections = table.objections_during(db, [row.id for row in rows])
    digests = prints.digests(db, sorted({row.print_id for row in rows if row.print_id}))
    today = local_day(now)
    return tuple(
        Shown(
            id=row.id,
            channel=Channel(row.channel),
            place=row.place,
            branch=bodies[row.branch_id].name if row.branch_id in bodies else "全局",
            from_day=row.from_day,
            to_day=row.to_day,
            ended_on=row.ended_on,
            edition=row.edition,
            digest=digests.get(row.print_id or 0, ""),
            state=PublicityState(row.state),
            chinese=PUBLICITY.name(row.state),
            is_over=row.state == PUBLICITY.start and row.to_day < today,
            by=names[row.person_id].name if row.person_id in names else "",
            objections=objections.get(row.id, 0),
            photos=photos.get(row.id, ()),
        )
        for row in rows
    )


def _own(db: Session, actor: Actor, publicity_id: int) -> PublicityRow:
    """Absent and not yours look the same."""
    row = table.publicity(db, publicity_id)
    if row is None or not may(actor, Can.PRINT_BOARD, About(branch_id=row.branch_id)):
        raise NoSuchPublicity()
    return row
