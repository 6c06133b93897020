"""座牌落地页 as JSON: what a printed code says to whoever scans it (X7, F18)."""

from datetime import date, datetime

from flask import Blueprint, Response
from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from domain.permissions import Can
from miniapp_api import pages
from miniapp_api.answers import Answer
from miniapp_api.door import house, route
from miniapp_api.pledges import Pledge, pledge_of
from miniapp_api.scenes import read_scene
from services import landing
from services.figures import Published

blueprint = Blueprint("miniapp_posts", __name__, url_prefix="/api/v1")


class ByCode(BaseModel):
    code: str = Field(description="印在牌子上的编号，或小程序码的 scene（p: 加编号）")


class Holder(Answer):
    shown: str = Field(description="按本人选择的公开方式显示")
    is_member: bool = Field(description="本人单独同意才为 true")


class Service(Answer):
    name: str
    standard: str
    promised_limit: str


class Figures(Answer):
    """公开数字: counts and rate are null under the minimum group."""

    n: int = Field(description="已公布的评价数")
    minimum: int = Field(description="少于这个数不公布")
    positive: int | None
    positive_rate: float | None = Field(description="(非常满意+满意+基本满意)/n")
    by_level: dict[str, int] | None = Field(description="星级 → 数量")
    from_browsers: int | None = Field(description="其中来自网页的")
    set_apart: int | None = Field(description="另列不计的（本单位人员等）")
    up_to: date | None = Field(description="截至哪一天")


class Post(Answer):
    code: str
    post: str
    is_pioneer: bool = Field(description="党员先锋岗")
    window_id: int
    number: int | None = Field(description="窗口号")
    window: str
    place: str
    hours: str
    phone: str
    is_model: bool = Field(description="党员示范窗口")
    holders: list[Holder]
    services: list[Service]
    pledges: list[Pledge]
    figures: Figures
    day: date


@route(blueprint, "get", "/posts/<string:code>", needs=Can.BE_ANYONE, summary="牌子落地页", answers={200: Post, 304: None}, refuses=(404, 410))
def post(path: ByCode) -> Response:
    """谁在岗、承诺了什么、做得怎样。支持 ETag。"""
    code = read_scene(path.code)
    return pages.public("post", code, draw=lambda db, now: _drawn(db, code, now))


def _drawn(db: Session, code: str, now: datetime) -> Post:
    page = landing.page(db, code, now, house().settings.policy)
    return Post(
        code=page.code, post=page.post, is_pioneer=page.is_pioneer, window_id=page.window_id, number=page.number, window=page.window,
        place=page.place, hours=page.hours, phone=page.phone, is_model=page.is_model,
        holders=[Holder(shown=one.shown, is_member=one.is_member) for one in page.holders],
        services=[Service(name=one.name, standard=one.standard, promised_limit=one.promised_limit) for one in page.services],
        pledges=[pledge_of(one) for one in page.pledges], figures=_figures(page.figures), day=page.day,
    )  # fmt: skip


def _figures(told: Published) -> Figures:
    shares, shown = told.shares, told.shares.shown
    return Figures(
        n=shares.n,
        minimum=shares.minimum,
        positive=shares.positive if shown else None,
        positive_rate=shares.positive_rate,
        by_level={str(int(mark)): n for mark, n in shares.by_level.items()} if shown else None,
        from_browsers=told.from_browsers if shown else None,
        set_apart=told.set_apart if shown else None,
        up_to=told.up_to,
    )
