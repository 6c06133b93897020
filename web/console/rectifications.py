"""限期整改: what is open, to check, late, ended; one order with its rating, clock and rounds, and the deeds of who must act (S1, F24)."""

from typing import Any

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from domain.permissions import Can
from services import rectification_answers, rectification_contacts, rectification_list
from web import here
from web.codes import read_id
from web.console import fields
from web.console.drawing import done, draw
from web.console.room import Room
from web.console.signed_in import me

room = Room("rectifications", "限期整改", rank=34)

PER_PAGE = 30
_LIST = "/console/rectifications/"
_VIEWS = (("open", "在办"), ("late", "逾期"), ("check", "待复核"), ("ended", "已办结"))


@room.page("/", needs=Can.READ_RECTIFICATION, entry="限期整改")
def listed() -> Response:
    """By number, a page at a time."""
    view, after = request.args.get("view", "open"), read_id(request.args.get("after", ""))
    with here.house().database.reading() as db:
        rows = rectification_list.listed(db, me(), view, here.house().now(), after, PER_PAGE + 1)
        shares = rectification_list.shares_of(db, me(), here.house().now())
    more = rows[PER_PAGE - 1].id if len(rows) > PER_PAGE else None
    view = view if view in dict(_VIEWS) else "open"
    return draw("rectifications.html", rows=rows[:PER_PAGE], more=more, views=_VIEWS, view=view, shares=shares)


@room.page("/<number>", needs=Can.READ_RECTIFICATION)
def one(number: str, **more: Any) -> Response:
    """One of them. Raises `NoSuchRectification`."""
    with here.house().database.reading() as db:
        found = rectification_list.look(db, me(), number, here.house().now())
    return draw("rectification.html", one=found, row=found.row, verbs=dict(found.verbs), **more)


@room.deed("/<number>/answer", needs=Can.DO_RECTIFICATION, page=one)
def answer(number: str) -> AnyResponse:
    house = here.house()
    with house.database.transaction() as db:
        rectification_answers.answer(db, me(), number, fields.words("answer", 600), house.now())
    return done("整改结果已报告，等另一位同志复核。", _LIST)


@room.deed("/<number>/close", needs=Can.VERIFY_RECTIFICATION, page=one)
def close(number: str) -> AnyResponse:
    house = here.house()
    with house.database.transaction() as db:
        rectification_answers.close(db, me(), number, house.now())
    return done("已复核办结，评价人凭编号可以看到答复，并说满意不满意。", _LIST)


@room.deed("/<number>/reopen", needs=Can.VERIFY_RECTIFICATION, page=one)
def reopen(number: str) -> AnyResponse:
    house = here.house()
    with house.database.transaction() as db:
        rectification_answers.send_back(db, me(), number, fields.words("why", 300), house.now(), house.settings.policy)
    return done("已退回二次督办，期限重新计算，窗口负责人会收到通知。", _LIST)


@room.deed("/<number>/contact", needs=Can.READ_CONTACT, page=one)
def contact(number: str) -> AnyResponse:
    """The number for a call-back, shown once on this page: each look is recorded."""
    house = here.house()
    with house.database.transaction() as db:
        words = rectification_contacts.read(db, me(), number, fields.words("contact_why", 100), house.now())
    return one(number=number, contact=words)
