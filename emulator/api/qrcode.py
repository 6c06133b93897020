"""Parametric QR codes (带参数二维码) and their picture (wechat-platform.md §8)."""

import io
from typing import Any

import qrcode

from emulator.accounts import SERVICE
from emulator.api.desk import UNCONFIRMED, Answer, Ask, Binary, get, post
from emulator.consoles import Scene
from emulator.errors import Refusal
from emulator.ledgers.quota import Limit
from emulator.seeds import OPENID

LONGEST, DEFAULT = 2_592_000, 60
MOST_PERMANENT = 100_000
TEMPORARY = ("QR_SCENE", "QR_STR_SCENE")
KINDS = (*TEMPORARY, "QR_LIMIT_SCENE", "QR_LIMIT_STR_SCENE")


def picture(text: str, box: int = 8, form: str = "JPEG") -> bytes:
    """A QR code as a JPEG or PNG; one fixed mask, because choosing the best one takes most of the time."""
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, box_size=box, border=4, mask_pattern=2)
    code.add_data(text)
    code.make(fit=True)
    out = io.BytesIO()
    code.make_image().get_image().convert("L").save(out, form)
    return out.getvalue()


def _scene(action: str, info: Any) -> int | str:
    scene = info.get("scene") if isinstance(info, dict) else None
    if not isinstance(scene, dict):
        raise Refusal(40053)
    if action.endswith("STR_SCENE"):
        text = scene.get("scene_str")
        if not isinstance(text, str) or not 1 <= len(text) <= 64:
            raise Refusal(40053)
        return text
    number = scene.get("scene_id")
    most = 100_000 if action == "QR_LIMIT_SCENE" else 2**32 - 1
    if isinstance(number, str) and number.isdigit():
        number = int(number)
    if isinstance(number, bool) or not isinstance(number, int) or not 1 <= number <= most:
        raise Refusal(40053)
    return number


@post("/cgi-bin/qrcode/create", "创建带参数二维码", kinds=(SERVICE,), limit=Limit(daily=100_000))
def create(ask: Ask) -> Answer:
    action = ask.body.get("action_name")
    if action not in KINDS:
        raise Refusal(40053)
    scene = _scene(str(action), ask.body.get("action_info"))
    console = ask.world.consoles.of(ask.account.appid)
    seconds = 0
    if action in TEMPORARY:
        seconds = ask.number("expire_seconds", DEFAULT)
        if not 1 <= seconds <= LONGEST:
            raise Refusal(40053)
    else:
        if console.permanent_codes >= MOST_PERMANENT:
            raise Refusal(45029)
        console.permanent_codes += 1
    ticket = "gQ" + ask.world.seeds.running("ticket", 92, OPENID) + "=="
    url = "http://weixin.qq.com/q/02" + ask.world.seeds.running("qr-url", 20, OPENID)
    made = Scene(ask.account.appid, ticket, url, scene, ask.now + seconds if seconds else 0.0)
    ask.world.consoles.scenes[ticket] = ask.world.consoles.scenes_by_url[url] = made
    return {"ticket": ticket, "url": url} | ({"expire_seconds": seconds} if seconds else {})


@get("/cgi-bin/showqrcode", "通过 ticket 换取二维码图片", needs_token=False, status=UNCONFIRMED, note="ticket 无效时返回 404，未确认")
def show(ask: Ask) -> Answer:
    scene = ask.world.consoles.scenes.get(ask.query.get("ticket", ""))
    if scene is None:
        return Binary(b"", "text/html", status=404)
    return Binary(picture(scene.url), "image/jpg")
