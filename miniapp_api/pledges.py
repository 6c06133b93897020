"""承诺公示: published pledges, a page at a time (F15)."""

from datetime import date, datetime
from typing import Annotated

from flask import Response
from flask_openapi3.blueprint import APIBlueprint
from pydantic import BaseModel, BeforeValidator, Field
from sqlalchemy.orm import Session

from domain.permissions import Can
from miniapp_api import pages
from miniapp_api.door import route
from miniapp_api.reading import NO_NUL, Form, figure
from services import landing, pledges
from services.landing import Promise

blueprint = APIBlueprint("miniapp_pledges", __name__, url_prefix="/api/v1")

Figure = Annotated[int, BeforeValidator(figure)]


class PledgeQuery(Form):
    window_id: Figure = Field(title="窗口", ge=1, le=2**31 - 1, default_factory=int, description="只看这个窗口的")
    after: str = Field(title="续页标记", min_length=1, max_length=16, pattern=NO_NUL, default_factory=str, description="上一页的 next")
    limit: Figure = Field(title="每页条数", ge=1, le=50, default=20)


class Pledge(BaseModel):
    code: str
    author: str = Field(description="按本人选择的公开方式显示")
    content: str
    measures: str
    standard: str
    deadline: date | None
    slogan: str
    state: str = Field(description="已公示、已兑现等")
    published_on: date | None


class PledgePage(BaseModel):
    pledges: list[Pledge]
    next: str | None = Field(description="还有下一页时，作为 after 再来")


def pledge_of(promise: Promise) -> Pledge:
    return Pledge(
        code=promise.code,
        author=promise.author,
        content=promise.content,
        measures=promise.measures,
        standard=promise.standard,
        deadline=promise.deadline,
        slogan=promise.slogan,
        state=promise.state,
        published_on=promise.published_on,
    )


@route(blueprint, "get", "/pledges", needs=Can.BE_ANYONE, summary="承诺公示", answers={200: PledgePage, 304: None}, refuses=(404, 422))
def published(query: PledgeQuery) -> Response:
    """已公示的承诺，按公示先后。支持 ETag。"""
    return pages.public("pledges", query.window_id, query.after, query.limit, draw=lambda db, now: _drawn(db, query, now))


def _drawn(db: Session, query: PledgeQuery, _now: datetime) -> PledgePage:
    after = pledges.published_place(db, query.after) if query.after else 0
    found = landing.promises(db, query.window_id or None, after, query.limit + 1)
    shown = found[: query.limit]
    return PledgePage(pledges=[pledge_of(one) for one in shown], next=shown[-1].code if len(found) > len(shown) else None)
