"""Mini-program codes (小程序码): bytes on success, JSON on error (wechat-platform.md §16)."""

import re
from typing import Any

from emulator.accounts import MINI
from emulator.api.desk import FAITHFUL, SIMPLIFIED, UNCONFIRMED, Answer, Ask, Binary, post
from emulator.api.qrcode import picture
from emulator.consoles import Opening
from emulator.errors import Refusal
from emulator.ledgers.quota import Limit

SCENE = re.compile(r"[0-9A-Za-z!#$&'()*+,/:;=?@\-._~]{1,32}")
VERSIONS = ("release", "trial", "develop")
NARROWEST, WIDEST = 280, 1280
SMALLEST_CODE = 33  # modules of a code with its quiet zone: what width is divided by
ONLY: dict[str, Any] = {"kinds": (MINI,)}


def _page(ask: Ask) -> str:
    """A released page, no leading slash, no query. Raises 41030."""
    page = ask.body.get("page", "")
    if not isinstance(page, str) or page.startswith("/") or "?" in page:
        raise Refusal(41030)
    must_exist = ask.body.get("check_path", True) is not False
    if page and must_exist and ask.account.pages and page not in ask.account.pages:
        raise Refusal(41030)
    return page


def _size(ask: Ask) -> int:
    width = ask.number("width", 430)
    if not NARROWEST <= width <= WIDEST:
        raise Refusal(40097)
    if ask.body.get("env_version", "release") not in VERSIONS:
        raise Refusal(40097)
    return max(2, width // SMALLEST_CODE)


def _image(ask: Ask, opening: Opening, box: int) -> Binary:
    """The picture carries a text only this emulator's scanner knows."""
    text = f"{ask.world.base_url}/wxacode/{ask.world.seeds.fixed('wxacode', opening.appid, opening.path, opening.query, opening.scene, length=16)}"
    ask.world.consoles.openings[text] = opening
    form = "PNG" if ask.body.get("is_hyaline") is True else "JPEG"
    return Binary(picture(text, box, form), f"image/{form.lower()}")


@post(
    "/wxa/getwxacodeunlimit",
    "不限数量的小程序码",
    limit=Limit(burst=5000, burst_code=45009),
    status=FAITHFUL,
    note="图片是普通二维码的样子，内容只有模拟器的扫一扫认得",
    **ONLY,
)
def unlimited(ask: Ask) -> Answer:
    scene = ask.body.get("scene")
    if not isinstance(scene, str) or not SCENE.fullmatch(scene):
        raise Refusal(40129)
    return _image(ask, Opening(ask.account.appid, _page(ask), "", scene=scene), _size(ask))


@post("/wxa/getwxacode", "有数量限制的小程序码", limit=Limit(), status=UNCONFIRMED, note="总数 100000 未确认，不计总数", **ONLY)
def limited(ask: Ask) -> Answer:
    return _by_path(ask)


@post("/cgi-bin/wxaapp/createwxaqrcode", "小程序二维码", status=SIMPLIFIED, note="不计总数", **ONLY)
def square(ask: Ask) -> Answer:
    return _by_path(ask)


def _by_path(ask: Ask) -> Answer:
    path = ask.text("path", 45002)
    if len(path.encode()) > 1024:
        raise Refusal(45002)
    page, _, query = path.partition("?")
    if ask.account.pages and page not in ask.account.pages:
        raise Refusal(41030)
    return _image(ask, Opening(ask.account.appid, page, query), _size(ask))
