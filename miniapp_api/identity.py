"""绑定、解绑: the secretary's code or a number that WeChat vouches for makes the phone mine (F08)."""

from typing import Literal

from flask import Blueprint, Response
from pydantic import Field

from domain import invitations as rules
from domain.permissions import Can
from gateways import miniprogram
from miniapp_api import limits, texts
from miniapp_api.answers import Answer, private
from miniapp_api.door import Caller, house, route
from miniapp_api.reading import NO_NUL, Form
from services import identity
from services.identity import Tried

blueprint = Blueprint("miniapp_identity", __name__, url_prefix="/api/v1")


class CodeForm(Form):
    code: str = Field(title="邀请码", min_length=4, max_length=40, pattern=NO_NUL, description="支部书记给的邀请码，大小写、空格、横线不限")


class PhoneForm(Form):
    phone_code: str = Field(title="手机号凭证", min_length=1, max_length=128, pattern=r"^[0-9A-Za-z_.~-]+$", description="手机号按钮得到的 code")
    name: str = Field(title="姓名", min_length=1, max_length=40, pattern=r"^[^\x00-\x1f]*$", description="花名册上的姓名")


class Bound(Answer):
    state: Literal["bound", "waiting"] = Field(description="已绑定，或等书记核对")
    name: str | None
    message: str = Field(description="可直接显示")


_REFUSES = (401, 403, 404, 409, 413, 415, 422, 429)


def _answer(tried: Tried) -> Response:
    """What came of a try, after its commit: wrong tries are counted in it."""
    if tried.refusal:
        raise tried.refusal
    if tried.waits:
        return private({"state": "waiting", "name": None, "message": texts.BINDING_WAITS}, 202)
    return private({"state": "bound", "name": tried.name, "message": texts.BOUND.format(name=tried.name)}, 201)


@route(blueprint, "post", "/me/binding", needs=Can.KEEP_OWN_DATA, summary="用邀请码绑定", answers={201: Bound, 202: Bound}, refuses=_REFUSES)
def bind_by_code(caller: Caller, body: CodeForm) -> Response:
    """错误的、用过的、过期的邀请码回答相同；15分钟内最多错5次。"""
    at, now = house(), house().now()
    limits.here().writing(at, caller.token)
    digest = at.pseudonyms.invitation(rules.plain(body.code))
    with at.database.transaction() as db:
        tried = identity.by_code(db, caller.actor(db, now), digest, now)
    return _answer(tried)


@route(
    blueprint,
    "post",
    "/me/binding/phone",
    needs=Can.KEEP_OWN_DATA,
    summary="用手机号绑定",
    answers={201: Bound, 202: Bound},
    refuses=_REFUSES,
)
def bind_by_phone(caller: Caller, body: PhoneForm) -> Response:
    """姓名和微信核实的手机号都与花名册一致，立即绑定；其余一律等书记核对，回答相同，看不出名册里有没有别人。"""
    at, now = house(), house().now()
    limits.here().writing(at, caller.token)
    with at.database.transaction() as db:
        identity.may_try(db, caller.actor(db, now), now)
    index = at.pseudonyms.phone(miniprogram.phone_of(at.miniprogram, body.phone_code))
    with at.database.transaction() as db:
        tried = identity.by_phone(db, caller.actor(db, now), body.name.strip(), index, now)
    return _answer(tried)


@route(blueprint, "delete", "/me/binding", needs=Can.KEEP_OWN_DATA, summary="解绑", answers={204: None}, refuses=_REFUSES)
def unbind(caller: Caller) -> Response:
    """服务号和小程序都不再识别本人身份，登录随即失效。"""
    at, now = house(), house().now()
    with at.database.transaction() as db:
        identity.unbind(db, caller.actor(db, now), now)
    return Response(status=204)
