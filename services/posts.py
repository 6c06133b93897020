"""岗位: the list with holders and plates, 党员先锋岗 named and unnamed, new posts (A13, X7, F18)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from domain.actor import About, Actor
from domain.calendar import local_day
from domain.errors import NoSuchPost, ReasonMissing
from domain.permissions import Can, ask, could, may
from domain.window_refusals import HonourStands, NameNeeded
from models import windows as table
from services import duties, plate_list, register, steps
from services.duties import Holder
from services.plate_list import Listed as Plate

_MOST_TITLE = 40
PER_PAGE, _ALL = 100, 10_000


@dataclass(frozen=True)
class Listed:
    """A post as the office's list has it; `plate` is the one that counts, or the last one."""

    id: int
    title: str
    window_id: int
    window: str
    branch_id: int | None
    is_pioneer: bool
    is_model: bool
    holders: tuple[Holder, ...]
    plate: Plate | None


def listed(db: Session, actor: Actor, now: datetime, window_id: int | None = None, after: int = 0, most: int = PER_PAGE) -> tuple[Listed, ...]:
    """The posts that this person may see, window by window, a page at a time; `after` is the last post of the page before."""
    today = local_day(now)
    seen = register.current(db, today)
    places = {row.id: row for row in table.windows(db) if window_id in (None, row.id)}
    order = {place: number for number, place in enumerate(places)}
    rows = [row for row in table.posts(db) if row.window_id in places and may(actor, Can.SEE_POSTS, seen.about(row.id))]
    rows.sort(key=lambda row: (order[row.window_id], row.id))
    begins = next((number for number, row in enumerate(rows, 1) if row.id == after), 0)
    holders = duties.holders(db, table.duties_on(db, today))
    plates = _plates(db, actor, now)
    return tuple(
        Listed(
            id=row.id,
            title=row.title,
            window_id=row.window_id,
            window=seen.places[row.window_id].spoken,
            branch_id=places[row.window_id].branch_id,
            is_pioneer=row.is_pioneer,
            is_model=places[row.window_id].is_model,
            holders=holders.get(row.id, ()),
            plate=plates.get(row.id),
        )
        for row in rows[begins : begins + most]
    )


def _plates(db: Session, actor: Actor, now: datetime) -> Mapping[int, Plate]:
    """Post → its plate in use, else its last one; only for those who may issue plates."""
    if not could(actor, Can.ISSUE_PLATE):
        return {}
    found: dict[int, Plate] = {}
    for plate in plate_list.listed(db, actor, now):
        if plate.post_id not in found or plate.counts or not found[plate.post_id].counts:
            found[plate.post_id] = plate
    return found


@dataclass(frozen=True)
class Post:
    """A post's own page: everybody who stood there, and every plate it ever had, the latest first."""

    listed: Listed
    history: tuple[Holder, ...]
    plates: tuple[Plate, ...]
    may_issue: bool
    may_hand_over: bool
    may_name: bool


def page(db: Session, actor: Actor, post_id: int, now: datetime) -> Post:
    """Raises `NoSuchPost`, also for those who have nothing to do with it."""
    seen = register.current(db, local_day(now))
    about = seen.about(post_id)
    found = next((one for one in listed(db, actor, now, about.window_id, most=_ALL) if one.id == post_id), None)
    if found is None:
        raise NoSuchPost(said=post_id)
    issues = may(actor, Can.ISSUE_PLATE, about)
    plates = [plate for plate in plate_list.listed(db, actor, now) if plate.post_id == post_id] if issues else []
    history = duties.holders(db, table.duties_of(db, post_id)).get(post_id, ())
    hands_over, names = (may(actor, deed, about) for deed in (Can.KEEP_DUTY, Can.NAME_MODEL))
    return Post(found, history, tuple(reversed(plates)), issues, hands_over, names)


def of_window(db: Session, actor: Actor, window_id: int, now: datetime) -> tuple[int, ...]:
    """All posts of a window whose plates this person may print."""
    seen = register.current(db, local_day(now))
    return tuple(post_id for post_id in plate_list.issuable(actor, seen) if seen.posts[post_id][0] == window_id)


def name_pioneer(db: Session, actor: Actor, post_id: int, wanted: bool, why: str, now: datetime) -> None:
    """命名或撤销党员先锋岗. Raises `NoSuchPost`, `ReasonMissing`, `HonourStands`."""
    ask(actor, Can.NAME_MODEL, register.current(db, local_day(now)).about(post_id))
    post = table.post_to_change(db, post_id)
    if not why.strip():
        raise ReasonMissing()
    if post is None or post.is_pioneer == wanted:
        raise HonourStands()
    post.is_pioneer = wanted
    verb = "name" if wanted else "unname"
    steps.record(db, actor, "post", post_id, verb, now, target="pioneer_post", why=why.strip()[:300], seat=actor.acting)
    register.grow(db)


def open_at(db: Session, actor: Actor, window_id: int, title: str, now: datetime) -> int:
    """A new post at a window; its number. Raises `NoSuchWindow`, `NameNeeded`."""
    place = register.current(db, local_day(now)).place(window_id)
    ask(actor, Can.KEEP_WINDOWS, About(branch_id=place.branch_id, window_id=place.id))
    if not 0 < len(title.strip()) <= _MOST_TITLE:
        raise NameNeeded(most=_MOST_TITLE)
    post = table.Post(window_id=place.id, title=title.strip())
    db.add(post)
    db.flush()
    steps.record(db, actor, "post", post.id, "open", now, seat=actor.acting)
    register.grow(db)
    return post.id
