"""The console's voice for a no: the form comes back as it was with the sentence on top; else a page that shows the way on."""

from dataclasses import replace
from typing import Any

from flask import Response, g, request
from sqlalchemy.exc import DataError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from domain.errors import Busy, LostRace, NotSignedIn, Refusal, TooOften, Unknown
from web.console import entrance, kept
from web.console.drawing import draw
from web.errors import nearest
from web.notices import OF_STATUS, Notice
from web.refusals import SignsUnreadable

_HOME = ("/console/", "回到工作台")
_WAIT = 60


def of_refusal(refusal: Refusal) -> AnyResponse:
    """A no of the by-law, of a service, of a form."""
    if isinstance(refusal, NotSignedIn):
        return ask_to_sign_in()
    status, notice = nearest(refusal)
    response = _page_again(refusal, status) or notice_of(replace(notice, sentence=refusal.text, links=()), status)
    if isinstance(refusal, TooOften | Busy):
        response.headers["Retry-After"] = str(getattr(refusal, "seconds", _WAIT))
    return response


def of_lost_race(_error: StaleDataError) -> AnyResponse:
    """Somebody else changed the same row first."""
    return of_refusal(LostRace())


def of_unreadable_signs(_error: DataError) -> AnyResponse:
    """Signs in a field that the database cannot store: the form comes back."""
    return of_refusal(SignsUnreadable())


def of_http(fault: HTTPException) -> AnyResponse:
    """A fault of the request itself."""
    status = fault.code or 500
    if status < 400:
        return fault.get_response()
    return notice_of(replace(OF_STATUS.get(status, OF_STATUS[400]), links=()), status)


def again(sentence: str, status: int) -> AnyResponse:
    """The form's own page with this sentence on top and the fields as they were sent."""
    g.fault = sentence
    response: Any = g.form_page()
    response.status_code = status
    return response  # type: ignore[no-any-return]


def ask_to_sign_in() -> AnyResponse:
    """The sign-in page in place of what was asked for. A form that was sent is kept in it, and leads back (issue: nothing lost)."""
    lost = bool(request.cookies)
    words = "登录已到期，请重新登录；刚才填写的内容会保留。" if request.method == "POST" else "请先登录，登录后会回到您要去的页面。"
    return entrance.first(words if lost or request.method == "POST" else "", 401)


def notice_of(notice: Notice, status: int) -> Response:
    """A page of its own that says no and leads on."""
    back = request.referrer if request.referrer and request.referrer.startswith(request.host_url) else ""
    return draw("notice.html", status, notice=notice, home=_HOME, back=back, form=kept.fields() if status == 503 else [], target=request.path)


def _page_again(refusal: Refusal, status: int) -> AnyResponse | None:
    """None where there is no form, no such thing, or its page says no as well."""
    if "form_page" not in g or isinstance(refusal, Unknown):
        return None
    try:
        return again(refusal.text, status)
    except Refusal:
        return None
