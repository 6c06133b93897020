"""我的承诺: draft, save as one writes, submit, withdraw, amend, report; each deed names the version it was based on."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any, Literal

from flask import Blueprint, Response
from pydantic import BaseModel, BeforeValidator, Field
from sqlalchemy.orm import Session

from domain.actor import Actor
from domain.permissions import Can
from domain.pledge.wording import Kind
from miniapp_api import limits
from miniapp_api.answers import Answer, private
from miniapp_api.door import Caller, house, route
from miniapp_api.pledge_words import KindWord, LineAnswer, PledgeWords, RecordAnswer, line_of, record_of
from miniapp_api.reading import NO_NUL, Form, figure
from miniapp_api.repeats import RepeatHeaders, once
from services import amendments, pledge_progress, pledge_records, pledges
from services.pledge_progress import MOST_WORDS, Entry, Reported

blueprint = Blueprint("miniapp_own_pledges", __name__, url_prefix="/api/v1")

_REFUSES = (401, 403, 404, 409, 413, 415, 422, 429)
_TOLD, _ADDED = {200: RecordAnswer}, {201: RecordAnswer}
_PAGE = 20
Figure = Annotated[int, BeforeValidator(figure)]
Version = Annotated[int, Field(title="版次", ge=1, le=2**31 - 1, description="看到的 version；别处改过则为 409")]
Why = Annotated[str, Field(title="原因", max_length=300, pattern=NO_NUL)]


class ByCode(BaseModel):
    code: str


class ListQuery(Form):
    after: Figure = Field(title="续页标记", ge=1, le=2**31 - 1, default_factory=int, description="上一页的 next")


class OwnPage(Answer):
    pledges: list[LineAnswer]
    next: int | None


class NewPledge(PledgeWords):
    campaign: str = Field(title="活动", min_length=1, max_length=40, pattern=NO_NUL)
    kind: KindWord = Field(title="承诺类别", default="post")
    unit_id: int = Field(title="单位", ge=1, le=2**31 - 1, default_factory=int, description="替单位起草时填")
    window_id: int = Field(title="窗口", ge=1, le=2**31 - 1, default_factory=int, description="显示在哪个窗口的页面上")
    meeting: str = Field(title="党员大会", max_length=60, pattern=NO_NUL, default_factory=str, description="单位承诺必填：哪天的党员大会讨论通过")


class SavedPledge(PledgeWords):
    version: Version
    kind: KindWord = Field(title="承诺类别", default="post")
    meeting: str = Field(title="党员大会", max_length=60, pattern=NO_NUL, default_factory=str)
    work: str | None = Field(title="重点工程", max_length=16, pattern=NO_NUL, default=None, description="works 里的 key；空为不关联，不填为不变")


class Seen(Form):
    version: Version


class Retraction(Form):
    why: Why


class ChangeForm(PledgeWords):
    version: Version
    why: Why


class ProgressForm(Form):
    version: Version
    kind: Literal["progress", "fulfil", "excuse"] = Field(title="报告种类", description="progress 进展，fulfil 报告兑现，excuse 说明客观原因")
    words: str = Field(title="进展说明", max_length=MOST_WORDS, pattern=NO_NUL, default_factory=str)
    percent: int = Field(title="完成比例", ge=0, le=100, default_factory=int)
    files: list[Annotated[str, Field(max_length=32, pattern=NO_NUL)]] = Field(title="佐证材料", max_length=9, default_factory=list)


@route(blueprint, "get", "/me/pledges", needs=Can.DRAFT_PLEDGE, summary="我的承诺", answers={200: OwnPage}, refuses=(401, 403, 422))
def listed(caller: Caller, query: ListQuery) -> Response:
    """自己的和本单位的，最近的在前。"""
    at = house()
    now = at.now()
    with at.database.transaction() as db:
        found = pledge_records.own(db, caller.actor(db, now), now, query.after, _PAGE + 1)
    more = found[_PAGE - 1].key if len(found) > _PAGE else None
    return private({"pledges": [line_of(one) for one in found[:_PAGE]], "next": more})


@route(blueprint, "post", "/me/pledges", needs=Can.DRAFT_PLEDGE, summary="起草承诺", answers=_ADDED, refuses=(*_REFUSES, 410))
def draft(caller: Caller, headers: RepeatHeaders, body: NewPledge) -> Response:
    """存为草稿，只有自己看得到；可以不完整。可带请求头 Idempotency-Key。"""
    return once(caller, headers, body, lambda db, actor, now: _drafted(db, actor, body, now))


def _drafted(db: Session, actor: Actor, body: NewPledge, now: datetime) -> dict[str, object]:
    given = {"unit_id": body.unit_id or None, "window_id": body.window_id or None}
    pledge = pledges.open_draft(db, actor, body.campaign, now, wording=body.wording, kind=Kind(body.kind), meeting=body.meeting, **given)
    return record_of(pledge_records.one(db, actor, pledge.code, now))


@route(blueprint, "get", "/me/pledges/<string:code>", needs=Can.DRAFT_PLEDGE, summary="一条承诺", answers=_TOLD, refuses=(401, 403, 404))
def one(caller: Caller, path: ByCode) -> Response:
    """文字、状态、各版对照、进展和经过；审核人也用它看待审的承诺。"""
    at = house()
    now = at.now()
    with at.database.transaction() as db:
        return private(record_of(pledge_records.one(db, caller.actor(db, now), path.code, now)))


@route(blueprint, "put", "/me/pledges/<string:code>", needs=Can.SUBMIT_PLEDGE, summary="保存草稿", answers=_TOLD, refuses=_REFUSES)
def save(caller: Caller, path: ByCode, body: SavedPledge) -> Response:
    """整条重写，可反复保存；在别的手机上改过则为 409，不会互相覆盖。"""
    beside: dict[str, Any] = {"seen": body.version, "kind": Kind(body.kind), "meeting": body.meeting, "work": body.work}
    return _done(caller, path, lambda db, actor, now: pledges.save(db, actor, path.code, body.wording, now, **beside))


@route(
    blueprint,
    "post",
    "/me/pledges/<string:code>/submission",
    needs=Can.SUBMIT_PLEDGE,
    summary="提交审核",
    answers=_TOLD,
    refuses=_REFUSES,
)
def submit(caller: Caller, path: ByCode, body: Seen) -> Response:
    """“四明确”缺一项即为 422；提示不妨碍提交。"""
    return _done(caller, path, lambda db, actor, now: pledges.submit(db, actor, path.code, now, seen=body.version))


@route(
    blueprint, "delete", "/me/pledges/<string:code>/submission", needs=Can.SUBMIT_PLEDGE, summary="撤回", answers=_TOLD,
    refuses=(401, 403, 404, 409, 429),
)  # fmt: skip
def withdraw(caller: Caller, path: ByCode) -> Response:
    """审核之前可以撤回继续修改。"""
    return _done(caller, path, lambda db, actor, now: pledges.withdraw(db, actor, path.code, now))


@route(
    blueprint,
    "post",
    "/me/pledges/<string:code>/retraction",
    needs=Can.RETRACT_PLEDGE,
    summary="撤下公示",
    answers=_TOLD,
    refuses=_REFUSES,
)
def retract(caller: Caller, path: ByCode, body: Retraction) -> Response:
    """撤回公开的同意，写明原因，立即生效。"""
    return _done(caller, path, lambda db, actor, now: pledges.retract(db, actor, path.code, body.why, now))


@route(
    blueprint,
    "post",
    "/me/pledges/<string:code>/amendment",
    needs=Can.SUBMIT_PLEDGE,
    summary="提交变更",
    answers=_TOLD,
    refuses=_REFUSES,
)
def amend(caller: Caller, path: ByCode, body: ChangeForm) -> Response:
    """已公示的文字不能直接改：写明原因，审核通过后作为新的一版公示。"""
    return _done(caller, path, lambda db, actor, now: amendments.propose(db, actor, path.code, body.wording, body.why, now, seen=body.version))


@route(
    blueprint, "delete", "/me/pledges/<string:code>/amendment", needs=Can.SUBMIT_PLEDGE, summary="撤回变更", answers=_TOLD,
    refuses=(401, 403, 404, 409, 429),
)  # fmt: skip
def withdraw_amendment(caller: Caller, path: ByCode) -> Response:
    """公示的文字照旧。"""
    return _done(caller, path, lambda db, actor, now: amendments.withdraw(db, actor, path.code, now))


@route(
    blueprint,
    "post",
    "/me/pledges/<string:code>/progress",
    needs=Can.REPORT_FULFILMENT,
    summary="报告进展",
    answers={201: RecordAnswer},
    refuses=_REFUSES,
)
def report(caller: Caller, path: ByCode, headers: RepeatHeaders, body: ProgressForm) -> Response:
    """进展、报告兑现或说明客观原因；附件先用 /files 上传。可带请求头 Idempotency-Key。"""
    return once(caller, headers, body, lambda db, actor, now: _reported(db, actor, path.code, body, now), about=path.code)


def _reported(db: Session, actor: Actor, code: str, body: ProgressForm, now: datetime) -> dict[str, object]:
    entry = Entry(Reported(body.kind), body.words, body.percent, body.files)
    pledge_progress.report(db, actor, code, entry, now, seen=body.version)
    return record_of(pledge_records.one(db, actor, code, now))


def _done(caller: Caller, path: ByCode, deed: Callable[[Session, Actor, datetime], object]) -> Response:
    """Do it and show what has become of the pledge."""
    at = house()
    limits.here().writing(at, caller.token)
    now = at.now()
    with at.database.transaction() as db:
        actor = caller.actor(db, now)
        deed(db, actor, now)
        return private(record_of(pledge_records.one(db, actor, path.code, now)))
