"""审核: what waits for a reviewer, and many decided at once on the phone (A8)."""

from typing import Literal

from flask import Blueprint, Response
from pydantic import Field

from domain.permissions import Can
from miniapp_api import limits
from miniapp_api.answers import Answer, private
from miniapp_api.door import Caller, house, route
from miniapp_api.pledge_words import DifferenceAnswer, HintAnswer, Said, difference_of, hint_of, said_of
from miniapp_api.reading import NO_NUL, Form
from services import pledge_reviews
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
