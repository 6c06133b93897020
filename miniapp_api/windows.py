"""窗口 to choose from, and the options of a rating: levels, reasons, privacy (S3, F28)."""

from datetime import datetime

from flask import Blueprint, Response
from pydantic import Field
from sqlalchemy.orm import Session

from domain.marks import Mark
from domain.permissions import Can
from domain.ratings import MOST_NOTE, Privacy
from domain.tags import OPTIONS_VERSION, tags_for
from miniapp_api import pages, texts
from miniapp_api.answers import Answer
from miniapp_api.door import route
from services import windows

blueprint = Blueprint("miniapp_windows", __name__, url_prefix="/api/v1")


class Window(Answer):
    id: int
    number: int | None = Field(description="窗口号")
    name: str
    place: str


class Windows(Answer):
    windows: list[Window]


class Level(Answer):
    level: int
    chinese: str
    is_negative: bool = Field(description="差评，会开始限期整改")
    tags: list[str] = Field(description="可勾选的原因")


class PrivacyLevel(Answer):
    privacy: str
    chinese: str
    sentence: str = Field(description="谁能看到什么，提交前显示")
    default: bool


class RatingOptions(Answer):
    version: int
    levels: list[Level]
    privacy: list[PrivacyLevel]
    longest_text: int


@route(blueprint, "get", "/windows", needs=Can.BE_ANYONE, summary="全部窗口", answers={200: Windows, 304: None})
def all_windows() -> Response:
    """按窗口号排列。支持 ETag。"""
    return pages.public("windows", draw=_windows)


def _windows(db: Session, _now: datetime) -> Windows:
    return Windows(windows=[Window(id=one.id, number=one.number, name=one.name, place=one.place) for one in windows.listed(db)])


@route(blueprint, "get", "/rating-options", needs=Can.BE_ANYONE, summary="评价选项", answers={200: RatingOptions, 304: None})
def rating_options() -> Response:
    """五级满意程度、各级原因、三种公开方式。"""
    return pages.answer(_OPTIONS)


def _level(mark: Mark) -> Level:
    return Level(level=mark, chinese=mark.chinese, is_negative=mark.is_negative, tags=list(tags_for(mark)))


def _privacy(one: Privacy) -> PrivacyLevel:
    return PrivacyLevel(privacy=one.value, chinese=one.chinese, sentence=texts.PRIVACY[one], default=one is Privacy.ANONYMOUS)


def _options() -> RatingOptions:
    levels = [_level(mark) for mark in sorted(Mark, reverse=True)]
    return RatingOptions(version=OPTIONS_VERSION, levels=levels, privacy=[_privacy(one) for one in Privacy], longest_text=MOST_NOTE)


_OPTIONS = pages.page_of(_options())
