"""疑似刷评: what the counters noticed, each with its day's figures beside the usual ones; a person says what it was (F32)."""

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from domain.permissions import Can
from services import flags
from web import here
from web.codes import read_id
from web.console.drawing import done, draw
from web.console.room import Room
from web.console.signed_in import me

room = Room("flags", "疑似刷评", rank=36)

PER_PAGE = 20
_LIST = "/console/flags/"


@room.page("/", needs=Can.SEE_FLAGS, entry="疑似刷评")
def listed() -> Response:
    """Newest first, what waits or what was checked."""
    ended, before = request.args.get("ended") == "1", read_id(request.args.get("after", ""))
    with here.house().database.reading() as db:
        rows = flags.listed(db, me(), here.house().now(), ended=ended, before=before, most=PER_PAGE + 1)
    more = rows[PER_PAGE - 1].id if len(rows) > PER_PAGE else None
    return draw("flags.html", rows=rows[:PER_PAGE], ended=ended, more=more)


@room.deed("/<int:flag_id>", needs=Can.CHECK_FLAG, page=listed)
def check(flag_id: int) -> AnyResponse:
    """`dismiss` or `confirm`, with what was looked at."""
    verb = "confirm" if request.form.get("verb") == "confirm" else "dismiss"
    with here.house().database.transaction() as db:
        flags.check(db, me(), flag_id, verb, request.form.get("why", ""), here.house().now())
    return done("核查结果已登记，评价和数字都没有改动。", _LIST)
