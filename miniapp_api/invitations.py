"""邀请、核对: the secretary hands out codes and decides what is doubtful, on the phone (F08)."""

import re
from datetime import datetime
from typing import Annotated, Literal

from flask import Blueprint, Response
from pydantic import BaseModel, BeforeValidator, Field

from domain import invitations as rules
from domain.identity_refusals import NoSuchPerson, NoSuchRequest
from domain.permissions import Can
from miniapp_api import limits
from miniapp_api.answers import Answer, private
from miniapp_api.door import Caller, house, route
from miniapp_api.reading import Form, figure
from services import identity, identity_requests, invitations, people_list

blueprint = Blueprint("miniapp_invitations", __name__, url_prefix="/api/v1")

_ID = re.compile(r"[1-9][0-9]{0,8}", re.ASCII)
_LARGEST = 2**31 - 1
_REFUSES = (401, 403, 409, 413, 415, 422, 429)


class Wish(Form):
    person_id: int = Field(title="党员", ge=1, le=_LARGEST)


class Invitation(Answer):
    code: str = Field(description="只显示这一次")
    name: str
    ends_at: datetime
    link: str = Field(description="邀请链接，可做成二维码")


class Invitable(Answer):
    person_id: int
    name: str
    branch: str
    bound: bool
    invited_until: datetime | None = Field(description="现有邀请码的有效期")


class Invitables(Answer):
    people: list[Invitable]
    next: int | None = Field(description="还有下一页时，作为 after 再来")


class Request(Answer):
    id: int
    person: str = Field(description="花名册里可能是的人；空为对不上")
    said_name: str
    why: str
    account: str
    asked_at: datetime


class Requests(Answer):
    requests: list[Request]


class ById(BaseModel):
    id: str


class Word(Form):
    verb: Literal["confirm", "refuse"] = Field(title="决定", description="确认本人，或不是本人")


Figure = Annotated[int, BeforeValidator(figure)]


class PeopleQuery(Form):
    after: Figure = Field(title="续页标记", ge=1, le=_LARGEST, default_factory=int, description="上一页的 next")


@route(blueprint, "get", "/invitations", needs=Can.INVITE_MEMBER, summary="可以邀请的人", answers={200: Invitables}, refuses=(401, 403, 422))
def invitable(caller: Caller, query: PeopleQuery) -> Response:
    """本支部（办公室：全部）在册的人，是否已绑定，邀请码到何时有效。"""
    at, now = house(), house().now()
    with at.database.transaction() as db:
        page = people_list.page(db, caller.actor(db, now), people_list.Wanted(after=query.after), at.sealer.open, now)
    told = [
        {"person_id": one.id, "name": one.name, "branch": one.branch, "bound": bool(one.accounts), "invited_until": one.invited_until}
        for one in page.rows
    ]
    return private({"people": told, "next": page.more})


@route(blueprint, "post", "/invitations", needs=Can.INVITE_MEMBER, summary="开具邀请码", answers={201: Invitation}, refuses=(*_REFUSES, 404))
def invite(caller: Caller, body: Wish) -> Response:
    """一人一码，用一次，七天有效；再开一次，前一个作废。"""
    at, now = house(), house().now()
    limits.here().writing(at, caller.token)
    with at.database.transaction() as db:
        issued = invitations.issue(db, caller.actor(db, now), body.person_id, at.pseudonyms.invitation, now)
    link = f"{at.settings.base_url.rstrip('/')}/i/{issued.code}"
    return private({"code": rules.spaced(issued.code), "name": issued.name, "ends_at": issued.ends_at, "link": link}, 201)


@route(blueprint, "delete", "/invitations/<string:id>", needs=Can.INVITE_MEMBER, summary="收回邀请码", answers={204: None}, refuses=(401, 403, 404))
def withdraw(caller: Caller, path: ById) -> Response:
    """收回这个人还没有用的邀请码；id 是人的编号。"""
    at, now = house(), house().now()
    if not _ID.fullmatch(path.id):
        raise NoSuchPerson()
    with at.database.transaction() as db:
        invitations.withdraw(db, caller.actor(db, now), int(path.id), now)
    return Response(status=204)


@route(blueprint, "get", "/binding-requests", needs=Can.CONFIRM_BINDING, summary="待核对的绑定申请", answers={200: Requests}, refuses=(401, 403))
def requests(caller: Caller) -> Response:
    """拿不准是不是本人的绑定申请，等书记核对。"""
    at, now = house(), house().now()
    with at.database.transaction() as db:
        found = identity_requests.waiting(db, caller.actor(db, now))
    told = [
        {"id": one.id, "person": one.person, "said_name": one.said_name, "why": one.why, "account": one.account, "asked_at": one.asked_at}
        for one in found
    ]
    return private({"requests": told})


@route(
    blueprint,
    "post",
    "/binding-requests/<string:id>/decision",
    needs=Can.CONFIRM_BINDING,
    summary="核对绑定申请",
    answers={204: None},
    refuses=(*_REFUSES, 404),
)
def decide(caller: Caller, path: ById, body: Word) -> Response:
    """确认本人即绑定；不是本人则告诉申请人。"""
    at, now = house(), house().now()
    limits.here().writing(at, caller.token)
    if not _ID.fullmatch(path.id):
        raise NoSuchRequest()
    verb = identity.confirm if body.verb == "confirm" else identity_requests.refuse
    with at.database.transaction() as db:
        verb(db, caller.actor(db, now), int(path.id), now)
    return Response(status=204)
