"""审核: what waits for a reviewer, and many decided at once on the phone (A8); batches for the committee (A7)."""

from typing import Annotated, Literal

from flask import Blueprint, Response
from pydantic import Field

from domain.permissions import Can
from miniapp_api import limits
from miniapp_api.answers import Answer, private
from miniapp_api.door import Caller, house, route
from miniapp_api.own_pledges import ByCode
from miniapp_api.pledge_words import DifferenceAnswer, HintAnswer, Said, difference_of, hint_of, said_of
from miniapp_api.reading import NO_NUL, Form
from services import batches, pledge_reviews, pledge_rows
from services.batches import Batch
from services.pledge_reviews import Decision, Item, Turn

blueprint = Blueprint("miniapp_reviews", __name__, url_prefix="/api/v1")

TurnWord = Literal["review", "amendment", "confirm", "publish"]
_MOST = 100


class ReviewAnswer(Answer):
    code: str
    turn: TurnWord
    turn_words: str
    author: str
    state_words: str
    wording: Said
    version: int = Field(description="办理时带回：看过的是这一稿")
    hints: list[HintAnswer]
    why: str = Field(description="变更原因")
    changes: list[DifferenceAnswer] = Field(description="变更前后对照")


class ReviewsAnswer(Answer):
    reviews: list[ReviewAnswer]


class Chosen(Form):
    code: str = Field(title="承诺", min_length=1, max_length=16, pattern=NO_NUL)
    version: int = Field(title="版次", ge=1, le=2**31 - 1)
    turn: TurnWord = Field(title="事项", default="review")


class Decisions(Form):
    chosen: list[Chosen] = Field(title="承诺", min_length=1, max_length=_MOST)
    verdict: Literal["approve", "return"] = Field(title="意见", description="return：退回、核实不符，须写原因")
    why: str = Field(title="原因", max_length=300, pattern=NO_NUL, default_factory=str)


class OutcomeAnswer(Answer):
    code: str
    done: bool
    message: str = Field(description="没有办成的原因，可直接显示")


class OutcomesAnswer(Answer):
    outcomes: list[OutcomeAnswer]
    done: int


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


@route(blueprint, "get", "/reviews", needs=Can.HANDLE_REVIEWS, summary="待我审核", answers={200: ReviewsAnswer}, refuses=(401, 403))
def waiting(caller: Caller) -> Response:
    """待审核、变更待审、待核实、待公示的承诺，先到的在前。"""
    at = house()
    now = at.now()
    with at.database.transaction() as db:
        return private({"reviews": [_review(item) for item in pledge_reviews.waiting(db, caller.actor(db, now), now)]})


def _review(item: Item) -> dict[str, object]:
    return {
        "code": item.code,
        "turn": item.turn.value,
        "turn_words": item.turn.chinese,
        "author": item.author,
        "state_words": item.state_words,
        "wording": said_of(item.wording),
        "version": item.seen,
        "hints": [hint_of(one) for one in item.hints],
        "why": item.why,
        "changes": [difference_of(one) for one in item.changes],
    }


@route(
    blueprint, "post", "/reviews/decisions", needs=Can.HANDLE_REVIEWS, summary="审核，可多条", answers={200: OutcomesAnswer},
    refuses=(401, 403, 413, 415, 422, 429),
)  # fmt: skip
def decide(caller: Caller, body: Decisions) -> Response:
    """一次办一条或多条，各条互不影响：没有办成的逐条说明原因。看过之后又改过的不会被办理。"""
    at = house()
    limits.here().writing(at, caller.token)
    now = at.now()
    chosen = [Decision(one.code, one.version, Turn(one.turn)) for one in body.chosen]
    with at.database.transaction() as db:
        outcomes = pledge_reviews.decide_many(db, caller.actor(db, now), chosen, body.verdict == "approve", body.why, now)
    told = [{"code": one.code, "done": one.refusal is None, "message": one.refusal.text if one.refusal else ""} for one in outcomes]
    return private({"outcomes": told, "done": sum(one.refusal is None for one in outcomes)})


@route(blueprint, "get", "/batches", needs=Can.READ_UNPUBLISHED, summary="单位承诺汇总", answers={200: BatchesAnswer}, refuses=(401, 403))
def listed(caller: Caller) -> Response:
    """支部看本支部的，局党委看全部，最近的在前。"""
    at = house()
    now = at.now()
    with at.database.transaction() as db:
        return private({"batches": [_batch(one) for one in batches.listed(db, caller.actor(db, now))]})


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
        return private(_batch(decided))


def _batch(batch: Batch) -> dict[str, object]:
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
        "rows": rows,
    }
