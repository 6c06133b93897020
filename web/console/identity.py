"""绑定核对: doubtful matches, each with what speaks for and against it; one word settles it (F08)."""

from flask import Response
from werkzeug.wrappers import Response as AnyResponse

from domain.permissions import Can
from services import identity, identity_requests
from web import here
from web.console.drawing import done, draw
from web.console.room import Room
from web.console.signed_in import me

room = Room("binding", "绑定核对", rank=51)


@room.page("/", needs=Can.CONFIRM_BINDING, entry="绑定核对")
def listed() -> Response:
    """What waits for my word."""
    with here.house().database.reading() as db:
        rows = identity_requests.waiting(db, me())
    return draw("binding.html", rows=rows)


@room.deed("/<int:request_id>/confirm", needs=Can.CONFIRM_BINDING, page=listed)
def confirm(request_id: int) -> AnyResponse:
    """确认本人."""
    house = here.house()
    with house.database.transaction() as db:
        identity.confirm(db, me(), request_id, house.now())
    return done("已确认并绑定，本人会收到通知。", "/console/binding/")


@room.deed("/<int:request_id>/refuse", needs=Can.CONFIRM_BINDING, page=listed)
def refuse(request_id: int) -> AnyResponse:
    """不是本人."""
    house = here.house()
    with house.database.transaction() as db:
        identity_requests.refuse(db, me(), request_id, house.now())
    return done("已记为不是本人，没有绑定。", "/console/binding/")
