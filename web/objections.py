"""对承诺提出异议: a form beside each pledge; a number comes back, and an answer later (A10, F28)."""

from typing import Any

from flask import Blueprint, Response, g, request

from domain.calendar import local_day
from domain.objections import MOST_TEXT, WHO_SEES, Objection, read_phone
from domain.permissions import Can
from domain.ratings import Channel, Privacy
from services import board, objections
from web import guard, here, throttle
from web.deeds import needs
from web.drawing import draw, fresh
from web.refusals import PrivacyUnreadable, TrapFilled
from web.visitors import hand_out, visitor

pages = Blueprint("web_objections", __name__)


@pages.get("/board/<code>/objections")
@needs(Can.BE_ANYONE)
def form(code: str) -> Response:
    """The form. Raises `NoSuchPledge`."""
    throttle.pages()
    return fresh(_draw(code))


@pages.post("/board/<code>/objections")
@needs(Can.OBJECT)
def object_to(code: str) -> Response:
    """Take it down and say its number. The form comes back filled in when something is to be mended."""
    guard.own_pages_only()
    throttle.objections()
    house = here.house()
    g.form_again = lambda **told: _draw(code, **told)
    said = _read_form(code)
    with house.database.transaction() as db:
        taken = objections.object_to(db, said, house.now(), house.settings.policy)
    return hand_out(Response(status=303, headers={"Location": f"/progress?number={taken.number}&new=1", "Cache-Control": "no-store"}))


def _draw(code: str, **told: Any) -> bytes:
    house = here.house()
    with house.database.reading() as db:
        today = local_day(house.now())
        pledge = board.entry(db, board.row_of(db, code, today), today)
    levels = [(one.value, one.chinese, WHO_SEES[one]) for one in Privacy]
    days = house.settings.policy.objection_working_days
    return draw("objection_form.html", pledge=pledge, levels=levels, most=MOST_TEXT, days=days, **({"filled": {}, "fault": ""} | told))


def _read_form(code: str) -> Objection:
    """Raises `TrapFilled`, `PrivacyUnreadable`, `PhoneUnreadable`."""
    asked = request.form
    if asked.get("website"):
        raise TrapFilled()
    level = asked.get("privacy", Privacy.ANONYMOUS.value)
    if level not in list(Privacy):
        raise PrivacyUnreadable()
    phone = read_phone(asked.get("phone", "")) if level != Privacy.ANONYMOUS.value else ""
    sealed = here.house().sealer.seal(phone) if phone else None
    return Objection(visitor(), code, asked.get("text", ""), Privacy(level), Channel.BROWSER, sealed)
