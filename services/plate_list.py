"""座牌清单: all plates with their state and how often they are on paper, and which posts somebody means (F18, F19)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from domain.actor import Actor
from domain.calendar import local_day
from domain.errors import NoSuchPost, NotAllowed, PostNotClear
from domain.flows.plates import PLATES, PlateState
from domain.papers import plate_number
from domain.permissions import Can, could, may
from models import prints, windows
from services import register as registers
from services.register import Register


@dataclass(frozen=True)
class Listed:
    """A plate as the office keeps account of it. `printed` is how often, `last` when last."""

    code: str
    plate_number: str
    window: str
    post_id: int
    post: str
    state: str
    counts: bool
    issued_on: date
    expires_on: date | None
    printed: int
    last: datetime | None


def listed(db: Session, actor: Actor, now: datetime) -> tuple[Listed, ...]:
    """Every plate that the actor may issue, by post and serial. Raises `NotAllowed` when there can be none."""
    register = registers.current(db, local_day(now))
    posts = frozenset(issuable(actor, register))
    if not could(actor, Can.ISSUE_PLATE):
        raise NotAllowed()
    times = prints.times(db)
    rows = sorted(windows.plates(db), key=lambda plate: (plate.post_id, plate.serial))
    return tuple(_listed(plate, register, *times.get(plate.id, (0, None))) for plate in rows if plate.post_id in posts)


def issuable(actor: Actor, register: Register) -> Sequence[int]:
    """The posts whose plates the actor may issue."""
    return [post_id for post_id in register.posts if may(actor, Can.ISSUE_PLATE, register.about(post_id))]


def _listed(plate: windows.Plate, register: Register, printed: int, last: datetime | None) -> Listed:
    window_id, title = register.posts[plate.post_id]
    place = register.places[window_id]
    over = plate.expires_on is not None and plate.expires_on < register.day
    state = PlateState.EXPIRED if over and plate.state == PLATES.start else plate.state
    return Listed(
        code=plate.code,
        plate_number=plate_number(plate.post_id, plate.serial),
        window=f"{place.number}号窗口" if place.number else place.name,
        post_id=plate.post_id,
        post=title,
        state=PLATES.name(state),
        counts=state == PLATES.start,
        issued_on=plate.issued_on,
        expires_on=plate.expires_on,
        printed=printed,
        last=last,
    )


def posts_meant(register: Register, windows_said: Sequence[str], posts_said: Sequence[str]) -> tuple[int, ...]:
    """The posts of these windows (“3”, “3号窗口”, a name) and these posts (number or title), each once.

    Raises `NoSuchPost`, and `PostNotClear` when a title is that of several posts.
    """
    meant = [post_id for said in windows_said for post_id in _of_window(register, said)]
    return tuple(dict.fromkeys([*meant, *(_post(register, said) for said in posts_said)]))


def _of_window(register: Register, said: str) -> Sequence[int]:
    found = register.index.find(said).exact
    posts = [post_id for post_id, (window_id, _title) in register.posts.items() if found and window_id == found.id]
    if not posts:
        raise NoSuchPost(said=said)
    return posts


def _post(register: Register, said: str) -> int:
    """A number as printed on the plate (“0012”, “0012-03”) or a title."""
    number = said.strip().partition("-")[0]
    if number.isascii() and number.isdecimal() and len(number) < 10 and int(number) in register.posts:
        return int(number)
    found = [post_id for post_id, (_window, title) in register.posts.items() if title == said.strip()]
    if not found:
        raise NoSuchPost(said=said)
    if len(found) > 1:
        raise PostNotClear(said=said, missing="、".join(map(str, found)))
    return found[0]
