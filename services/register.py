"""名册 register: windows, posts, duty and plates as one snapshot, kept while the public edition stands still."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from weakref import WeakKeyDictionary

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from domain.actor import About
from domain.errors import NoSuchCode, NoSuchPost, NoSuchWindow, PlateExpired, PlateRevoked, WindowClosed
from domain.window_names import NamedWindow, WindowIndex
from models import editions, people, windows


@dataclass(frozen=True)
class Place:
    """A window as the doors speak of it."""

    id: int
    number: int | None
    name: str
    head_id: int | None
    branch_id: int | None
    is_open: bool = True

    @property
    def spoken(self) -> str:
        """“3号窗口（不动产登记窗口）”."""
        return f"{self.number}号窗口（{self.name}）" if self.number else self.name

    @property
    def listed(self) -> str:
        """“3 不动产登记”: short, for a list on a phone."""
        name = self.name.removesuffix("窗口")
        return f"{self.number} {name}" if self.number else name


@dataclass(frozen=True)
class Standing:
    """A printed code: which post, which window, and whether it still counts."""

    code: str
    post_id: int
    window_id: int
    state: str
    expires_on: date | None


@dataclass(frozen=True)
class Register:
    """What the doors look up all the time. `on_duty` is post → people, `served_by` person → windows, both for `day`."""

    edition: int
    day: date
    index: WindowIndex
    places: Mapping[int, Place]
    plates: Mapping[str, Standing]
    posts: Mapping[int, tuple[int, str]]
    on_duty: Mapping[int, tuple[int, ...]]
    served_by: Mapping[int, frozenset[int]]

    def place(self, window_id: int) -> Place:
        """Raises `NoSuchWindow`."""
        found = self.places.get(window_id)
        if found is None:
            raise NoSuchWindow(said=window_id)
        return found

    def serving(self, window_id: int) -> Place:
        """A window that serves today. Raises `NoSuchWindow`, `WindowClosed`."""
        found = self.place(window_id)
        if not found.is_open:
            raise WindowClosed(said=found.spoken)
        return found

    @property
    def open_places(self) -> list[Place]:
        """The windows that serve today, in the order of their numbers; `places` holds the closed ones too, for what is past."""
        return [place for place in self.places.values() if place.is_open]

    def about(self, post_id: int) -> About:
        """What the by-law asks of a post. Raises `NoSuchPost`."""
        if post_id not in self.posts:
            raise NoSuchPost(said=post_id)
        place = self.places[self.posts[post_id][0]]
        return About(branch_id=place.branch_id, window_id=place.id)

    def standing(self, code: str) -> Standing:
        """The plate behind a printed code, whatever its state. Raises `NoSuchCode`."""
        found = self.plates.get(code)
        if found is None:
            raise NoSuchCode()
        return found

    def valid(self, code: str) -> Standing:
        """The plate behind a code that counts today. Raises `NoSuchCode`, `WindowClosed`, `PlateRevoked`, `PlateExpired`."""
        found = self.standing(code)
        self.serving(found.window_id)
        if found.state == "revoked":
            raise PlateRevoked()
        if found.state == "expired" or (found.expires_on is not None and found.expires_on < self.day):
            raise PlateExpired()
        return found


_KEPT: WeakKeyDictionary[Engine, Register] = WeakKeyDictionary()


def current(db: Session, today: date) -> Register:
    """The register as of this edition and day; drawn anew only when either has changed."""
    engine = db.get_bind().engine
    kept = _KEPT.get(engine)
    edition = editions.current(db)
    if kept is None or kept.edition != edition or kept.day != today:
        kept = _draw(db, edition, today)
        _KEPT[engine] = kept
    return kept


def _draw(db: Session, edition: int, today: date) -> Register:
    rows = windows.windows(db)
    posts = {post.id: (post.window_id, post.title) for post in windows.posts(db)}
    on_duty: dict[int, tuple[int, ...]] = {}
    served: dict[int, set[int]] = {row.head_id: set() for row in rows if row.head_id}
    for duty in windows.duties_on(db, today):
        on_duty[duty.post_id] = (*on_duty.get(duty.post_id, ()), duty.person_id)
        served.setdefault(duty.person_id, set()).add(posts[duty.post_id][0])
    for row in rows:
        if row.head_id:
            served[row.head_id].add(row.id)
    return Register(
        edition=edition,
        day=today,
        index=WindowIndex([NamedWindow(row.id, row.number, row.name, tuple(row.aliases)) for row in rows if row.closed_on is None]),
        places={row.id: Place(row.id, row.number, row.name, row.head_id, row.branch_id, row.closed_on is None) for row in rows},
        plates={p.code: Standing(p.code, p.post_id, posts[p.post_id][0], p.state, p.expires_on) for p in windows.plates(db)},
        posts=posts,
        on_duty=on_duty,
        served_by={person: frozenset(found) for person, found in served.items()},
    )


def names_of(db: Session, ids: tuple[int, ...]) -> dict[int, people.Person]:
    return people.people_by_id(db, ids)


def grow(db: Session) -> None:
    """Say that something the public can see has changed: every page and snapshot is drawn anew."""
    editions.grow(db)
