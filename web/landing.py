"""落地页: the page behind a printed code, and the same for a window without one (F18, F20, X7)."""

from typing import Any

from flask import Blueprint, Response

from domain.marks import Mark
from domain.permissions import Can
from domain.tags import tags_for
from gateways.qr import svg_of
from services import landing
from services.landing import Landing
from web import here, words
from web.codes import read_code, read_id
from web.deeds import needs
from web.drawing import draw, fresh, kept

pages = Blueprint("web_landing", __name__)

LEVELS = tuple((mark, tags_for(mark)) for mark in sorted(Mark, reverse=True))
"""Level → its reason tags, best first, as the form shows them."""


@pages.get("/p/")
@needs(Can.BE_ANYONE)
def without_code() -> Response:
    """Somebody opened the address without its code: ask for the number of the window, or the code below the picture."""
    return fresh(draw("no_code.html"))


@pages.get("/p/<said>")
@needs(Can.BE_ANYONE)
def plate(said: str) -> Response:
    """The page of a desk plate. Raises `NoSuchCode`, `PlateRevoked`, `PlateExpired`."""
    code = read_code(said)
    return kept(f"/p/{code}", lambda: draw_plate(code))


@pages.get("/windows/<said>")
@needs(Can.BE_ANYONE)
def window(said: str) -> Response:
    """The page of a window, for people who have no code. Raises `NoSuchWindow`."""
    window_id = read_id(said)
    return kept(f"/windows/{window_id}", lambda: draw_window(window_id))


@pages.get("/qr/<said>.svg")
@needs(Can.BE_ANYONE)
def picture(said: str) -> Response:
    """The code of a plate that counts, as a picture for screens and printers."""
    code = read_code(said)
    return kept(f"/qr/{code}.svg", lambda: _draw_picture(code), "image/svg+xml")


def _draw_picture(code: str) -> bytes:
    here.register().valid(code)
    return svg_of(f"{here.house().settings.base_url.rstrip('/')}/p/{code}")


def draw_plate(code: str, **form: Any) -> bytes:
    """The page, with what a form already holds (`filled`, `fault`) when a rating could not be taken."""
    house = here.house()
    with house.database.reading() as db:
        page = landing.page(db, code, house.now(), house.settings.policy)
    return _draw(page, f"/p/{code}/ratings", form)


def draw_window(window_id: int, **form: Any) -> bytes:
    """The same for a window."""
    house = here.house()
    with house.database.reading() as db:
        page = landing.of_window(db, window_id, house.now(), house.settings.policy)
    return _draw(page, f"/windows/{window_id}/ratings", form)


def _draw(page: Landing, action: str, form: dict[str, Any]) -> bytes:
    policy = here.house().settings.policy
    return draw("landing.html", page=page, spoken=words.spoken(page.number, page.window), action=action, levels=LEVELS, policy=policy, **form)
