"""Drawing the console's pages: the menu of what this person may do, what was just done, what was filled in."""

from typing import Any
from urllib.parse import quote

from flask import Response, flash, g, get_flashed_messages, redirect, render_template, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from domain.actor import NOBODY, Actor
from services.desk_sessions import SignedIn, key_of
from web import here
from web.assets import CONSOLE
from web.console.menu import menu_of
from web.drawing import fresh


def draw(template: str, status: int = 200, **told: Any) -> Response:
    """A page of the console, of this one request."""
    assets = here.assets()
    frame = {
        "bureau": here.house().settings.bureau,
        "styles": assets.linked(CONSOLE, ".css"),
        "scripts": assets.linked(CONSOLE, ".js"),
        "icon": assets.icon,
        "me": _who(),
        "seats": [(key_of(seat), seat.role.chinese) for seat in _who().seats],
        "menu": menu_of(_who()) if _who() is not NOBODY else [],
        "news": get_flashed_messages(),
        "fault": g.get("fault", ""),
        "filled": filled,
        "ticked": ticked,
        "at": at,
        "asked": lambda name: request.args.get(name, ""),
    }
    return fresh(render_template(f"console/{template}", **(frame | told)).encode(), status)


def done(words: str, address: str) -> AnyResponse:
    """It is done: say so on the page at this address."""
    flash(words)
    return redirect(address, 303)


def download(body: bytes, name: str, kind: str = "application/octet-stream") -> Response:
    """A file under a Chinese name, kept by nobody."""
    headers = {"Content-Type": kind, "Cache-Control": "no-store", "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
    return Response(body, 200, headers)


def filled(name: str, otherwise: object = "") -> object:
    """What stood in this field when the form was refused, else the value the thing has."""
    return request.form.get(name, "") if "fault" in g else otherwise


def ticked(name: str, value: object) -> bool:
    """Whether this box was ticked when the form was refused."""
    return "fault" in g and str(value) in request.form.getlist(name)


def at(**changed: object) -> str:
    """The present address with parts of its query changed; an empty part is left out."""
    said: MultiDict[str, str] = MultiDict(request.args)
    for name, value in changed.items():
        said.setlist(name, [str(value)] if value not in (None, "") else [])
    words = "&".join(f"{quote(name)}={quote(value)}" for name, value in said.items(multi=True))
    return f"{request.path}?{words}" if words else request.path


def _who() -> Actor:
    found: SignedIn | None = g.get("signed_in")
    return found.actor if found else NOBODY
