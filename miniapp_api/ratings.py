"""评价: one tap becomes one durable rating; changed within its term; one's own listed with their progress (F22)."""

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from flask import Blueprint, Response
from pydantic import BaseModel, Field

from domain.calendar import local_day
from domain.errors import NoSuchRating
from domain.marks import Mark
from domain.permissions import Can
from domain.ports import House
from domain.ratings import Privacy, may_change_on
from miniapp_api import limits
from miniapp_api.answers import PRIVATE, Answer, private, response
from miniapp_api.desk import Wish, rate_all, rating_answer
from miniapp_api.door import Caller, house, route
from miniapp_api.progress import Progress, progress_of
from miniapp_api.rating_forms import PrivacyWord, RatingChange, RatingForm, RatingHeaders, RatingWords
from services import ratings, rectifications
from services import register as registers

blueprint = Blueprint("miniapp_ratings", __name__, url_prefix="/api/v1")

_ID = re.compile(r"[0-9]{1,19}", re.ASCII)
_LARGEST_ID = 2**63 - 1
Said = tuple[Mark, str, Sequence[str], Privacy]

_REFUSES = (401, 403, 404, 409, 413, 415, 422, 429)


class ById(BaseModel):
    id: str


class Rating(Answer):
    """What became of a rating."""

    id: str
    window_id: int
    window: str
    level: int
    chinese: str
    changed: bool = Field(description="改的是已有的评价")
    day: date
    number: str | None = Field(description="差评编号")
    due: date | None = Field(description="整改期限")
    message: str = Field(description="可直接显示")


class OwnRating(Answer):
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


class OwnRatings(Answer):
    ratings: list[OwnRating]


@route(blueprint, "post", "/ratings", needs=Can.RATE_WINDOW, summary="评价窗口", answers={201: Rating}, refuses=(*_REFUSES, 410))
def rate(caller: Caller, headers: RatingHeaders, body: RatingForm) -> Response:
    """同一人同一窗口同一天只有一条，再评即为修改。

    可带请求头 Idempotency-Key（8 至 64 个字母、数字、_ 或 -）：同一编号、同一内容再次提交，得到与第一次完全相同的回答；
    用于不同内容则为 422 key_reused。编号保留一天。
    """
    at = house()
    limits.here().writing(at, caller.token)
    answered = at.database.together(rate_all, wish_of(at, caller.token, headers.key, body))
    limits.here().seen(caller.token, answered.contact)
    return response((201, PRIVATE, answered.body))


def wish_of(at: House, token: str, key: str, form: RatingForm) -> Wish:
    """The form as the desk takes it; “the same body” means the same words, however spaced (R02)."""
    said = (Mark(form.level), tuple(form.tags), form.text, Privacy(form.privacy))
    return Wish(at, token, form.code, form.window_id, *said, key, form.model_dump_json() if key else "")


@route(blueprint, "get", "/ratings", needs=Can.SEE_OWN_RATINGS, summary="我的评价", answers={200: OwnRatings}, refuses=(401, 403))
def own(caller: Caller) -> Response:
    """最近30天自己的评价和整改进度。"""
    at = house()
    now = at.now()
    with at.database.transaction() as db:
        rows = ratings.own_ratings(db, caller.actor(db, now), now)
        orders = rectifications.of_ratings(db, [row.id for row in rows])
        places = registers.current(db, local_day(now)).places
        term = at.settings.policy.change_term_days
        return private({"ratings": [_own(row, places[row.window_id].spoken, orders.get(row.id), local_day(now), term) for row in rows]})


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


@route(blueprint, "put", "/ratings/<string:id>", needs=Can.RATE_WINDOW, summary="重写评价", answers={200: Rating}, refuses=_REFUSES)
def rewrite(caller: Caller, path: ById, body: RatingWords) -> Response:
    """期限内重写自己的评价：没有给出的项目即为空。小程序的 wx.request 不支持 PATCH，用这个。"""
    return _changed(caller, path, lambda _row: (Mark(body.level), body.text, body.tags, Privacy(body.privacy)))


@route(blueprint, "patch", "/ratings/<string:id>", needs=Can.RATE_WINDOW, summary="修改评价", answers={200: Rating}, refuses=_REFUSES)
def change(caller: Caller, path: ById, body: RatingChange) -> Response:
    """期限内修改自己的评价：没有给出的项目不变；给了新的满意程度而没有给原因，则清空原因。"""
    return _changed(caller, path, lambda row: _merged(row, body))


def _merged(row: Any, body: RatingChange) -> Said:
    sent = body.model_fields_set
    mark = Mark(body.level if "level" in sent else row.level)
    tags = body.tags if "tags" in sent else (row.tags or []) if mark == row.level else []
    return mark, body.text if "text" in sent else row.note, tags, Privacy(body.privacy if "privacy" in sent else row.privacy)


def _changed(caller: Caller, path: ById, said: Callable[[Any], Said]) -> Response:
    at = house()
    limits.here().writing(at, caller.token)
    rating_id = int(path.id) if _ID.fullmatch(path.id) else _LARGEST_ID + 1
    if rating_id > _LARGEST_ID:
        raise NoSuchRating()
    now = at.now()
    with at.database.transaction() as db:
        actor = caller.actor(db, now)
        mark, note, tags, privacy = said(ratings.own(db, actor, rating_id))
        return private(rating_answer(ratings.change(db, actor, rating_id, mark, note, tags, privacy, now, at.settings.policy)))
