"""异议办理: what was objected, answered by one, released by another; and citizens' words a person must judge (A10, F30)."""

from typing import Any

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from domain.numbers import read_objection
from domain.permissions import Can, could
from services import objection_answers, text_checks
from web import here
from web.codes import read_id
from web.console.drawing import done, draw
from web.console.room import Room
from web.console.signed_in import me

room = Room("objections", "异议办理", rank=35)

PER_PAGE = 30
_LIST = "/console/objections/"


@room.page("/", needs=Can.READ_OBJECTION, entry="异议办理")
def listed() -> Response:
    """What is open, or what has ended; a page at a time by number."""
    ended, after = request.args.get("ended") == "1", read_id(request.args.get("after", ""))
    with here.house().database.reading() as db:
        rows = objection_answers.handled(db, me(), here.house().now(), ended=ended, after=after, most=PER_PAGE + 1)
        held = text_checks.held(db, me()) if could(me(), Can.JUDGE_TEXT) else ()
    more = read_objection(rows[PER_PAGE - 1].number) if len(rows) > PER_PAGE else None
    return draw("objections.html", rows=rows[:PER_PAGE], ended=ended, more=more, held=held)


@room.page("/<number>", needs=Can.READ_OBJECTION)
def one(number: str, **more: Any) -> Response:
    """One of them, with what this person may do. Raises `NoSuchObjection`."""
    with here.house().database.reading() as db:
        row = objection_answers.look(db, me(), number, here.house().now())
    return draw("objection.html", row=row, verbs=dict(row.verbs), **more)


@room.deed("/<number>/answer", needs=Can.ANSWER_OBJECTION, page=one)
def answer(number: str) -> AnyResponse:
    with here.house().database.transaction() as db:
        objection_answers.answer(db, me(), number, request.form.get("answer", ""), here.house().now())
    return done("答复已写好，等待另一位同志核定。", f"{_LIST}{number}")


@room.deed("/<number>/release", needs=Can.RELEASE_ANSWER, page=one)
def release(number: str) -> AnyResponse:
    """核定: from now on the number's holder reads the answer."""
    with here.house().database.transaction() as db:
        objection_answers.release(db, me(), number, here.house().now(), show_text="show_text" in request.form)
    return done("已核定，群众凭编号可以看到答复。", _LIST)


@room.deed("/<number>/return", needs=Can.RELEASE_ANSWER, page=one)
def send_back(number: str) -> AnyResponse:
    with here.house().database.transaction() as db:
        objection_answers.send_back(db, me(), number, request.form.get("why", ""), here.house().now())
    return done("已退回，原因已告知支部书记。", _LIST)


@room.deed("/<number>/decline", needs=Can.RELEASE_ANSWER, page=one)
def decline(number: str) -> AnyResponse:
    """It is about something else; the citizen reads where to go."""
    with here.house().database.transaction() as db:
        objection_answers.decline(db, me(), number, request.form.get("decline", ""), here.house().now())
    return done("已说明，群众凭编号可以看到。", _LIST)


@room.deed("/<number>/phone", needs=Can.ANSWER_OBJECTION, page=one)
def phone(number: str) -> AnyResponse:
    """The phone for a call-back, shown once on this page: each look is recorded (P08)."""
    house = here.house()
    with house.database.transaction() as db:
        sealed = objection_answers.phone_of(db, me(), number, request.form.get("phone_why", ""), house.now())
    return one(number=number, phone=house.sealer.open(sealed) if sealed else "")


@room.deed("/texts/<int:check_id>", needs=Can.JUDGE_TEXT, page=listed)
def judge(check_id: int) -> AnyResponse:
    """`clear` or `hide`: a person's word is final."""
    verb = "clear" if request.form.get("verb") == "clear" else "hide"
    with here.house().database.transaction() as db:
        text_checks.judge(db, me(), check_id, verb, request.form.get("judge_why", ""), here.house().now())
    return done("已判断为可以公开。" if verb == "clear" else "已判断为不公开，原文仍保留。", _LIST)
