"""异议: said against a pledge from the mini-program, and asked after by its number (A10, F28)."""

import re
from datetime import date

from flask import Blueprint, Response
from pydantic import BaseModel, Field, field_validator
from pydantic_core import PydanticCustomError

from domain.objections import MOST_TEXT, WHO_SEES, Objection, read_phone
from domain.permissions import Can
from domain.ratings import Channel, Privacy
from miniapp_api import limits, pages
from miniapp_api.answers import Answer, private
from miniapp_api.door import Caller, house, route
from miniapp_api.rating_forms import PrivacyWord
from miniapp_api.reading import NO_NUL, Form
from services import objections

blueprint = Blueprint("miniapp_objections", __name__, url_prefix="/api/v1")

_WORDS = re.compile(r"[0-9A-Za-z一-鿿]")
_PHONE = r"^(\+?[0-9]([ -]?[0-9]){6,15})?$"


class ObjectionForm(Form):
    pledge: str = Field(title="承诺", min_length=1, max_length=16, pattern=NO_NUL, description="承诺的 code")
    text: str = Field(
        title="意见", min_length=1, max_length=MOST_TEXT, pattern=NO_NUL, json_schema_extra={"pattern": rf"^[^\x00]*{_WORDS.pattern}[^\x00]*$"}
    )
    privacy: PrivacyWord = Field(title="公开方式", default="anonymous")
    phone: str = Field(title="联系电话", max_length=20, pattern=_PHONE, default="", description="可不填；选匿名时不保存")

    @field_validator("text")
    @classmethod
    def has_words(cls, text: str) -> str:
        if _WORDS.search(text) is None:
            raise PydanticCustomError("no_words", "请写明这条承诺哪里没有做到，或者哪里不实，再提交。", {"field": "text"})
        return text


class ObjectionByNumber(BaseModel):
    number: str = Field(description="异议编号，例如 异0012 或 YI12")


class TakenObjection(Answer):
    number: str
    due: date
    due_words: str
    message: str = Field(description="可直接显示")


class ObjectionProgress(Answer):
    number: str
    pledge: str = Field(description="所指承诺的 code")
    state: str
    chinese: str
    opened_on: date
    due: date
    due_words: str
    answer: str = Field(description="核定后的答复")
    answered_on: date | None


class ObjectionLevel(Answer):
    privacy: str
    chinese: str
    sentence: str = Field(description="谁能看到什么，提交前显示")
    default: bool


class ObjectionOptions(Answer):
    privacy: list[ObjectionLevel]
    longest_text: int


@route(blueprint, "get", "/objection-options", needs=Can.BE_ANYONE, summary="异议选项", answers={200: ObjectionOptions, 304: None})
def options() -> Response:
    """三种公开方式。"""
    return pages.answer(_OPTIONS)


@route(
    blueprint,
    "post",
    "/objections",
    needs=Can.OBJECT,
    summary="提出异议",
    answers={201: TakenObjection},
    refuses=(401, 403, 404, 410, 413, 415, 422, 429),
)
def object_to(caller: Caller, body: ObjectionForm) -> Response:
    """对一条公示的承诺提出异议。同一人同一天说同样的话，得到同一个编号。"""
    at = house()
    limits.here().writing(at, caller.token)
    phone = read_phone(body.phone)
    sealed = at.sealer.seal(phone) if phone else None
    now = at.now()
    with at.database.transaction() as db:
        said = Objection(caller.actor(db, now), body.pledge, body.text, Privacy(body.privacy), Channel.MINIPROGRAM, sealed)
        taken = objections.object_to(db, said, now, at.settings.policy)
    message = f"异议已登记，编号{taken.number}。最迟{taken.due.month}月{taken.due.day}日答复，凭编号可查进度。"
    return private({"number": taken.number, "due": taken.due, "due_words": taken.due_words, "message": message}, 201)


@route(blueprint, "get", "/objections/<string:number>", needs=Can.ASK_PROGRESS, summary="异议进度", answers={200: ObjectionProgress}, refuses=(404,))
def progress(path: ObjectionByNumber) -> Response:
    """状态、期限，核定后的答复；不含提出人和原文。"""
    with house().database.reading() as db:
        told = objections.progress(db, path.number)
    return private(
        {
            "number": told.number, "pledge": told.pledge_code, "state": told.state, "chinese": told.chinese, "opened_on": told.opened_on,
            "due": told.due, "due_words": told.due_words, "answer": told.answer, "answered_on": told.answered_on,
        }
    )  # fmt: skip


def _options() -> ObjectionOptions:
    levels = [ObjectionLevel(privacy=one.value, chinese=one.chinese, sentence=WHO_SEES[one], default=one is Privacy.ANONYMOUS) for one in Privacy]
    return ObjectionOptions(privacy=levels, longest_text=MOST_TEXT)


_OPTIONS = pages.page_of(_options())
