"""办理记录: the auditor reads and verifies all, everybody reads his own (R31)."""

from datetime import date

from flask import Response, request

from domain import step_words
from domain.permissions import Can
from services import step_list
from services.step_list import MOST, Asked, Told
from web import here
from web.codes import read_id
from web.console.drawing import draw
from web.console.room import Room
from web.console.signed_in import me

room = Room("steps", "办理记录", rank=90)


@room.page("/", needs=Can.READ_STEPS, entry="办理记录")
def everyones() -> Response:
    """All steps, the newest first."""
    with here.house().database.reading() as db:
        rows = step_list.everyones(db, me(), _asked())
    return _drawn("全部办理记录", rows, all_of_them=True)


@room.page("/mine", needs=Can.SEE_DESK, entry="我的办理记录")
def mine() -> Response:
    """What I did myself."""
    with here.house().database.reading() as db:
        rows = step_list.own(db, me(), _asked())
    return _drawn("我的办理记录", rows, all_of_them=False)


@room.page("/verify", needs=Can.READ_STEPS)
def verify() -> Response:
    """Walk the whole chain and say what was found."""
    house = here.house()
    with house.database.reading() as db:
        verdict = step_list.verify(db, me(), house.pseudonyms.steps_key)
    return draw("steps_verify.html", verdict=verdict)


def _drawn(title: str, rows: list[Told], *, all_of_them: bool) -> Response:
    more = rows[-1].no if len(rows) == MOST else None
    return draw(
        "steps.html", title=title, rows=rows, more=more, all_of_them=all_of_them, things=sorted(step_words.THINGS.items(), key=lambda one: one[1])
    )


def _asked() -> Asked:
    """What the address asks for; a part that cannot be read is not asked."""
    said = request.args
    thing = said.get("thing", "")
    return Asked(
        thing if thing in step_words.THINGS else "", said.get("name", "").strip()[:40], _day("since"), _day("until"), read_id(said.get("before", ""))
    )


def _day(name: str) -> date | None:
    try:
        return date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return None
