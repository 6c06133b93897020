"""意见卡登记: what came on paper becomes a rating; a bad one gets its number to be written on the citizen's stub (F20, X5)."""

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from domain.errors import UnreadableLevel
from domain.marks import Mark, read_mark
from domain.permissions import Can
from services import cards
from services.cards import Card
from web import here
from web.codes import read_id
from web.console.drawing import done, draw
from web.console.room import Room
from web.console.signed_in import me

room = Room("cards", "意见卡登记", rank=37)

_ORIGINS = (("paper", "群众自己填的"), ("assisted_entry", "别人代填的（他人协助）"))
_LEVELS = [(mark.chinese, mark.chinese) for mark in sorted(Mark, reverse=True)]


@room.page("/", needs=Can.ENTER_CARD, entry="意见卡登记")
def shown() -> Response:
    """An empty card."""
    windows = [(place.id, place.spoken) for place in here.register().open_places]
    return draw("cards.html", windows=windows, levels=_LEVELS, origins=_ORIGINS)


@room.deed("/enter", needs=Can.ENTER_CARD, page=shown)
def enter() -> AnyResponse:
    """One card."""
    house, said = here.house(), request.form
    mark = read_mark(said.get("level", ""))
    if mark is None:
        raise UnreadableLevel()
    card = Card(said.get("number", ""), read_id(said.get("window", "")), mark, said.get("reasons", ""), said.get("note", ""), said.get("origin", ""))
    with house.database.transaction() as db:
        rated = cards.enter(db, me(), card, house.pseudonyms.rater, house.now(), house.settings.policy)
    number = f"这是差评，编号{rated.number}：请写在存根上交给群众，凭编号可查进度。" if rated.number else ""
    return done(f"已登记：{rated.window}，{rated.mark.chinese}。{number}", "/console/cards/")
