"""重点工程 /works: milestones planned and reached, what is late and why (A11)."""

from flask import Blueprint, Response

from domain.calendar import local_day
from domain.permissions import Can
from services import works
from web import here, throttle
from web.deeds import needs
from web.drawing import draw, kept

pages = Blueprint("web_works", __name__)


@pages.get("/works")
@needs(Can.BE_ANYONE)
def shown() -> Response:
    """All works that are public, those under construction first."""
    throttle.pages()
    return kept("/works", _draw_all)


@pages.get("/works/<code>")
@needs(Can.BE_ANYONE)
def one(code: str) -> Response:
    """One of them. Raises `NoSuchWork`."""
    throttle.pages()
    return kept(f"/works/{code[:20]}", lambda: _draw_one(code))


def _draw_all() -> bytes:
    house = here.house()
    with house.database.reading() as db:
        return draw("works.html", works=works.shown(db, house.now()), today=local_day(house.now()))


def _draw_one(code: str) -> bytes:
    house = here.house()
    with house.database.reading() as db:
        return draw("work.html", work=works.one(db, code, house.now()), today=local_day(house.now()))
