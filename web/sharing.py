"""分享: what a public page's card says in WeChat: a signature for its script, and its picture (A9, F15). Without either, pages are whole."""

import secrets
from collections.abc import Callable

import orjson
from flask import Blueprint, Response, request
from werkzeug.exceptions import NotFound

from domain.calendar import local_day
from domain.errors import FontsMissing
from domain.late import Late
from domain.permissions import Can
from domain.share_cards import DEEDS, address, sign
from gateways import tickets
from services import board
from web import here, throttle
from web.deeds import needs
from web.drawing import NOT_KEPT, kept

pages = Blueprint("web_sharing", __name__)
_PICTURES = Late("gateways.share_pictures")
_PNG = "image/png"
_WORDS = 28
"""How many signs of a pledge stand on its picture."""


@pages.get("/share/config")
@needs(Can.BE_ANYONE)
def config() -> Response:
    """What the page at `url` gives `wx.config`. Raises `ForeignAddress`, `WechatUnreachable`."""
    throttle.pages()
    house = here.house()
    if not house.settings.wechat.appid:
        raise NotFound()
    url = address(request.args.get("url", ""), house.settings.base_url)
    told = sign(house.settings.wechat.appid, tickets.jsapi(house.wechat), secrets.token_hex(8), int(house.now().timestamp()), url)
    body = {"appId": told.appid, "timestamp": told.timestamp, "nonceStr": told.nonce, "signature": told.signature, "jsApiList": DEEDS}
    return Response(orjson.dumps(body), headers={"Content-Type": "application/json", "Cache-Control": NOT_KEPT})


@pages.get("/share/board.png")
@needs(Can.BE_ANYONE)
def of_the_board() -> Response:
    """承诺公示 as a whole."""
    return _picture("/share/board.png", lambda: ("看看向群众承诺了什么，做到了没有", "承诺公示"))


@pages.get("/share/pledges/<code>.png")
@needs(Can.BE_ANYONE)
def of_a_pledge(code: str) -> Response:
    """Raises `NoSuchPledge`, `PublicityOver`."""
    return _picture(f"/share/pledges/{code[:20]}.png", lambda: _pledge(code))


@pages.get("/share/windows/<int:window_id>.png")
@needs(Can.BE_ANYONE)
def of_a_window(window_id: int) -> Response:
    """Raises `NoSuchWindow`."""
    return _picture(f"/share/windows/{window_id}.png", lambda: (here.register().place(window_id).spoken, "谁在岗，承诺了什么，请您评价"))


def _pledge(code: str) -> tuple[str, str]:
    house = here.house()
    with house.database.reading() as db:
        today = local_day(house.now())
        told = board.entry(db, board.row_of(db, code, today), today)
    words = told.slogan or told.content
    return (words if len(words) <= _WORDS else f"{words[:_WORDS]}…"), "公开承诺"


def _picture(name: str, say: Callable[[], tuple[str, str]]) -> Response:
    """Kept like the pages while the public register stands still. A house without fonts has no pictures."""
    throttle.pages()
    try:
        return kept(name, lambda: _PICTURES.draw(here.house().settings.bureau, *say()), _PNG)
    except FontsMissing:
        raise NotFound() from None
