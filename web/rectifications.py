"""查进度: where a 限期整改 or an 异议 stands, by the number the citizen was given (F24, A10)."""

from flask import Blueprint, Response, request

from domain.numbers import read_objection
from domain.permissions import Can
from services import objections, rectifications
from web import here, throttle
from web.deeds import needs
from web.drawing import draw, fresh

pages = Blueprint("web_rectifications", __name__)


@pages.get("/progress")
@needs(Can.ASK_PROGRESS)
def progress() -> Response:
    """A form, or where the thing with this number stands. Raises `NoSuchNumber`, `NoSuchObjection`."""
    said = request.args.get("number", "").strip()
    if not said:
        return fresh(draw("progress.html", order=None))
    throttle.pages()
    with here.house().database.reading() as db:
        if read_objection(said):
            return fresh(draw("objection.html", told=objections.progress(db, said), new="new" in request.args))
        return fresh(draw("progress.html", order=rectifications.progress(db, said)))
