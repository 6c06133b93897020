"""Refusals and faults as the one JSON form of this door: {code, message, fields?}; no English, no trace, no silence."""

import traceback
from typing import Any

import orjson
import structlog
from flask import Response, request
from pydantic import Field
from sqlalchemy.exc import InterfaceError, InternalError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, MethodNotAllowed, NotFound

from domain.errors import (
    AlreadyDone,
    Busy,
    Invalid,
    LostRace,
    NotAllowed,
    NotSignedIn,
    PlateExpired,
    PlateRevoked,
    Refusal,
    StillWorking,
    TooOften,
    Unknown,
    WechatUnreachable,
    WindowClosed,
    WrongMoment,
)
from domain.pledge.term import PublicityOver
from domain.quoting import fill
from miniapp_api import texts
from miniapp_api.answers import PRIVATE, Answer, Said, response
from miniapp_api.fields import FieldsWrong

log = structlog.get_logger()

PREFIX = "/api/"
_STATUS: tuple[tuple[type[Refusal], int, dict[str, str]], ...] = (
    (NotSignedIn, 401, {"WWW-Authenticate": 'Bearer realm="liangnuo"'}),
    (WindowClosed, 410, {}),
    (PlateRevoked, 410, {}),
    (PlateExpired, 410, {}),
    (PublicityOver, 410, {}),
    (Busy, 503, {"Retry-After": "5"}),
    (WechatUnreachable, 503, {"Retry-After": "5"}),
    (StillWorking, 409, {"Retry-After": "2"}),
    (Unknown, 404, {}),
    (NotAllowed, 403, {}),
    (WrongMoment, 409, {}),
    (Invalid, 422, {}),
    (AlreadyDone, 409, {}),
    (TooOften, 429, {}),
)
"""Kind of refusal → status and headers; the first that fits counts."""

DATABASE_AWAY = (OperationalError, InterfaceError, InternalError, PoolTimeout)
"""The database is gone, full or overrun: nothing was done, and trying again is right (R14, R15)."""


class FieldProblem(Answer):
    field: str = Field(description="出错的项目")
    message: str = Field(description="怎样改正")


class Problem(Answer):
    """Every answer that is not a success."""

    code: str = Field(description="给程序看的代码，不会改变")
    message: str = Field(description="给人看的一句话，说明下一步怎么办")
    fields: list[FieldProblem] = Field(default_factory=list, description="逐项说明，只在填写有误时出现")


def answer_to(error: Exception) -> Response:
    """The answer for whatever came up to the door's outermost edge."""
    return response(said(error, str(request.url_rule)))


def said(error: Exception, route: str) -> Said:
    """The same without Flask. `route` is the pattern asked for, never an address."""
    if isinstance(error, Refusal):
        return _refused(error)
    if isinstance(error, HTTPException):
        return _http(error)
    if isinstance(error, StaleDataError):
        return _refused(LostRace())
    if isinstance(error, DATABASE_AWAY):
        log.error("database does not answer", error=type(error).__name__)
        return _refused(Busy())
    # Types and places only: a message may hold what a person wrote (R32).
    log.error("bug", error=type(error).__name__, route=route, trace="".join(traceback.format_tb(error.__traceback__)))
    return _problem(500, "bug", texts.BUG)


def _problem(status: int, code: str, message: str, headers: dict[str, str] | None = None, fields: list[tuple[str, str]] | None = None) -> Said:
    """One answer in the one form."""
    words: dict[str, Any] = {"code": code, "message": message}
    if fields:
        words["fields"] = [{"field": name, "message": sentence} for name, sentence in fields]
    return status, PRIVATE | (headers or {}), orjson.dumps(words)


def refused(status: int) -> Said:
    """For what comes before any route: a body too large (413) or too slow (408)."""
    return _problem(status, *texts.HTTP.get(status, ("refused", texts.GENERAL)))


def _refused(refusal: Refusal) -> Said:
    status, headers = next((status, headers) for kind, status, headers in _STATUS if isinstance(refusal, kind))
    if isinstance(refusal, TooOften):
        headers = {"Retry-After": str(refusal.seconds)}
    sentence = fill(texts.HERE[refusal.code], refusal.words) if refusal.code in texts.HERE else refusal.text
    return _problem(status, refusal.code, sentence, headers, _fields(refusal, sentence))


def _fields(refusal: Refusal, sentence: str) -> list[tuple[str, str]] | None:
    if isinstance(refusal, FieldsWrong):
        return refusal.fields
    return [(refusal.field, sentence)] if isinstance(refusal, Invalid) and refusal.field else None


def _http(error: HTTPException) -> Said:
    status = error.code or 500
    code, sentence = texts.HTTP.get(status, ("refused", texts.GENERAL))
    allow = {"Allow": ", ".join(sorted(error.valid_methods or ()))} if isinstance(error, MethodNotAllowed) else {}
    return _problem(status, code, sentence, allow)


def lost() -> Response | None:
    """Before each request: one under /api that fits no route, or has a zero byte, is answered here, in this door's voice, not another's."""
    error = request.routing_exception
    if not request.path.startswith(PREFIX) or (error is None and "\x00" not in request.path):
        return None
    return response(_http(error if isinstance(error, MethodNotAllowed) else NotFound()))
