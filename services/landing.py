"""落地页: all that a printed code says to whoever scans it: who is here, what was promised, how it is kept (X7, F18, F20)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from domain.calendar import local_day
from domain.names import MEMBERSHIP, public_name
from domain.policy import STANDARD, Policy
from models import disclosures, people, windows
from services import board, figures
from services import register as registers
from services.board import Entry, Filter
from services.figures import Published
from services.register import Register

MOST_PLEDGES = 50


@dataclass(frozen=True)
class Service:
    """服务事项 with its promised standard and limit."""

    name: str
    standard: str
    promised_limit: str


@dataclass(frozen=True)
class Holder:
    """Who is on duty, in the form the member chose; `is_member` only with his separate consent (P04, PIPL 29)."""

    shown: str
    is_member: bool


@dataclass(frozen=True)
class Landing:
    """The page of one post, or of a whole window when no plate was scanned: then `code` and `post` are empty."""

    code: str
    post_id: int | None
    post: str
    is_pioneer: bool
    window_id: int
    number: int | None
    window: str
    place: str
    hours: str
    phone: str
    is_model: bool
    holders: tuple[Holder, ...]
    services: tuple[Service, ...]
    pledges: tuple[Entry, ...]
    figures: Published
    day: date


def page(db: Session, code: str, now: datetime, policy: Policy = STANDARD) -> Landing:
    """The page behind a valid code. Raises `NoSuchCode`, `PlateRevoked`, `PlateExpired`."""
    register = registers.current(db, local_day(now))
    plate = register.valid(code)
    window, post = windows.window(db, plate.window_id), windows.post(db, plate.post_id)
    if window is None or post is None:
        raise LookupError(f"plate {plate.post_id} without its post or window")
    return _page(db, register, window, [post], code, policy)


def of_window(db: Session, window_id: int, now: datetime, policy: Policy = STANDARD) -> Landing:
    """The page of a window, for those who hold no code: everybody on duty at any of its posts. Raises `NoSuchWindow`, `WindowClosed`."""
    register = registers.current(db, local_day(now))
    place = register.serving(window_id)
    window = windows.window(db, place.id)
    if window is None:
        raise LookupError(f"window {place.id} stands in the register only")
    return _page(db, register, window, [post for post in windows.posts(db) if post.window_id == window.id], "", policy)


def _page(db: Session, register: Register, window: windows.ServiceWindow, posts: Sequence[windows.Post], code: str, policy: Policy) -> Landing:
    told = figures.published(db, policy).get(window.id) or figures.nothing_yet(window.id, policy)
    services = tuple(Service(row.name, row.standard, row.promised_limit) for row in windows.services_of(db, window.id))
    on_duty = dict.fromkeys(person for post in posts for person in register.on_duty.get(post.id, ()))
    return Landing(
        code=code,
        post_id=posts[0].id if code else None,
        post=posts[0].title if code else "",
        is_pioneer=any(post.is_pioneer for post in posts),
        window_id=window.id,
        number=window.number,
        window=window.name,
        place=window.place,
        hours=window.hours,
        phone=window.phone,
        is_model=window.is_model,
        holders=_holders(db, tuple(on_duty)),
        services=services,
        pledges=board.entries(db, Filter(window_id=window.id), register.day, most=MOST_PLEDGES),
        figures=told,
        day=register.day,
    )


def _holders(db: Session, ids: tuple[int, ...]) -> tuple[Holder, ...]:
    persons, shown = people.people_by_id(db, ids), disclosures.running(db, MEMBERSHIP, ids)
    return tuple(Holder(public_name(persons[one].name, persons[one].public_form), one in shown) for one in ids if one in persons)
