"""首页: 我要评价, 承诺公示, 查进度; and finding a window by what people type."""

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from domain.permissions import Can
from services.register import Place, Register
from web import here, throttle
from web.codes import read_code
from web.deeds import needs
from web.drawing import draw, fresh, kept

pages = Blueprint("web_home", __name__)

_LONGEST_SAID = 64


@pages.get("/")
@needs(Can.BE_ANYONE)
def home() -> Response:
    """The front page of the bureau."""
    return kept("/", lambda: draw("home.html", places=_places(here.register())))


@pages.get("/windows")
@needs(Can.BE_ANYONE)
def find() -> AnyResponse:
    """Find a window by number, name, code or whole link: straight to its page, else what may be meant, else all."""
    said = request.args.get("said", "").strip()
    if not said:
        return kept("/windows", lambda: draw("windows.html", places=_places(here.register()), near=(), said=""))
    throttle.pages()
    register = here.register()
    code = read_code(said)
    if code in register.plates:
        return redirect(f"/p/{code}", 303)
    found = register.index.find(said[:_LONGEST_SAID])
    if found.exact:
        return redirect(f"/windows/{found.exact.id}", 303)
    near = [register.places[one.id] for one in found.near]
    return fresh(draw("windows.html", places=_places(register), near=near, said=said[:_LONGEST_SAID]))


@pages.get("/robots.txt")
@needs(Can.BE_ANYONE)
def robots() -> Response:
    """Names and pledges are for those who come to the window, not for collectors (R37)."""
    return Response("User-agent: *\nDisallow: /\n", content_type="text/plain; charset=utf-8")


def _places(register: Register) -> list[Place]:
    return register.open_places
