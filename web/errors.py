"""The one translator of this door: the six kinds of refusal, faults of HTTP, and bugs become pages in plain Chinese (style.md 7)."""

import secrets
import traceback
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeVar

import structlog
from flask import Blueprint, Response, g, make_response, request
from sqlalchemy.exc import DataError, InterfaceError, InternalError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, MethodNotAllowed, NotFound
from werkzeug.wrappers import Response as AnyResponse

from domain.errors import Busy, Invalid, LostRace, NoSuchCode, PlateExpired, PlateRevoked, Refusal, TooOften
from domain.flows.plates import PLATES
from web import here, throttle, words
from web.codes import read_code
from web.drawing import draw, fresh
from web.notices import OF_REFUSAL, OF_STATUS, Notice
from web.refusals import SignsUnreadable

pages = Blueprint("web_errors", __name__)
log = structlog.get_logger()
Told = TypeVar("Told")

_WAIT = 60
"""Seconds after which a busy house may be asked again."""


@pages.app_errorhandler(Refusal)
def of_refusal(refusal: Refusal) -> Response:
    """A no. Where a form was filled in, it comes back as it was, with the sentence on top."""
    if isinstance(refusal, NoSuchCode):
        refusal = _counted(refusal)
    status, notice = nearest(refusal)
    if isinstance(refusal, Invalid) and "form_again" in g:
        return _form_again(g.pop("form_again"), _filled(), refusal.text, status)
    if isinstance(refusal, PlateRevoked | PlateExpired):
        notice = _with_present_plate(notice)
    response = _speak(status, replace(notice, sentence=notice.sentence or refusal.text))
    if isinstance(refusal, TooOften | Busy):
        response.headers["Retry-After"] = str(getattr(refusal, "seconds", _WAIT))
    return response


@pages.app_errorhandler(HTTPException)
def of_http(fault: HTTPException) -> AnyResponse:
    """A fault of the request itself: no such page, wrong method, too large."""
    status = fault.code or 500
    if status < 400:
        return make_response(fault.get_response())
    response = _speak(status, OF_STATUS.get(status, OF_STATUS[500 if status >= 500 else 400]))
    if isinstance(fault, MethodNotAllowed):
        response.headers["Allow"] = ", ".join(sorted(fault.valid_methods or ()))
    return response


@pages.app_errorhandler(StaleDataError)
def of_lost_race(_error: StaleDataError) -> Response:
    """Somebody else changed the same row first."""
    return of_refusal(LostRace())


@pages.before_app_request
def no_such_address() -> None:
    """An address with a zero byte is nobody's: not asked of the database, which would refuse it as a fault of ours."""
    if "\x00" in request.path and not request.path.startswith("/api/"):
        raise NotFound()


@pages.app_errorhandler(DataError)
def of_unreadable_signs(_error: DataError) -> Response:
    """Signs that the database cannot store."""
    return of_refusal(SignsUnreadable())


@pages.app_errorhandler(OperationalError)
@pages.app_errorhandler(InterfaceError)
@pages.app_errorhandler(InternalError)
@pages.app_errorhandler(PoolTimeout)
def of_silent_database(error: Exception) -> Response:
    """The database is gone, full or overrun: nothing was done, and trying again is right (R14, R15)."""
    log.error("database does not answer", error=type(error).__name__)
    return of_refusal(Busy())


@pages.app_errorhandler(Exception)
def of_bug(bug: Exception) -> Response:
    """A bug: its trace goes to the log under a number, and the person reads that number.

    The log gets types and places only: the message of an error may hold what a person wrote (R32).
    """
    number = secrets.token_hex(4)
    places = "".join(traceback.format_tb(bug.__traceback__))
    log.error("bug", number=number, error=type(bug).__name__, route=request.url_rule.rule if request.url_rule else "-", trace=places)
    notice = OF_STATUS[500]
    return _speak(500, replace(notice, steps=(f"反映问题时请说出编号 {number}，方便我们查找原因。",)))


def answers(check: Callable[[], None]) -> bool:
    """Whether a part of the house answers, whatever it dies of otherwise."""

    def asked() -> bool:
        check()
        return True

    return told(asked) is True


def told(ask: Callable[[], Told]) -> Told | None:
    """What a part of the house tells, or None when it fails: for a short way that has a longer one behind it."""
    try:
        return ask()
    except Exception as error:
        log.warning("part does not answer", error=type(error).__name__)
        return None


def nearest(refusal: Refusal) -> tuple[int, Notice]:
    """The status and notice of the nearest class in the refusal's family."""
    return next(OF_REFUSAL[kind] for kind in type(refusal).__mro__ if kind in OF_REFUSAL)


def _form_again(draw_it: Callable[..., bytes], filled: Mapping[str, object], fault: str, status: int) -> Response:
    """The form's page, unless that says no itself: the thing may not be there at all."""
    try:
        return fresh(draw_it(filled=filled, fault=fault), status)
    except Refusal as refusal:
        return of_refusal(refusal)


def _counted(refusal: Refusal) -> Refusal:
    """A wrong code costs the one who guesses (R21)."""
    try:
        throttle.pages()
    except TooOften as often:
        return often
    return refusal


def _with_present_plate(notice: Notice) -> Notice:
    """The plate is old, but its window is known: show the way there."""
    register = here.register()
    old = register.standing(read_code(str((request.view_args or {}).get("said", ""))))
    place = register.place(old.window_id)
    replaced = any(one.post_id == old.post_id and one.state == PLATES.start and one.code != old.code for one in register.plates.values())
    steps = ("这个岗位已换发新牌，请以窗口现在摆放的座牌为准。",) if replaced else ("如果窗口仍摆着这块牌子，请告诉大厅工作人员。",)
    return replace(notice, steps=steps, links=((f"/windows/{place.id}", f"打开{words.spoken(place.number, place.name)}的页面"), *notice.links))


def _filled() -> dict[str, object]:
    """What the form said, by the names of its fields."""
    return {"level": "", "note": "", **request.form.to_dict(), "tags": _ticked()}


def _ticked() -> list[str]:
    return [tag for name, tags in request.form.lists() if name.startswith("tags") for tag in tags]


def _speak(status: int, notice: Notice) -> Response:
    links = (("/console/", "回到工作台"),) if request.path.startswith("/console") else notice.links
    return fresh(draw("notice.html", notice=replace(notice, links=links)), status)
