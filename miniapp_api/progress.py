"""进度: where the rectification of a bad rating stands, for whoever holds its number, nothing of the rater or the text; the rater's verdict."""

from datetime import date
from typing import Literal

from flask import Blueprint, Response
from pydantic import BaseModel, Field

from domain.permissions import Can
from domain.ratings import MOST_NOTE
from domain.rectifications import Verdict
from miniapp_api import limits
from miniapp_api.answers import Answer, private
from miniapp_api.door import Caller, house, route
from miniapp_api.reading import NO_NUL, Form
from services import rectification_answers, rectifications

blueprint = Blueprint("miniapp_progress", __name__, url_prefix="/api/v1")


class ByNumber(BaseModel):
    number: str = Field(description="差评编号，例如 A0231")


class Progress(Answer):
    number: str
    state: str
    chinese: str = Field(description="状态")
    opened_on: date
    due: date
    due_words: str = Field(description="期限是怎么算的")
    answer: str = Field(description="复核后的整改答复；办结前为空")


class VerdictForm(Form):
    """The rater's word on the answer."""

    verdict: Literal["satisfied", "dissatisfied"] = Field(title="满意不满意")
    text: str = Field(title="说明", max_length=MOST_NOTE, pattern=NO_NUL, default="")


def progress_of(told: rectifications.Progress) -> dict[str, object]:
    return {
        "number": told.number,
        "state": told.state,
        "chinese": told.chinese,
        "opened_on": told.opened_on,
        "due": told.due,
        "due_words": told.due_words,
        "answer": told.answer,
    }


@route(blueprint, "get", "/progress/<string:number>", needs=Can.ASK_PROGRESS, summary="凭编号查进度", answers={200: Progress}, refuses=(404,))
def progress(path: ByNumber) -> Response:
    """状态、期限，复核后的答复；不含评价人和原文。"""
    with house().database.reading() as db:
        return private(progress_of(rectifications.progress(db, path.number)))


@route(
    blueprint,
    "post",
    "/progress/<string:number>/verdict",
    needs=Can.JUDGE_RECTIFICATION,
    summary="整改满意不满意",
    answers={200: Progress},
    refuses=(401, 403, 404, 409, 413, 415, 422, 429),
)
def judge(caller: Caller, path: ByNumber, body: VerdictForm) -> Response:
    """评价人本人对整改答复说满意不满意；不满意退回二次督办，限一次。"""
    at = house()
    limits.here().writing(at, caller.token)
    now = at.now()
    with at.database.transaction() as db:
        rectification_answers.judge(db, caller.actor(db, now), path.number, Verdict(body.verdict), body.text, now, at.settings.policy)
        return private(progress_of(rectifications.progress(db, path.number)))
