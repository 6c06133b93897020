"""承诺公示 /board: published pledges by branch, window, theme and state, found by words or pinyin; and each one's own page (A8, F15)."""

from urllib.parse import urlencode

from flask import Blueprint, Response, request

from domain.calendar import local_day
from domain.permissions import Can
from domain.pledge.showing import Group
from services import board, pledge_pages
from services.board import Filter
from web import here, throttle
from web.codes import LONGEST, read_id
from web.deeds import needs
from web.drawing import draw, fresh, kept

pages = Blueprint("web_pledges", __name__)

PER_PAGE = 10
_ADDRESS = "/board"


@pages.get("/board")
@needs(Can.BE_ANYONE)
def shown() -> Response:
    """`branch`, `window`, `theme`, `state` and `said` narrow; `after` is the last number of the page before. Raises `NoSuchWindow`."""
    throttle.pages()
    wish, after = _wish(), read_id(request.args.get("after", ""))
    if wish.window_id:
        here.register().place(wish.window_id)
    if after or wish.said or len(_query(wish)) > 1:
        return fresh(_draw(wish, after))
    return kept(_at(wish), lambda: _draw(wish, 0))


@pages.get("/board/<code>")
@needs(Can.BE_ANYONE)
def one(code: str) -> Response:
    """One pledge. Raises `NoSuchPledge`, `PublicityOver`."""
    throttle.pages()
    return kept(f"{_ADDRESS}/{code[:20]}", lambda: _draw_one(code))


def _draw_one(code: str) -> bytes:
    house = here.house()
    with house.database.reading() as db:
        page = pledge_pages.page(db, code, house.now())
    return draw("pledge.html", page=page, pledge=page.entry, places=here.register().places)


def _wish() -> Filter:
    """What the address asks for. An id or a state that cannot be read asks for nothing that exists, not for everything."""
    asked = request.args
    state = asked.get("state", "")
    return Filter(
        branch_id=read_id(asked["branch"]) if asked.get("branch") else None,
        window_id=read_id(asked["window"]) if asked.get("window") else None,
        theme=asked.get("theme", "")[:60],
        group=Group(state) if state in list(Group) else None,
        said=asked.get("said", "").strip()[:LONGEST],
    )


def _draw(wish: Filter, after: int) -> bytes:
    house = here.house()
    today, places = local_day(house.now()), here.register().places
    with house.database.reading() as db:
        found = board.entries(db, wish, today, after, PER_PAGE + 1)
        choices, over = board.choices(db, wish, today), board.over(db, today)
    more = found[PER_PAGE - 1].id if len(found) > PER_PAGE else None
    told = {"choices": choices, "over": over, "wish": wish, "places": places, "after": after, "more": more, "chosen": _query(wish)}
    return draw("board.html", pledges=found[:PER_PAGE], at=_at, **told)


def _query(wish: Filter) -> dict[str, str]:
    """The wish as it stands in an address, in one order."""
    asked = {"branch": wish.branch_id, "window": wish.window_id, "theme": wish.theme, "state": wish.group and wish.group.value, "said": wish.said}
    return {name: str(value) for name, value in asked.items() if value not in (None, "")}


def _at(wish: Filter, **changed: object) -> str:
    """The address of the wish with parts of it changed; an empty part is left out. Without `after` it is the first page."""
    asked = {**_query(wish), **{name: str(value) for name, value in changed.items()}}
    words = urlencode({name: value for name, value in asked.items() if value})
    return f"{_ADDRESS}?{words}" if words else _ADDRESS
