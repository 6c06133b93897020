"""评价: the form of a landing page becomes one durable rating; its result page offers to change it (F22, F28)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from flask import Blueprint, Response, g, request

from domain.calendar import local_day
from domain.errors import UnreadableLevel
from domain.marks import Mark, read_mark
from domain.permissions import Can
from domain.policy import Policy
from domain.ratings import Channel, Privacy, Rated, RatingDeed, may_change_on
from services import ratings, rectifications
from services import register as registers
from web import guard, here, landing, throttle, words
from web.codes import read_code, read_id
from web.deeds import needs
from web.drawing import draw, fresh
from web.refusals import NoLevelChosen, OnlyAnonymous, RatingNotShown, TrapFilled
from web.visitors import hand_out, visitor

pages = Blueprint("web_ratings", __name__)

_LONGEST_LEVEL = 12


@dataclass(frozen=True, slots=True)
class _Wish:
    """One rating on its way into the common commit."""

    deed: RatingDeed
    now: datetime
    policy: Policy


@dataclass(frozen=True, slots=True)
class _Filled:
    """What the form says."""

    mark: Mark
    tags: tuple[str, ...]
    note: str


@pages.post("/p/<said>/ratings")
@needs(Can.RATE_WINDOW)
def rate_plate(said: str) -> Response:
    """Rate the window whose plate was scanned."""
    _admit()
    code = read_code(said)
    plate = here.register().valid(code)
    return _rate(plate.window_id, plate.post_id, partial(landing.draw_plate, code))


@pages.post("/windows/<said>/ratings")
@needs(Can.RATE_WINDOW)
def rate_window(said: str) -> Response:
    """Rate a window without a plate."""
    _admit()
    place = here.register().serving(read_id(said))
    return _rate(place.id, None, partial(landing.draw_window, place.id))


@pages.get("/ratings/<said>")
@needs(Can.SEE_OWN_RATINGS, otherwise=RatingNotShown)
def result(said: str) -> Response:
    """What became of one's rating, and the form to change it. Raises `NoSuchRating` for anybody else's."""
    return fresh(draw_result(read_id(said)))


@pages.post("/ratings/<said>")
@needs(Can.SEE_OWN_RATINGS, otherwise=RatingNotShown)
def change(said: str) -> Response:
    """Change one's rating within the term."""
    _admit()
    rating_id, house = read_id(said), here.house()
    g.form_again = partial(draw_result, rating_id)
    filled = _read_form()
    with house.database.transaction() as db:
        ratings.change(db, visitor(), rating_id, filled.mark, filled.note, filled.tags, Privacy.ANONYMOUS, house.now(), house.settings.policy)
    return _see(rating_id, "#done")


def draw_result(rating_id: int, **form: Any) -> bytes:
    """The result page; `filled` and `fault` when a change could not be taken."""
    house, today = here.house(), local_day(here.house().now())
    with house.database.reading() as db:
        row = ratings.own(db, visitor(), rating_id)
        order = rectifications.of_ratings(db, [row.id]).get(row.id)
        place = registers.current(db, today).place(row.window_id)
    told = {"filled": {"level": row.level, "tags": row.tags or (), "note": row.note}} | form
    return draw(
        "result.html",
        mark=Mark(row.level),
        changed=row.changes > 0,
        may_change=may_change_on(row.day, today, house.settings.policy.change_term_days),
        order=order,
        place=place,
        spoken=words.spoken(place.number, place.name),
        action=f"/ratings/{rating_id}",
        levels=landing.LEVELS,
        policy=house.settings.policy,
        **told,
    )


def _admit() -> None:
    """Who may send a form at all."""
    guard.own_pages_only()
    throttle.ratings()


def _rate(window_id: int, post_id: int | None, draw_again: Callable[..., bytes]) -> Response:
    g.form_again = draw_again
    house, filled = here.house(), _read_form()
    deed = RatingDeed(visitor(), window_id, filled.mark, filled.note, filled.tags, Privacy.ANONYMOUS, Channel.BROWSER, post_id=post_id)
    rated: Rated = house.database.together(_rate_all, _Wish(deed, house.now(), house.settings.policy))
    return _see(rated.rating_id)


def _rate_all(db: Any, wishes: Sequence[_Wish]) -> Sequence[Any]:
    """All that wait, in one transaction."""
    return ratings.rate_windows(db, [wish.deed for wish in wishes], wishes[-1].now, wishes[-1].policy)


def _see(rating_id: int, part: str = "") -> Response:
    """Send the browser to the result page: going back or reloading sends nothing twice."""
    return hand_out(Response(status=303, headers={"Location": f"/ratings/{rating_id}{part}", "Cache-Control": "no-store"}))


def _read_form() -> _Filled:
    """Read what was filled in. Raises `TrapFilled`, `OnlyAnonymous`, `NoLevelChosen`, `UnreadableLevel`."""
    form = request.form
    if form.get("website"):
        raise TrapFilled()
    if form.get("privacy", Privacy.ANONYMOUS.value) != Privacy.ANONYMOUS.value:
        raise OnlyAnonymous()
    mark = _read_level(form.get("level", ""))
    return _Filled(mark, tuple(form.getlist("tags") + form.getlist(f"tags{int(mark)}")), form.get("note", ""))


def _read_level(said: str) -> Mark:
    if not said:
        raise NoLevelChosen()
    mark = Mark(int(said)) if said in ("1", "2", "3", "4", "5") else read_mark(said[:_LONGEST_LEVEL])
    if mark is None:
        raise UnreadableLevel()
    return mark
