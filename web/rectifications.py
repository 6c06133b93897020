"""查进度: where a 限期整改 or an 异议 stands, by the number the citizen was given (F24, A10)."""

from functools import partial

from flask import Blueprint, Response, g, request

from domain.numbers import read_objection
from domain.permissions import Can
from domain.rectification_refusals import OnlyTheRater, VerdictUnreadable
from domain.rectifications import Verdict
from services import objections, rectification_answers, rectifications
from web import guard, here, throttle
from web.deeds import needs
from web.drawing import draw, fresh
from web.visitors import hand_out, visitor

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
    return fresh(_draw(said))


@pages.post("/progress/<said>")
@needs(Can.JUDGE_RECTIFICATION, otherwise=OnlyTheRater)
def judge(said: str) -> Response:
    """The rater's verdict, from the browser that rated. Raises `OnlyTheRater`, `VerdictUnreadable`, `VerdictGiven`."""
    guard.own_pages_only()
    throttle.ratings()
    g.form_again = partial(_draw, said)
    house, filled = here.house(), request.form
    if filled.get("verdict", "") not in set(Verdict):
        raise VerdictUnreadable()
    verdict = Verdict(filled["verdict"])
    with house.database.transaction() as db:
        rectification_answers.judge(db, visitor(), said, verdict, filled.get("note", ""), house.now(), house.settings.policy)
        number = rectifications.progress(db, said).number
    return hand_out(Response(status=303, headers={"Location": f"/progress?number={number}", "Cache-Control": "no-store"}))


def _draw(said: str, **told: object) -> bytes:
    """Where it stands; for the rater's own browser the question whether he is satisfied."""
    with here.house().database.reading() as db:
        order = rectifications.progress(db, said)
        own = rectification_answers.own_word(db, visitor(), said)
    return draw("progress.html", order=order, asked=own.asked, told=own.said, **({"filled": {}, "fault": ""} | told))
