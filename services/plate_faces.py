"""牌面: what stands on the plates, drawn from one edition of the public register (A13, F15, F19)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from domain.names import MEMBERSHIP, public_name
from domain.papers import Face, Layout, honours, plate_number
from models import disclosures, people, pledges, windows
from services import board_index
from services.register import Register

_NAMED = ("full", "surname")
"""Forms of a name that put one on paper; who chose the post alone stays unnamed there (P03)."""
_MOST_SERVICES = 5


@dataclass(frozen=True)
class Numbered:
    """A plate as it will be handed out: of which post, under which serial and code."""

    post_id: int
    serial: int
    code: str
    issued_on: date


@dataclass(frozen=True)
class Imprint:
    """What is the same on every plate of a bureau: its name, and where its links begin."""

    bureau: str
    base_url: str

    def link(self, code: str) -> str:
        return f"{self.base_url.rstrip('/')}/p/{code}"


@dataclass(frozen=True)
class _Hall:
    """All that faces are made of, read in six statements for any number of plates."""

    places: Mapping[int, windows.ServiceWindow]
    posts: Mapping[int, windows.Post]
    services: Mapping[int, Sequence[tuple[str, str]]]
    persons: Mapping[int, people.Person]
    slogans: Mapping[int, Sequence[pledges.Pledge]]
    shown_as_members: frozenset[int]


def faces(db: Session, register: Register, plates: Sequence[Numbered], imprint: Imprint, layout: Layout) -> tuple[Face, ...]:
    """One face for each plate, in the order of the windows; a badge is worn, so there is one for each of the post's named holders."""
    hall = _hall(db, register)
    ordered = sorted(plates, key=lambda plate: _place(hall, plate))
    return tuple(face for plate in ordered for face in _of_plate(hall, register, plate, imprint, layout))


def _hall(db: Session, register: Register) -> _Hall:
    services: dict[int, list[tuple[str, str]]] = {}
    for row in windows.all_services(db):
        services.setdefault(row.window_id, []).append((row.name, row.promised_limit))
    slogans: dict[int, list[pledges.Pledge]] = {}
    index = board_index.current(db, register.day)
    for pledge in pledges.slogans(db, board_index.PUBLIC):
        if index.holds(pledge.id):
            slogans.setdefault(pledge.window_id or 0, []).append(pledge)
    on_duty = sorted({person for found in register.on_duty.values() for person in found})
    return _Hall(
        places={row.id: row for row in windows.windows(db)},
        posts={row.id: row for row in windows.posts(db)},
        services=services,
        persons={key: row for key, row in people.people_by_id(db, on_duty).items() if row.left_on is None or row.left_on > register.day},
        slogans=slogans,
        shown_as_members=disclosures.running(db, MEMBERSHIP, on_duty),
    )


def _place(hall: _Hall, plate: Numbered) -> tuple[int, int, int]:
    window = hall.places[hall.posts[plate.post_id].window_id]
    return (window.number is None, window.number or window.id, plate.post_id)


def _of_plate(hall: _Hall, register: Register, plate: Numbered, imprint: Imprint, layout: Layout) -> Iterator[Face]:
    post = hall.posts[plate.post_id]
    on_duty = [hall.persons[one] for one in register.on_duty.get(post.id, ()) if one in hall.persons]
    named = [person for person in on_duty if person.public_form in _NAMED]
    worn = layout is Layout.BADGE and named
    for holders in [[person] for person in named] if worn else [named]:
        names = tuple(public_name(person.name, person.public_form) for person in holders)
        pioneer = post.is_pioneer and not (worn and holders[0].id not in hall.shown_as_members)
        yield _face(hall, register, plate, imprint, names, _slogan(hall, post.window_id, [person.id for person in on_duty]), pioneer)


def _face(hall: _Hall, register: Register, plate: Numbered, imprint: Imprint, holders: tuple[str, ...], slogan: str, pioneer: bool) -> Face:
    """`pioneer`: the post's honour stands; on somebody's badge only with his consent to be shown as a Party member (P04)."""
    post = hall.posts[plate.post_id]
    window = hall.places[post.window_id]
    return Face(
        code=plate.code,
        link=imprint.link(plate.code),
        plate_number=plate_number(post.id, plate.serial),
        number=window.number,
        window=window.name,
        post=post.title,
        honours=honours(pioneer, window.is_model),
        holders=holders,
        slogan=slogan,
        services=tuple(hall.services.get(window.id, ())[:_MOST_SERVICES]),
        issued_on=plate.issued_on,
        bureau=imprint.bureau,
        edition=register.edition,
    )


def _slogan(hall: _Hall, window_id: int, on_duty: Sequence[int]) -> str:
    """Of a pledge that its author keeps at this very post; else of the unit's pledge for the window; never another person's."""
    here = hall.slogans.get(window_id, ())
    own = [pledge for pledge in here if pledge.author_id in on_duty and pledge.unit_id is None]
    units = [pledge for pledge in here if pledge.unit_id is not None]
    return next((pledge.slogan for pledge in (*own, *units)), "")
