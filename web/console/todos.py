"""待办与报送: hand in from here, see what became of every version, decide on what others handed in (A3, A4, F04)."""

from datetime import date
from itertools import pairwise
from typing import Any

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from domain.meetings import LEVELS, Meeting
from domain.permissions import Can, could
from domain.schedule.refusals import DayUnread
from domain.text_changes import compare
from services import extensions, submissions, todos
from web import files, here
from web.codes import read_id
from web.console.drawing import done, draw
from web.console.room import Room
from web.console.signed_in import me

room = Room("todos", "任务与报送", rank=21)

_MEETING = ("level", "organiser", "held_at", "place", "attendees", "minutes")


@room.page("/", needs=Can.SEE_TODOS, entry="任务与报送")
def listed() -> Response:
    """What I owe, the oldest first, one line a task; the units of one task, or what is done, on request; what waits for my decision."""
    now, all_of_them, task = here.house().now(), request.args.get("all") == "1", read_id(request.args.get("task", "")) or None
    with here.house().database.reading() as db:
        mine = todos.of_person(db, me(), now, todos.VISIBLE if all_of_them else todos.ONGOING)
        queue = submissions.queue(db, me(), now) if could(me(), Can.DECIDE_SUBMISSION) else []
        asked = extensions.asked(db, me(), now) if could(me(), Can.DECIDE_EXTENSION) else []
    lines = [one for one in todos.by_task(mine) if task in (None, one.first.task_id)]
    return draw("todos.html", lines=lines, opened=task is not None, n=len(mine), queue=queue, asked=asked, all_of_them=all_of_them)


@room.page("/<int:todo_id>", needs=Can.SEE_TODOS)
def one(todo_id: int) -> Response:
    """One todo: what is asked, every version, and what this person may do next."""
    now = here.house().now()
    with here.house().database.reading() as db:
        row = todos.readable(db, me(), todo_id, now)
        shown = todos.one(db, me(), todo_id, now)
        versions = submissions.versions(db, me(), todo_id, now)
        told: dict[str, Any] = {
            "todo": shown,
            "versions": list(reversed(versions)),
            "changes": {later.no: compare(earlier.words, later.words) for earlier, later in pairwise(versions)},
            "may": submissions.possible(db, me(), row, now),
            "extensions": extensions.reasons(db, todo_id),
        }
    return draw("todo.html", levels=[(level, level) for level in LEVELS], link=files.link, **told)


@room.deed("/<int:todo_id>/hand-in", needs=Can.HAND_IN, page=one)
def hand_in(todo_id: int) -> AnyResponse:
    """Words and files; the files are kept first, so that a refusal loses none of the words."""
    house = here.house()
    codes = [one.code for one in files.take(me())]
    with house.database.transaction() as db:
        receipt = submissions.hand_in(db, me(), todo_id, request.form.get("words", ""), house.now(), codes=codes)
    return done(_received(receipt), f"/console/todos/{todo_id}")


@room.deed("/<int:todo_id>/meeting", needs=Can.HAND_IN, page=one)
def record_meeting(todo_id: int) -> AnyResponse:
    """One meeting, one form (A4); a photo only if somebody wants one."""
    house = here.house()
    meeting = Meeting.of({name: request.form.get(name, "") for name in _MEETING})
    codes = [one.code for one in files.take(me())]
    with house.database.transaction() as db:
        receipt = submissions.hand_in(db, me(), todo_id, "", house.now(), meeting=meeting, codes=codes)
    return done(_received(receipt), f"/console/todos/{todo_id}")


@room.deed("/<int:todo_id>/take-back", needs=Can.HAND_IN, page=one)
def take_back(todo_id: int) -> AnyResponse:
    """撤回, before anybody has decided."""
    with here.house().database.transaction() as db:
        submissions.take_back(db, me(), todo_id, here.house().now())
    return done("已撤回，可以重新报送。", f"/console/todos/{todo_id}")


@room.deed("/<int:todo_id>/decide", needs=Can.DECIDE_SUBMISSION, page=one)
def decide(todo_id: int) -> AnyResponse:
    """审核 of the version that was read."""
    verb, no = request.form.get("verb", ""), request.form.get("no", type=int) or 0
    with here.house().database.transaction() as db:
        submissions.decide(db, me(), todo_id, no, verb, request.form.get("why", ""), here.house().now())
    return done("已审核通过。" if verb == "accept" else "已退回，原因已告知报送人。", "/console/todos/")


@room.deed("/<int:todo_id>/extension", needs=Can.ASK_EXTENSION, page=one)
def ask_extension(todo_id: int) -> AnyResponse:
    """申请延期."""
    with here.house().database.transaction() as db:
        extensions.ask_for(db, me(), todo_id, _day("until"), request.form.get("extension_why", ""), here.house().now())
    return done("延期申请已提交，批复前仍按原期限准备。", f"/console/todos/{todo_id}")


@room.deed("/<int:todo_id>/extension/<int:extension_id>", needs=Can.DECIDE_EXTENSION, page=one)
def decide_extension(todo_id: int, extension_id: int) -> AnyResponse:
    """批复延期."""
    verb = request.form.get("verb", "")
    with here.house().database.transaction() as db:
        extensions.decide(db, me(), extension_id, verb, request.form.get("answer", ""), here.house().now())
    return done("已同意延期。" if verb == "grant" else "已回复不同意延期。", f"/console/todos/{todo_id}")


@room.deed("/<int:todo_id>/change", needs=Can.KEEP_SCHEDULE, page=one)
def change(todo_id: int) -> AnyResponse:
    """免办、暂停、恢复、要求补办."""
    now, why, verb = here.house().now(), request.form.get("change_why", ""), request.form.get("verb", "")
    with here.house().database.transaction() as db:
        if verb == "waive":
            extensions.waive(db, me(), todo_id, why, now)
        elif verb == "pause":
            extensions.pause(db, me(), todo_id, why, now)
        elif verb == "resume":
            extensions.resume(db, me(), todo_id, now)
        else:
            extensions.require(db, me(), todo_id, _day("require_until"), why, now)
    return done("已保存，责任人会收到通知。", f"/console/todos/{todo_id}")


def _received(receipt: Any) -> str:
    late = "已过截止日期，登记为逾期报送。" if receipt.late else ""
    return f"已收到，回执编号{receipt.number}，第{receipt.no}次报送。{late}审核结果会通知您。"


def _day(name: str) -> date:
    """A day out of a date field. Raises `DayUnread`."""
    try:
        return date.fromisoformat(request.form.get(name, "").strip())
    except ValueError:
        raise DayUnread() from None
