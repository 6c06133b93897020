"""评价: one tap becomes one durable rating; changed within its term; one's own listed with their progress (F22)."""

import re
from datetime import date, timedelta
from typing import Annotated, Any, Literal, Self

from flask import Response
from flask_openapi3.blueprint import APIBlueprint
from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from domain.calendar import local_day
from domain.errors import NoSuchRating
from domain.marks import Mark
from domain.permissions import Can
from domain.ratings import MOST_NOTE, Privacy, may_change_on
from domain.tags import INDICATORS, tags_for
from miniapp_api import limits
from miniapp_api.desk import Wish, rate_all, rating_answer
from miniapp_api.door import Caller, house, json_answer, route
from miniapp_api.progress import Progress, progress_of
from miniapp_api.reading import NO_NUL, Form
from services import ratings, rectifications
from services import register as registers

blueprint = APIBlueprint("miniapp_ratings", __name__, url_prefix="/api/v1")

Level = Annotated[int, Field(ge=1, le=5)]
Tag = Annotated[str, Field(min_length=1, max_length=20, pattern=NO_NUL)]
PrivacyWord = Literal["anonymous", "confidential", "public"]

_ID = re.compile(r"[0-9]{1,19}", re.ASCII)
_TAGS_OF_LEVEL = [{"properties": {"level": {"const": int(mark)}, "tags": {"items": {"enum": list(tags_for(mark))}}}} for mark in sorted(Mark)]
_ONE_PLACE = [{"required": ["code"]}, {"required": ["window_id"]}]


class RatingForm(Form):
    """`code` as scanned or `window_id`, one of the two."""

    code: str = Field(title="二维码", min_length=1, max_length=64, pattern=NO_NUL, default_factory=str)
    window_id: int = Field(title="窗口", ge=1, le=2**31 - 1, default_factory=int)
    level: Level = Field(title="满意程度")
    tags: list[Tag] = Field(title="评价原因", max_length=len(INDICATORS), default_factory=list)
    text: str = Field(title="说明", max_length=MOST_NOTE, pattern=NO_NUL, default="")
    privacy: PrivacyWord = Field(title="公开方式", default="anonymous")

    model_config = ConfigDict(json_schema_extra={"oneOf": _ONE_PLACE, "anyOf": _TAGS_OF_LEVEL})

    @model_validator(mode="after")
    def one_place(self) -> Self:
        if bool(self.code) == bool(self.window_id):
            raise PydanticCustomError("one_place", "请给出“二维码”或“窗口”，二者给且只给一个。", {"field": "window_id"})
        return self


class RatingChange(Form):
    """Only what is to change."""

    level: Level = Field(title="满意程度", default_factory=int)
    tags: list[Tag] = Field(title="评价原因", max_length=len(INDICATORS), default_factory=list)
    text: str = Field(title="说明", max_length=MOST_NOTE, pattern=NO_NUL, default_factory=str)
    privacy: PrivacyWord = Field(title="公开方式", default_factory=lambda: "anonymous")

    model_config = ConfigDict(json_schema_extra={"minProperties": 1})

    @model_validator(mode="after")
    def something(self) -> Self:
        if not self.model_fields_set:
            raise PydanticCustomError("nothing", "请至少修改一项：满意程度、评价原因、说明或公开方式。", {"field": "level"})
        return self


class RatingHeader(Form):
    key: str = Field(
        alias="Idempotency-Key",
        title="提交编号",
        min_length=8,
        max_length=64,
        pattern=r"^[A-Za-z0-9_-]+$",
        default_factory=str,
        description="同一编号重复提交，得到第一次的回答",
    )


class ById(BaseModel):
    id: str


class Rating(BaseModel):
    """What became of a rating."""

    id: str
    window_id: int
    window: str
    level: int
    chinese: str
    changed: bool = Field(description="改的是当天已有的评价")
    day: date
    number: str | None = Field(description="差评编号")
    due: date | None = Field(description="整改期限")
    message: str = Field(description="可直接显示")


class OwnRating(BaseModel):
    id: str
    window_id: int
    window: str
    level: int
    chinese: str
    tags: list[str]
    text: str
    privacy: PrivacyWord
    day: date
    changeable_until: date
    changeable: bool
    progress: Progress | None


class OwnRatings(BaseModel):
    ratings: list[OwnRating]


@route(
    blueprint, "post", "/ratings", needs=Can.RATE_WINDOW, summary="评价窗口",
    answers={201: Rating, 401: None, 403: None, 404: None, 409: None, 410: None, 413: None, 415: None, 422: None, 429: None},
)  # fmt: skip
def rate(caller: Caller, header: RatingHeader, body: RatingForm) -> Response:
    """同一人同一窗口同一天只有一条，再评即为修改。"""
    at = house()
    limits.writing(at, caller.token)
    request = body.model_dump_json() if header.key else ""
    said = (Mark(body.level), tuple(body.tags), body.text, Privacy(body.privacy))
    wish = Wish(at, caller.token, body.code, body.window_id, *said, header.key, request)
    answered = at.database.together(rate_all, wish)
    limits.seen(caller.token, answered.contact)
    return Response(answered.body, 201, {"Cache-Control": "no-store"}, content_type="application/json")


@route(blueprint, "get", "/ratings", needs=Can.SEE_OWN_RATINGS, summary="我的评价", answers={200: OwnRatings, 401: None, 403: None})
def own(caller: Caller) -> Response:
    """最近30天自己的评价和整改进度。"""
    at = house()
    now = at.now()
    with at.database.transaction() as db:
        rows = ratings.own_ratings(db, caller.actor(db, now), now)
        orders = rectifications.of_ratings(db, [row.id for row in rows])
        places = registers.current(db, local_day(now)).places
        term = at.settings.policy.change_term_days
        return json_answer({"ratings": [_own(row, places[row.window_id].spoken, orders.get(row.id), local_day(now), term) for row in rows]})


def _own(row: Any, window: str, order: rectifications.Progress | None, today: date, term: int) -> dict[str, object]:
    return {
        "id": str(row.id),
        "window_id": row.window_id,
        "window": window,
        "level": row.level,
        "chinese": Mark(row.level).chinese,
        "tags": row.tags or [],
        "text": row.note,
        "privacy": row.privacy,
        "day": row.day,
        "changeable_until": row.day + timedelta(days=term),
        "changeable": may_change_on(row.day, today, term),
        "progress": progress_of(order) if order else None,
    }


@route(
    blueprint, "patch", "/ratings/<string:id>", needs=Can.RATE_WINDOW, summary="修改评价",
    answers={200: Rating, 401: None, 403: None, 404: None, 409: None, 413: None, 415: None, 422: None, 429: None},
)  # fmt: skip
def change(caller: Caller, path: ById, body: RatingChange) -> Response:
    """期限内修改自己的评价；没有给出的项目不变，改了满意程度而没有给原因则清空原因。"""
    at = house()
    limits.writing(at, caller.token)
    if not _ID.fullmatch(path.id) or int(path.id) >= 2**63:
        raise NoSuchRating()
    now = at.now()
    with at.database.transaction() as db:
        actor = caller.actor(db, now)
        row = ratings.own(db, actor, int(path.id))
        sent = body.model_fields_set
        mark = Mark(body.level if "level" in sent else row.level)
        tags = body.tags if "tags" in sent else (row.tags or []) if mark == row.level else []
        note, privacy = body.text if "text" in sent else row.note, Privacy(body.privacy if "privacy" in sent else row.privacy)
        return json_answer(rating_answer(ratings.change(db, actor, row.id, mark, note, tags, privacy, now, at.settings.policy)))
