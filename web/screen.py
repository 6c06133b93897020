"""大厅大屏 /screen: pledges, works and figures in turn, landscape or upright; codes to rate and to read on (F15)."""

from flask import Blueprint, Response, render_template, request

from domain.permissions import Can
from gateways.qr import drawing_of
from services import screen
from web import here
from web.deeds import needs
from web.drawing import fresh, kept

pages = Blueprint("web_screen", __name__)

STYLES, SCRIPTS = ("screen.css",), ("screen.js",)
PER_SLIDE, ROWS_A_SLIDE = 3, 6
SECONDS = 12
"""How long a slide stands: enough to read three pledges."""


@pages.get("/screen")
@needs(Can.BE_ANYONE)
def shown() -> Response:
    """All slides in one page: the script turns them; without a script `at` names the slide, and the page goes on by itself."""
    at = request.args.get("at", "")
    if not at.isdecimal():
        return kept("/screen", lambda: _draw(0))
    return fresh(_draw(int(at[:3])))


def _draw(at: int) -> bytes:
    house, assets = here.house(), here.assets()
    with house.database.reading() as db:
        told = screen.shown(db, house.now(), house.settings.policy)
    slides = _slides(told)
    base = house.settings.base_url.rstrip("/")
    return render_template(
        "web/screen.html",
        bureau=house.settings.bureau,
        styles=assets.linked(STYLES, ".css"),
        scripts=assets.linked(SCRIPTS, ".js"),
        icon=assets.icon,
        told=told,
        slides=slides,
        at=at % len(slides),
        seconds=SECONDS,
        places=here.register().places,
        codes=(("扫码评价", drawing_of(f"{base}/windows")), ("扫码看承诺", drawing_of(f"{base}/board"))),
    ).encode()


def _slides(told: screen.Screen) -> list[tuple[str, object]]:
    """(kind, what is on it): pledges three by three, a look at works and figures after every other of them."""
    threes = [told.pledges[at : at + PER_SLIDE] for at in range(0, len(told.pledges), PER_SLIDE)]
    others: list[tuple[str, object]] = [("works", told.works[at : at + PER_SLIDE]) for at in range(0, len(told.works), PER_SLIDE)]
    others += [("figures", told.figures[at : at + ROWS_A_SLIDE]) for at in range(0, len(told.figures), ROWS_A_SLIDE)]
    slides: list[tuple[str, object]] = []
    for turn, three in enumerate(threes):
        slides.append(("pledges", three))
        if turn % 2 and others:
            slides.append(others.pop(0))
    return [*slides, *others] or [("nothing", ())]
