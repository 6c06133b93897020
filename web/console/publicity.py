"""公示登记: what hangs where, from when to when, with a photo of it (A9, F15)."""

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from domain.actor import About
from domain.calendar import local_day
from domain.permissions import Can, may
from domain.publicity import Channel, Showing
from services import print_log, publicity, windows
from web import files, here
from web.codes import read_id
from web.console import fields
from web.console.drawing import done, draw
from web.console.room import Room
from web.console.signed_in import me

room = Room("publicity", "公示登记", rank=43)
_HERE = "/console/publicity/"
_RECENT = 20
"""Papers offered as the one that hangs."""


@room.page("/", needs=Can.PRINT_BOARD, entry="公示登记")
def listed() -> Response:
    """The log, the newest first, below the form for a new line."""
    house, actor = here.house(), me()
    with house.database.reading() as db:
        rows = publicity.listed(db, actor, house.now(), read_id(request.args.get("before", "")))
        branches = windows.branches(db)
        papers = print_log.entries(db, actor, most=_RECENT)
    return draw(
        "publicity.html",
        rows=rows,
        more=rows[-1].id if len(rows) == publicity.PER_PAGE else None,
        channels=[(one.value, one.chinese) for one in Channel],
        branches=[(key, name) for key, name in branches if may(actor, Can.PRINT_BOARD, About(branch_id=key))],
        papers=[(one.id, f"{one.kind} {one.what}（{one.at:%m-%d}，第{one.edition}版）") for one in papers],
        photos={photo.code: files.link(photo.code) for row in rows for photo in row.photos},
        whole=may(actor, Can.PRINT_BOARD),
        today=local_day(house.now()),
    )


@room.deed("/put-up", needs=Can.PRINT_BOARD, page=listed)
def put_up() -> AnyResponse:
    """A new line, with photos if there are any."""
    house = here.house()
    photos = [one.code for one in files.take(me(), "photo")]
    showing = Showing(
        channel=fields.choice("channel", Channel, "渠道"),
        place=fields.words("place", 80),
        from_day=fields.day("from_day", "公示开始"),
        to_day=fields.day("to_day", "公示结束"),
        branch_id=fields.number("branch"),
        print_id=fields.number("paper"),
    )
    with house.database.transaction() as db:
        publicity.put_up(db, me(), showing, photos, house.now())
    return done("已登记。公示期满后请撤下，并在这里登记撤下。", _HERE)


@room.deed("/<int:publicity_id>/end", needs=Can.PRINT_BOARD, page=listed)
def end(publicity_id: int) -> AnyResponse:
    """撤下, or void when it was written down by mistake."""
    house, verb = here.house(), "void" if fields.words("verb") == "void" else "take_down"
    with house.database.transaction() as db:
        publicity.end(db, me(), publicity_id, verb, fields.words("why", 200), house.now())
    return done("已作废。" if verb == "void" else "已登记撤下。", _HERE)


@room.deed("/<int:publicity_id>/photos", needs=Can.PRINT_BOARD, page=listed)
def photos(publicity_id: int) -> AnyResponse:
    """Proof that it hangs, sent later."""
    house = here.house()
    taken = [one.code for one in files.take(me(), "photo")]
    with house.database.transaction() as db:
        publicity.add_photos(db, me(), publicity_id, taken, house.now())
    return done("照片已保存。", _HERE)
