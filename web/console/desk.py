"""工作台首页: opens on what waits for me."""

from flask import Response

from domain.calendar import local_day
from domain.permissions import Can
from domain.waiting import Waiting, grouped
from services import desk
from web import here
from web.console.drawing import draw
from web.console.room import Room
from web.console.signed_in import me

room = Room("desk", "我的待办", rank=0, at="/console")

OPENS = {
    "binding": "/console/binding/",
    "cause_release": "/console/cause_releases/{key}",
    "seat_proposal": "/console/seats/",
    "rectification": "/console/rectifications/{key}",
    "todo": "/console/todos/{key}",
    "submission": "/console/todos/{key}",
    "extension": "/console/todos/{key}",
    "pledge": "/console/pledges/{key}",
    "review": "/console/reviews/?turn={key}",
    "batch": "/console/batches/{key}",
    "flag": "/console/flags/",
    "objection": "/console/objections/{key}",
    "text_check": "/console/objections/#texts",
}
"""Thing → where one of its kind opens; each room that has a page of its own for a thing adds its line."""


@room.page("/", needs=Can.SEE_DESK, entry="我的待办")
def shown() -> Response:
    """What waits for me, most urgent first."""
    with here.house().database.reading() as db:
        waiting = desk.waiting(db, me(), here.house().now())
    return draw("desk.html", groups=grouped(waiting), n=len(waiting), address=_address, today=local_day(here.house().now()))


def _address(one: Waiting) -> str:
    return OPENS[one.thing].format(key=one.key) if one.thing in OPENS else ""
