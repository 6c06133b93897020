"""The sign-in page: the code to scan, the password below it, and what was filled in before, kept."""

import secrets
from dataclasses import dataclass

import structlog
from flask import Response, request

from gateways import qr
from gateways.wechat import WechatError
from services import desk_sessions, signing_in
from services.signing_in import Stage
from web import here, throttle
from web.console import kept
from web.console.drawing import draw
from web.console.signed_in import hand_out

log = structlog.get_logger()
SCENE = "in:"
"""What a sign-in code's scene begins with (bot/commands/signing_in.py reads the same)."""
COOKIE = "liangnuo_signing"
_OWN_ROOM = "web_console_signing_in"


@dataclass(frozen=True)
class Shown:
    """The code on the page, or the sentence in its place."""

    drawing: qr.Drawing | None
    sentence: str = ""
    browser: str = ""


def page(
    fault: str = "", status: int = 200, *, onward: str = "/console/", fields: list[tuple[str, str]] | None = None, stage: Stage = Stage.SHOWN
) -> Response:
    """The page; it shows a new code when it is opened, none in place of one that a phone has scanned or beside a wrong password."""
    shown = _code() if request.method == "GET" or request.blueprint != _OWN_ROOM else Shown(None, "要用微信扫码登录，请显示一个新的登录码。")
    settings = here.house().settings
    told = {"onward": onward, "fields": kept.hidden(fields or []), "stage": stage, "may_scan": bool(settings.wechat.appid), "sentence": fault}
    response = draw("sign_in.html", status, shown=shown, entrances=_entrances() if settings.demo else [], **told)
    if shown.browser:
        secure = settings.base_url.startswith("https://")
        response.set_cookie(COOKIE, shown.browser, max_age=signing_in.LIVES, path="/console/", httponly=True, samesite="Lax", secure=secure)
    return response


def first(fault: str, status: int) -> Response:
    """The page in place of what was asked for."""
    here_again = request.path if request.method == "POST" else request.full_path.rstrip("?")
    return page(fault, status, onward=here_again, fields=kept.fields())


def let_in(response: Response, person_id: int) -> Response:
    """A session of its own for this person, in this browser."""
    with here.house().database.transaction() as db:
        token = desk_sessions.open_for(db, person_id, here.house().now())
    return hand_out(response, token)


def _code() -> Shown:
    house = here.house()
    if not house.settings.wechat.appid:
        return Shown(None, "还没有配置服务号，暂时不能扫码登录。请用下面的账号密码登录。")
    throttle.pages()
    scene, browser = secrets.token_urlsafe(18), secrets.token_urlsafe(24)
    body = {
        "expire_seconds": int(signing_in.LIVES.total_seconds()),
        "action_name": "QR_STR_SCENE",
        "action_info": {"scene": {"scene_str": SCENE + scene}},
    }
    try:
        link = house.wechat.post("/cgi-bin/qrcode/create", body)["url"]
    except (WechatError, KeyError):
        log.warning("no sign-in code")
        return Shown(None, "暂时连不上微信，扫码登录用不了。请过一分钟刷新本页，或用账号密码登录。")
    with house.database.transaction() as db:
        signing_in.show(db, scene, browser, house.now())
    return Shown(qr.drawing_of(link), browser=browser)


def _entrances() -> list[tuple[int, str, str]]:
    with here.house().database.reading() as db:
        return [(person_id, name, role.chinese) for person_id, name, role in desk_sessions.examples(db)]
