"""我: who I am here, what the public sees of me; choose, take out, delete, unbind (P-table; PIPL 25, 45, 47)."""

from datetime import date, datetime
from typing import Literal

from flask import Blueprint, Response
from pydantic import BaseModel, Field

from domain.names import FORMS, public_name
from domain.permissions import Can
from domain.personal_data import BACKUPS
from miniapp_api import limits
from miniapp_api.answers import Answer, private
from miniapp_api.door import Caller, house, route
from miniapp_api.reading import Form
from services import own_data, own_export

blueprint = Blueprint("miniapp_me", __name__, url_prefix="/api/v1")


class SeatHeld(Answer):
    title: str
    body: str
    from_day: date
    to_day: date | None


class NameForm(BaseModel):
    form: Literal["full", "surname", "post"]
    chinese: str
    shown_as: str = Field(description="选这种方式，公开页面怎样显示我")
    chosen: bool


class Me(Answer):
    name: str
    branch: str
    section: str
    category: str
    joined_on: date | None
    phone: str = Field(description="中间四位遮盖")
    seats: list[SeatHeld]
    accounts: list[Literal["service", "mini"]] = Field(description="已绑定的账号：服务号、小程序")
    name_forms: list[NameForm] = Field(description="姓名怎样公开，随时可改")
    shows_membership: bool = Field(description="本人单独同意，值守时在窗口页面显示党员身份")


class Choice(Form):
    form: Literal["full", "surname", "post"] = Field(title="公开方式", description="公开姓名、只公开姓氏、只显示岗位")


class Membership(Form):
    shown: bool = Field(title="显示党员身份", description="同意显示为 true，撤回同意为 false")


class Told(Answer):
    message: str = Field(description="可直接显示")


class Shown(Answer):
    shown_as: str
    message: str = Field(description="可直接显示")


class DataSection(Answer):
    id: str
    what: str
    why: str
    term: str = Field(description="保存多久")
    rows: list[dict[str, str]]


class OwnData(Answer):
    taken_at: datetime
    backups: str
    sections: list[DataSection]


_REFUSES = (401, 403)


@route(blueprint, "get", "/me", needs=Can.KEEP_OWN_DATA, summary="我", answers={200: Me}, refuses=_REFUSES)
def me(caller: Caller) -> Response:
    """我的信息、职务、公开方式。没有绑定身份时为 403 not_bound。"""
    at, now = house(), house().now()
    with at.database.transaction() as db:
        told = own_data.me(db, caller.actor(db, now), at.sealer.open, now)
    forms = [
        {"form": form, "chinese": words, "shown_as": public_name(told.name, form), "chosen": form == told.public_form}
        for form, words in FORMS.items()
    ]
    seats = [{"title": one.title, "body": one.body, "from_day": one.from_day, "to_day": one.to_day} for one in told.seats]
    person = {"name": told.name, "branch": told.branch, "section": told.section, "category": told.category, "joined_on": told.joined_on}
    return private(
        {
            **person,
            "phone": told.phone,
            "seats": seats,
            "accounts": list(told.accounts),
            "name_forms": forms,
            "shows_membership": told.shows_membership,
        }
    )


@route(
    blueprint,
    "put",
    "/me/public-name",
    needs=Can.KEEP_OWN_DATA,
    summary="选择公开方式",
    answers={200: Shown},
    refuses=(*_REFUSES, 409, 413, 415, 422, 429),
)
def show_name(caller: Caller, body: Choice) -> Response:
    """同意公开，或撤回同意；公开页面马上随之改变。"""
    at, now = house(), house().now()
    limits.here().writing(at, caller.token)
    with at.database.transaction() as db:
        shown = own_data.show_name(db, caller.actor(db, now), body.form, now)
    return private({"shown_as": shown, "message": f"已记下，公开页面显示您为：{shown}。"})


@route(
    blueprint,
    "put",
    "/me/identity-display",
    needs=Can.KEEP_OWN_DATA,
    summary="同意或撤回显示党员身份",
    answers={200: Told},
    refuses=(*_REFUSES, 409, 413, 415, 422, 429),
)
def show_membership(caller: Caller, body: Membership) -> Response:
    """亮身份要本人单独同意；撤回后窗口页面马上不再显示。"""
    at, now = house(), house().now()
    limits.here().writing(at, caller.token)
    with at.database.transaction() as db:
        own_data.show_membership(db, caller.actor(db, now), body.shown, now)
    return private({"message": "已记下您的同意，值守时显示党员身份。" if body.shown else "已撤回，不再显示您的党员身份。"})


@route(blueprint, "get", "/me/data", needs=Can.KEEP_OWN_DATA, summary="导出本人信息", answers={200: OwnData}, refuses=_REFUSES)
def take_out(caller: Caller) -> Response:
    """本系统保存的本人全部信息，逐项说明为什么保存、保存多久。"""
    at, now = house(), house().now()
    with at.database.transaction() as db:
        sections = own_export.take(db, caller.actor(db, now), at.sealer.open, now)
    told = [{"id": one.item.id, "what": one.item.what, "why": one.item.why, "term": one.item.words, "rows": list(one.rows)} for one in sections]
    return private({"taken_at": now.replace(microsecond=0), "backups": BACKUPS, "sections": told})


@route(blueprint, "delete", "/me/data", needs=Can.KEEP_OWN_DATA, summary="删除本人信息", answers={204: None}, refuses=_REFUSES)
def delete(caller: Caller) -> Response:
    """解绑，并删除微信地址、手机号、公开同意和申请；姓名和支部在组织关系存续期间按规定保留。登录随即失效。"""
    at, now = house(), house().now()
    with at.database.transaction() as db:
        own_data.delete(db, caller.actor(db, now), now)
    return Response(status=204)
