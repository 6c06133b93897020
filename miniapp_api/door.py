"""The frame of every route: the deed it needs, what it reads, who calls, and the one edge where refusals become answers."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial, wraps
from typing import Any, get_type_hints

from flask import Blueprint, Response, current_app, request
from pydantic import BaseModel
from sqlalchemy.orm import Session

from domain.actor import NOBODY, Actor
from domain.calendar import local_day
from domain.errors import NotSignedIn
from domain.permissions import Can, admit, may
from domain.ports import House
from miniapp_api import errors, reading
from services import people, sessions
from services import register as registers
from services.people import Voice

ACCOUNT = "mini"
View = Callable[..., Response]
Answers = Mapping[int, type[BaseModel] | None]


@dataclass(frozen=True, slots=True)
class Route:
    """One route with what its description says; the description is drawn only when somebody asks for it (miniapp_api/spec.py)."""

    blueprint: Blueprint
    method: str
    rule: str
    view: View
    told: Mapping[str, Any]


ROUTES: list[Route] = []
"""Every route of this door, in the order hung."""

_BEARER = re.compile(r"bearer ([A-Za-z0-9_-]{20,64})", re.IGNORECASE | re.ASCII)
_SECURITY: list[dict[str, list[Any]]] = [{"session": []}]
_EXPLAINED = {
    204: "已退出",
    304: "没有变化",
    401: "没有登录或登录已失效",
    403: "身份不符",
    404: "没有找到",
    409: "状态有变，或上一次提交还在处理",
    410: "牌子已停用或过期，窗口已撤销，公示期已过",
    413: "内容太大",
    415: "不是 JSON",
    422: "填写有误，逐项说明",
    429: "太频繁，稍后再试",
    500: "系统出错",
    503: "系统正忙，稍后再试",
}
_HEADERS = {401: ("WWW-Authenticate", "string"), 429: ("Retry-After", "integer"), 503: ("Retry-After", "integer")}


def house() -> House:
    """The house this door was hung into."""
    found: House = current_app.extensions["house"]
    return found


@dataclass(frozen=True, slots=True)
class Caller:
    """Whoever holds the token, about to do one deed. Who it is, the session says and nothing else (T05)."""

    token: str
    deed: Can

    def actor(self, db: Session, now: datetime) -> Actor:
        """Raises `NotSignedIn`, `NotAllowed`."""
        at = house()
        contact, sealed = sessions.behind(db, self.token, now)
        actor = people.actor_of(db, voice_of(at, contact, sealed, now), registers.current(db, local_day(now)), now)
        admit(actor, self.deed)  # the service asks again, with the thing
        return actor


def voice_of(at: House, contact: str, sealed: bytes, now: datetime) -> Voice:
    """Raises `NotSignedIn` when the address was sealed under another key: the session is worthless then."""
    try:
        return Voice(contact, at.pseudonyms.rater(at.sealer.open(sealed)), ACCOUNT, sealed, now)
    except ValueError:
        raise NotSignedIn() from None


def bearer(authorization: str | None) -> str:
    """The token in an Authorization header. Raises `NotSignedIn`."""
    found = _BEARER.fullmatch(authorization or "")
    if found is None:
        raise NotSignedIn()
    return found[1]


def _readers(view: View, needs: Can) -> Iterator[tuple[str, Callable[[dict[str, str]], Any]]]:
    """What the view asks for by the names of its arguments, in the order read."""
    hints = get_type_hints(view)
    ways: dict[str, Callable[[Any, dict[str, str]], Any]] = {
        "caller": lambda _form, _path: Caller(bearer(request.headers.get("Authorization")), needs),
        "path": lambda form, path: form.model_validate(path),
        "query": lambda form, _path: reading.query(form),
        "headers": lambda form, _path: reading.headers(form),
        "body": lambda form, _path: reading.body(form),
        "form": lambda form, _path: reading.upload(form),
    }
    return ((name, partial(way, hints[name])) for name, way in ways.items() if name in hints)


def route(
    blueprint: Blueprint, method: str, rule: str, *, needs: Can, answers: Answers, summary: str, refuses: tuple[int, ...] = ()
) -> Callable[[View], View]:
    """Hang a view under a rule. `needs` is the deed it does: a view without `caller` may only do what the by-law grants to anybody.

    `answers` is status → model of the answer, or None for an empty one; `refuses` are the statuses of its problems.
    """

    def hang(view: View) -> View:
        readers = list(_readers(view, needs))
        signed_in = any(name == "caller" for name, _ in readers)
        if not signed_in and not may(NOBODY, needs):
            raise TypeError(f"{method} {rule}: nobody may {needs.name} without a session")

        @wraps(view)
        def at_the_edge(**path: str) -> Response:
            try:
                return view(**{name: read(path) for name, read in readers})
            except Exception as error:
                return errors.answer_to(error)

        at_the_edge.needs = needs  # type: ignore[attr-defined]
        getattr(blueprint, method)(rule)(at_the_edge)
        told = {"summary": summary, "responses": _documented(answers, refuses), "openapi_extensions": {"x-needs": needs.value}}
        ROUTES.append(Route(blueprint, method, rule, at_the_edge, told | {"security": _SECURITY if signed_in else None}))
        return view

    return hang


def _documented(answers: Answers, refuses: tuple[int, ...]) -> dict[int, Any]:
    given = {status: model or {"description": _EXPLAINED[status]} for status, model in answers.items()}
    return given | {status: _problem(status) for status in (*refuses, 500, 503)}


def _problem(status: int) -> dict[str, Any]:
    told: dict[str, Any] = {"description": _EXPLAINED[status], "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Problem"}}}}
    if status in _HEADERS:
        name, kind = _HEADERS[status]
        told["headers"] = {name: {"schema": {"type": kind}, "required": True}}
    return told
