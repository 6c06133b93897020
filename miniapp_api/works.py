"""重点工程: works with planned and actual milestones (A11)."""

from datetime import date, datetime
from typing import Any

from flask import Blueprint, Response
from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from domain.calendar import local_day
from domain.permissions import Can
from miniapp_api import pages
from miniapp_api.answers import Answer
from miniapp_api.door import route
from services import works
from services.works import Told

blueprint = Blueprint("miniapp_works", __name__, url_prefix="/api/v1")


class WorkByCode(BaseModel):
    code: str = Field(description="工程的 code")


class Milestone(Answer):
    name: str
    planned: date = Field(description="最初公开的计划日期")
    expected: date | None = Field(description="调整后日期")
    actual: date | None = Field(description="实际完成日期")
    standing: str
    words: str = Field(description="按期完成、推迟12天等")
    note: str = Field(description="晚于计划的原因")


class TiedPledge(Answer):
    code: str
    content: str


class Work(Answer):
    code: str
    name: str
    branch: str
    section: str = Field(description="责任单位")
    summary: str
    percent: int
    state: str
    chinese: str
    behind: int = Field(description="比计划晚几天，0 为不晚")
    delay_words: str
    updated_on: date
    milestones: list[Milestone]


class WholeWork(Work):
    pledges: list[TiedPledge] = Field(description="相关的承诺")


class Works(Answer):
    works: list[Work]


@route(blueprint, "get", "/works", needs=Can.BE_ANYONE, summary="重点工程", answers={200: Works, 304: None})
def shown() -> Response:
    """全部公开的重点工程，在建的在前。支持 ETag。"""
    return pages.public("works", draw=_all)


@route(blueprint, "get", "/works/<string:code>", needs=Can.BE_ANYONE, summary="一项重点工程", answers={200: WholeWork, 304: None}, refuses=(404,))
def one(path: WorkByCode) -> Response:
    """计划、实际、说明和相关的承诺。支持 ETag。"""
    return pages.public("work", path.code, draw=lambda db, now: _one(db, path.code, now))


def _all(db: Session, now: datetime) -> Works:
    return Works(works=[Work(**_told(one, local_day(now))) for one in works.shown(db, now)])


def _one(db: Session, code: str, now: datetime) -> WholeWork:
    told = works.one(db, code, now)
    tied = [TiedPledge(code=one.code, content=one.content) for one in told.pledges]
    return WholeWork(**_told(told, local_day(now)), pledges=tied)


def _told(told: Told, today: date) -> dict[str, Any]:
    plain = {name: getattr(told, name) for name in Work.model_fields if name != "milestones"}
    return plain | {
        "milestones": [
            Milestone(
                name=one.name, planned=one.planned, expected=one.expected, actual=one.actual, standing=one.standing(today).value,
                words=one.words(today), note=one.note,
            )
            for one in told.milestones
        ]
    }  # fmt: skip
