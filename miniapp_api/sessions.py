"""登录 and 退出: a wx.login code becomes a session; WeChat alone vouches for who it is (R30, T06)."""

from datetime import datetime

from flask import Blueprint, Response, request
from pydantic import Field

from domain.calendar import local_day
from domain.permissions import Can
from gateways import miniprogram
from miniapp_api import limits
from miniapp_api.answers import Answer, private
from miniapp_api.door import ACCOUNT, Caller, house, route
from miniapp_api.reading import Form
from services import people, sessions
from services import register as registers
from services.people import Voice

blueprint = Blueprint("miniapp_sessions", __name__, url_prefix="/api/v1")


class SessionForm(Form):
    code: str = Field(title="登录凭证", min_length=1, max_length=128, pattern=r"^[0-9A-Za-z_.~-]+$", description="wx.login 得到的 code")


class SessionAnswer(Answer):
    token: str = Field(description="以后每次请求放在 Authorization: Bearer 之后")
    expires_at: datetime
    member: bool = Field(description="是否已绑定党员身份")
    name: str | None = Field(description="本人姓名，只给本人")


@route(blueprint, "post", "/sessions", needs=Can.SIGN_IN, summary="登录", answers={201: SessionAnswer}, refuses=(413, 415, 422, 429))
def sign_in(body: SessionForm) -> Response:
    """用 wx.login 的 code 换取登录状态。"""
    at = house()
    limits.here().signing_in(at, request.remote_addr or "")
    openid = miniprogram.openid_of(at.miniprogram, body.code)
    now = at.now()
    voice = Voice(at.pseudonyms.contact(ACCOUNT, openid), at.pseudonyms.rater(openid), ACCOUNT, at.sealer.seal(openid), now)
    with at.database.transaction() as db:
        register = registers.current(db, local_day(now))
        token, ends_at = sessions.open_for(db, voice, register, now, at.settings.policy)
        actor = people.actor_of(db, voice, register, now)
    limits.here().seen(token, voice.contact)
    person = {"member": actor.person_id is not None, "name": actor.name or None}
    return private({"token": token, "expires_at": ends_at.replace(microsecond=0), **person}, 201)


@route(blueprint, "delete", "/sessions/current", needs=Can.SIGN_IN, summary="退出", answers={204: None}, refuses=(401,))
def sign_out(caller: Caller) -> Response:
    """退出登录；这个 token 从此作废。"""
    at = house()
    with at.database.transaction() as db:
        sessions.behind(db, caller.token, at.now())
        sessions.close(db, caller.token)
    return Response(status=204)
