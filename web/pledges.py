"""承诺公示 /board: published pledges, a page at a time, of all windows or of one (A8)."""

from flask import Blueprint, Response, request

from domain.permissions import Can
from services import landing
from web import here, throttle
from web.codes import read_id
from web.deeds import needs
from web.drawing import draw, fresh

pages = Blueprint("web_pledges", __name__)

PER_PAGE = 10


@pages.get("/board")
@needs(Can.BE_ANYONE)
def board() -> Response:
    """`window` narrows to one window, `after` is the last number of the page before. Raises `NoSuchWindow`."""
    throttle.pages()
    house = here.house()
    window_id, after = read_id(request.args.get("window", "")), read_id(request.args.get("after", ""))
    register = here.register()
    chosen = register.place(window_id) if window_id else None
    with house.database.reading() as db:
        found = landing.promises(db, window_id or None, after, PER_PAGE + 1)
    more = found[PER_PAGE - 1].number if len(found) > PER_PAGE else None
    return fresh(draw("board.html", pledges=found[:PER_PAGE], places=register.places, chosen=chosen, after=after, more=more))
