"""单位承诺汇总 on the phone: the secretary compiles what the units handed in, or gives one back; the committee decides (A7)."""

from datetime import datetime
from typing import Annotated, Literal

from flask import Blueprint, Response
from pydantic import Field
from sqlalchemy.orm import Session

from domain.actor import Actor
from domain.flows.batches import BatchState
from domain.permissions import Can, could
from miniapp_api import limits
from miniapp_api.answers import Answer, private
from miniapp_api.door import Caller, house, route
from miniapp_api.own_pledges import ByCode, Version, Why
from miniapp_api.pledge_words import Said, said_of
from miniapp_api.reading import NO_NUL, Form
from miniapp_api.repeats import RepeatHeaders, once
from services import batches, pledge_rows
from services.batches import Batch, Group

blueprint = Blueprint("miniapp_batches", __name__, url_prefix="/api/v1")

_REFUSES = (401, 403, 404, 409, 413, 415, 422, 429)
_MOST = 100


class FreeAnswer(Answer):
    code: str
    unit: str
    meeting: str
    wording: Said
    version: int = Field(description="退回时带回：看过的是这一稿")


class GroupAnswer(Answer):
    campaign: str
    campaign_title: str
    branch_id: int
    branch: str
    pledges: list[FreeAnswer]


class OpenAnswer(Answer):
    groups: list[GroupAnswer] = Field(description="一个支部在一项活动里的单位承诺，汇总成一批")


class Compiled(Form):
    campaign: str = Field(title="活动", min_length=1, max_length=40, pattern=NO_NUL)
    branch_id: int = Field(title="党支部", ge=1, le=2**31 - 1)
    chosen: list[Annotated[str, Field(max_length=16, pattern=NO_NUL)]] = Field(title="承诺", min_length=1, max_length=_MOST)


class CompiledAnswer(Answer):
    code: str
    message: str = Field(description="可直接显示")


class GivenBack(Form):
    version: Version
    why: Why


class GivenBackAnswer(Answer):
    message: str = Field(description="可直接显示")


class BatchRowAnswer(Answer):
    code: str
    unit: str
    meeting: str
    wording: Said
    decision: str
    opinion: str


class BatchAnswer(Answer):
    code: str
    branch: str
    state: str
    state_words: str
    number: str
    opinion: str
    version: int
    waiting: int
    may_decide: bool = Field(description="您可以审定这一批")
    rows: list[BatchRowAnswer]


class BatchesAnswer(Answer):
    batches: list[BatchAnswer]


class BatchDecision(Form):
    version: int = Field(title="版次", ge=1, le=2**31 - 1)
    verdict: Literal["approve", "return"] = Field(title="意见")
    why: str = Field(title="审定意见", max_length=300, pattern=NO_NUL, default_factory=str)
    number: str = Field(title="审定文号", max_length=60, pattern=NO_NUL, default_factory=str)
    only: list[Annotated[str, Field(max_length=16, pattern=NO_NUL)]] = Field(
        title="承诺", max_length=_MOST, default_factory=list, description="只办这几条；空为整批"
    )


@route(blueprint, "get", "/batches/open", needs=Can.COMPILE_PLEDGES, summary="待汇总的单位承诺", answers={200: OpenAnswer}, refuses=(401, 403))
def lying_free(caller: Caller) -> Response:
    """科室（单位）已提交、还没有汇总的；支部看本支部的，办公室看全部。"""
    at = house()
    now = at.now()
    with at.database.transaction() as db:
        return private({"groups": [_group(one) for one in batches.free(db, caller.actor(db, now))]})


@route(blueprint, "post", "/batches", needs=Can.COMPILE_PLEDGES, summary="汇总单位承诺", answers={201: CompiledAnswer}, refuses=_REFUSES)
def compile_(caller: Caller, headers: RepeatHeaders, body: Compiled) -> Response:
    """选中的汇总成一批，报局党委审定。可带请求头 Idempotency-Key。"""
    return once(caller, headers, body, lambda db, actor, now: _compiled(db, actor, body, now))


def _compiled(db: Session, actor: Actor, body: Compiled, now: datetime) -> dict[str, object]:
    made = batches.compile_(db, actor, body.campaign, body.branch_id, body.chosen, now)
    return {"code": made.code, "message": "已汇总，报局党委审定。"}


@route(
    blueprint,
    "post",
    "/batches/open/<string:code>/return",
    needs=Can.COMPILE_PLEDGES,
    summary="退回单位承诺",
    answers={200: GivenBackAnswer},
    refuses=_REFUSES,
)
def give_back(caller: Caller, path: ByCode, body: GivenBack) -> Response:
    """汇总之前，支部可以写明原因退回；原因告知起草人。"""
    at = house()
    limits.here().writing(at, caller.token)
    now = at.now()
    with at.database.transaction() as db:
        batches.send_back(db, caller.actor(db, now), path.code, body.why, now, seen=body.version)
    return private({"message": "已退回，原因已告知起草人。"})


def _group(group: Group) -> dict[str, object]:
    rows = [
        {"code": one.code, "unit": one.unit, "meeting": one.meeting, "wording": said_of(one.wording), "version": one.version} for one in group.rows
    ]
    return {
        "campaign": group.campaign,
        "campaign_title": group.title,
        "branch_id": group.branch_id,
        "branch": group.branch,
        "pledges": rows,
    }


@route(blueprint, "get", "/batches", needs=Can.READ_UNPUBLISHED, summary="单位承诺汇总", answers={200: BatchesAnswer}, refuses=(401, 403))
def listed(caller: Caller) -> Response:
    """支部看本支部的，局党委看全部，最近的在前。"""
    at = house()
    now = at.now()
    with at.database.transaction() as db:
        actor = caller.actor(db, now)
        return private({"batches": [_batch(actor, one) for one in batches.listed(db, actor)]})


@route(
    blueprint, "post", "/batches/<string:code>/decision", needs=Can.APPROVE_UNIT_PLEDGE, summary="审定单位承诺", answers={200: BatchAnswer},
    refuses=(401, 403, 404, 409, 413, 415, 422, 429),
)  # fmt: skip
def decide_batch(caller: Caller, path: ByCode, body: BatchDecision) -> Response:
    """整批或逐条通过、退回；退回的原因送达单位。"""
    at = house()
    limits.here().writing(at, caller.token)
    now = at.now()
    with at.database.transaction() as db:
        actor = caller.actor(db, now)
        decided = batches.decide(db, actor, path.code, body.verdict, body.why, now, number=body.number, only=body.only, seen=body.version)
        return private(_batch(actor, decided))


def _batch(actor: Actor, batch: Batch) -> dict[str, object]:
    rows = [
        {
            "code": row.pledge.code,
            "unit": row.unit,
            "meeting": row.pledge.meeting,
            "wording": said_of(pledge_rows.wording_of(row.pledge)),
            "decision": row.decision,
            "opinion": row.opinion,
        }
        for row in batch.rows
    ]
    return {
        "code": batch.code,
        "branch": batch.branch,
        "state": batch.state,
        "state_words": batch.state_words,
        "number": batch.number,
        "opinion": batch.opinion,
        "version": batch.version,
        "waiting": batch.waiting,
        "may_decide": batch.state == BatchState.SENT and could(actor, Can.APPROVE_UNIT_PLEDGE),
        "rows": rows,
    }
