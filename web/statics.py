"""Static files over HTTP: only what web/assets.py gathered can be asked for."""

from flask import Blueprint, Response
from werkzeug.exceptions import NotFound

from domain.permissions import Can
from web import here
from web.deeds import needs
from web.sheets import FOR_EVER, answer

pages = Blueprint("web_statics", __name__)


@pages.get("/static/<path:name>")
@needs(Can.BE_ANYONE)
def static_file(name: str) -> Response:
    """A file of the allow-list; its address names its version, so a browser may keep it for ever."""
    found = here.assets().file(f"/static/{name}")
    if found is None:
        raise NotFound()
    return answer(found, FOR_EVER)
