"""待办与报送: what I owe, handing it in with a receipt, taking it back, asking for time; and what waits for my decision (A3, A4, F04)."""

from collections.abc import Callable
from datetime import date, datetime

from flask import Blueprint, Response
from pydantic import BaseModel
from sqlalchemy.orm import Session

from domain.actor import Actor
from domain.calendar import local_day
from domain.permissions import Can
from domain.schedule.refusals import DayUnread, NoSuchTodo
from domain.spoken_days import near
from miniapp_api import limits
from miniapp_api.answers import private
from miniapp_api.door import Caller, house, route
from miniapp_api.repeats import RepeatHeaders, once
from miniapp_api.todo_words import (
    DecisionForm,
    ExtensionAnswer,
    ExtensionForm,
    HandInForm,
    ReceiptAnswer,
    TodoAnswer,
    TodosAnswer,
    line_of,
    meeting_of,
    receipt_of,
    version_of,
)
from services import extensions, submissions, todos

blueprint = Blueprint("miniapp_todos", __name__, url_prefix="/api/v1")

_REFUSES = (401, 403, 404, 409, 413, 415, 422, 429)
_LONGEST_ID = 9


class ById(BaseModel):
    id: str


@route(blueprint, "get", "/me/todos", needs=Can.SEE_TODOS, summary="我的待办", answers={200: TodosAnswer}, refuses=(401, 403))
def listed(caller: Caller) -> Response:
    """本人和所负责的单位还要办的，截止早的在前；已报送待审的也在内。"""
    at = house()
    now = at.now()
    with at.database.transaction() as db:
        found = todos.of_person(db, caller.actor(db, now), now, todos.ONGOING)
    return private({"todos": [line_of(one) for one in found]})


@route(blueprint, "get", "/me/todos/<string:id>", needs=Can.SEE_TODOS, summary="一项任务", answers={200: TodoAnswer}, refuses=(401, 403, 404))
def one(caller: Caller, path: ById) -> Response:
    """要交什么、期限怎么来的、历次报送和现在可以做的。"""
    return _done(caller, path, lambda _db, _actor, _now: None)


@route(
    blueprint, "post", "/me/todos/<string:id>/submissions", needs=Can.HAND_IN, summary="报送", answers={201: ReceiptAnswer}, refuses=_REFUSES
)  # fmt: skip
def hand_in(caller: Caller, path: ById, headers: RepeatHeaders, body: HandInForm) -> Response:
    """文字、附件（先用 /files 上传）或会议记录，给出回执编号。可带请求头 Idempotency-Key，断线重发不会重复登记。"""
    return once(caller, headers, body, lambda db, actor, now: _handed_in(db, actor, path, body, now), about=path.id)


def _handed_in(db: Session, actor: Actor, path: ById, body: HandInForm, now: datetime) -> dict[str, object]:
    receipt = submissions.hand_in(db, actor, _id(path), body.words, now, meeting=meeting_of(body.meeting), codes=body.files)
    return receipt_of(receipt)


@route(
    blueprint, "delete", "/me/todos/<string:id>/submissions", needs=Can.HAND_IN, summary="撤回报送", answers={200: TodoAnswer},
    refuses=(401, 403, 404, 409, 429),
)  # fmt: skip
def take_back(caller: Caller, path: ById) -> Response:
    """审核之前可以撤回换材料，撤回的一次仍留在记录里。"""
    return _done(caller, path, lambda db, actor, now: submissions.take_back(db, actor, _id(path), now))


@route(
    blueprint, "post", "/me/todos/<string:id>/extensions", needs=Can.ASK_EXTENSION, summary="申请延期", answers={201: ExtensionAnswer},
    refuses=_REFUSES,
)  # fmt: skip
def ask_extension(caller: Caller, path: ById, headers: RepeatHeaders, body: ExtensionForm) -> Response:
    """写明延到哪一天和原因，由办公室批复；批复前期限不变。"""
    return once(caller, headers, body, lambda db, actor, now: _asked(db, actor, path, body, now), about=path.id)


def _asked(db: Session, actor: Actor, path: ById, body: ExtensionForm, now: datetime) -> dict[str, object]:
    try:
        until = date.fromisoformat(body.until)
    except ValueError:
        raise DayUnread() from None
    extensions.ask_for(db, actor, _id(path), until, body.why, now)
    return {"until": until, "message": f"已申请延期到{near(until, local_day(now))}，批复前仍按原期限准备。"}


@route(blueprint, "get", "/submissions", needs=Can.DECIDE_SUBMISSION, summary="待我审核的报送", answers={200: TodosAnswer}, refuses=(401, 403))
def waiting(caller: Caller) -> Response:
    """已报送、等我审核的，截止早的在前。"""
    at = house()
    now = at.now()
    with at.database.transaction() as db:
        found = submissions.queue(db, caller.actor(db, now), now)
    return private({"todos": [line_of(one) for one in found]})


@route(
    blueprint, "post", "/me/todos/<string:id>/decision", needs=Can.DECIDE_SUBMISSION, summary="审核报送", answers={200: TodoAnswer},
    refuses=_REFUSES,
)  # fmt: skip
def decide(caller: Caller, path: ById, body: DecisionForm) -> Response:
    """通过，或写明原因退回；两个人同时审核，后一个为 409。"""
    verb = "accept" if body.accept else "return"
    return _done(caller, path, lambda db, actor, now: submissions.decide(db, actor, _id(path), body.no, verb, body.why, now))


def _done(caller: Caller, path: ById, deed: Callable[[Session, Actor, datetime], object]) -> Response:
    """Do it and show what has become of the todo."""
    at = house()
    limits.here().writing(at, caller.token)
    now = at.now()
    with at.database.transaction() as db:
        actor = caller.actor(db, now)
        deed(db, actor, now)
        row = todos.readable(db, actor, _id(path), now)
        told: dict[str, object] = {
            "todo": line_of(todos.one(db, actor, _id(path), now)),
            "versions": [version_of(one) for one in submissions.versions(db, actor, _id(path), now)],
            "may": sorted(submissions.possible(db, actor, row, now)),
        }
    return private(told)


def _id(path: ById) -> int:
    """Raises `NoSuchTodo`."""
    if not (path.id.isascii() and path.id.isdigit() and len(path.id) <= _LONGEST_ID):
        raise NoSuchTodo()
    return int(path.id)
