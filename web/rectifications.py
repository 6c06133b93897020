"""查进度: the coarse state of a 限期整改 by the number the citizen was given (F24)."""

from flask import Blueprint, Response, request

from domain.permissions import Can
from services import rectifications
from web import here, throttle
from web.deeds import needs
from web.drawing import draw, fresh

pages = Blueprint("web_rectifications", __name__)


@pages.get("/progress")
@needs(Can.ASK_PROGRESS)
def progress() -> Response:
    """A form, or where the order with this number stands. Raises `NoSuchNumber`."""
    said = request.args.get("number", "").strip()
    if not said:
        return fresh(draw("progress.html", order=None))
    throttle.pages()
    with here.house().database.reading() as db:
        return fresh(draw("progress.html", order=rectifications.progress(db, said)))
