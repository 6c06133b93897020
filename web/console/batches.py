"""单位承诺汇总: the branch compiles what its units handed in, the committee decides the whole or row by row (A7)."""

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from domain.permissions import Can, could
from services import batches
from web import here
from web.codes import read_id
from web.console.drawing import done, draw
from web.console.room import Room
from web.console.signed_in import me

room = Room("batches", "单位承诺汇总", rank=13)


@room.page("/", needs=Can.HANDLE_REVIEWS, entry="单位承诺汇总")
def listed() -> Response:
    """What lies free to be compiled, and the batches so far."""
    with here.house().database.reading() as db:
        free = batches.free(db, me())
        found = batches.listed(db, me())
    return draw("batches.html", groups=free, batches=found)


@room.deed("/compile", needs=Can.COMPILE_PLEDGES, page=listed)
def compile_() -> AnyResponse:
    codes = request.form.getlist("chosen")
    with here.house().database.transaction() as db:
        branch = read_id(request.form.get("branch", ""))
        made = batches.compile_(db, me(), request.form.get("campaign", ""), branch, codes, here.house().now())
    return done("已汇总，报局党委审定。", f"/console/batches/{made.code}")


@room.deed("/give-back/<code>", needs=Can.COMPILE_PLEDGES, page=listed)
def give_back(code: str) -> AnyResponse:
    with here.house().database.transaction() as db:
        batches.send_back(db, me(), code, request.form.get("why", ""), here.house().now(), seen=read_id(request.form.get("version", "")) or None)
    return done("已退回，原因已告知起草人。", "/console/batches/")


@room.page("/<code>", needs=Can.HANDLE_REVIEWS)
def shown(code: str) -> Response:
    """One batch with its rows and what was decided."""
    with here.house().database.reading() as db:
        batch = batches.one(db, me(), code)
    decides = could(me(), Can.APPROVE_UNIT_PLEDGE) and batch.state == "sent"
    return draw("batch.html", batch=batch, decides=decides)


@room.deed("/<code>/decide", needs=Can.APPROVE_UNIT_PLEDGE, page=shown)
def decide(code: str) -> AnyResponse:
    """The ticked rows, or all that wait when none is ticked."""
    verb = "approve" if request.form.get("verdict") == "yes" else "return"
    with here.house().database.transaction() as db:
        decided = batches.decide(
            db, me(), code, verb, request.form.get("why", ""), here.house().now(),
            number=request.form.get("number", ""), only=request.form.getlist("chosen"), seen=read_id(request.form.get("version", "")) or None,
        )  # fmt: skip
    return done(f"已审定，还有{decided.waiting}条未定。" if decided.waiting else "整批审定完毕，已告知支部。", f"/console/batches/{code}")
