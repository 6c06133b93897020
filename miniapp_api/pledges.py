"""承诺公示: published pledges by filters and words, a page at a time; and each one whole (F15)."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from flask import Blueprint, Response
from pydantic import BaseModel, BeforeValidator, Field
from sqlalchemy.orm import Session

from domain.board_words import LONGEST_SAID
from domain.calendar import local_day
from domain.permissions import Can
from domain.pledge.showing import Group
from domain.pledge.term import PublicityOver
from domain.spoken_days import spoken
from miniapp_api import pages
from miniapp_api.answers import Answer
from miniapp_api.door import route
from miniapp_api.reading import NO_NUL, Form, figure
from services import board, pledge_pages, pledges
from services.board import Choice, Entry, Filter

blueprint = Blueprint("miniapp_pledges", __name__, url_prefix="/api/v1")

Figure = Annotated[int, BeforeValidator(figure)]
_LARGEST_ID = 2**31 - 1


class PledgeFilter(Form):
    window_id: Figure = Field(title="窗口", ge=1, le=_LARGEST_ID, default_factory=int, description="只看这个窗口的")
    branch_id: Figure = Field(title="党支部", ge=1, le=_LARGEST_ID, default_factory=int, description="只看这个党支部的")
    theme: str = Field(title="承诺主题", min_length=1, max_length=60, pattern=NO_NUL, default_factory=str)
    state: Literal["any", "under_way", "fulfilled", "excused"] = Field(title="进展", default="any")
    said: str = Field(title="检索词", min_length=1, max_length=LONGEST_SAID, pattern=NO_NUL, default_factory=str, description="文字、拼音或首字母")


class PledgeQuery(PledgeFilter):
    after: str = Field(title="续页标记", min_length=1, max_length=16, pattern=NO_NUL, default_factory=str, description="上一页的 next")
    limit: Figure = Field(title="每页条数", ge=1, le=50, default=20)


class PledgeByCode(BaseModel):
    code: str = Field(description="承诺的 code")


class Pledge(Answer):
    code: str
    number: str = Field(description="承诺编号，例如 诺0031，可在聊天里说")
    author: str = Field(description="按本人选择的公开方式显示，或单位名称")
    branch: str
    window_id: int | None
    theme: str
    addressees: list[str] = Field(description="向谁承诺")
    content: str
    measures: str
    standard: str
    deadline: date | None
    slogan: str
    state: str = Field(description="推进中、已兑现（已核实）等")
    group: str = Field(description="under_way、fulfilled 或 excused")
    published_on: date | None
    version: int = Field(description="现行是第几版")


class PledgePage(Answer):
    pledges: list[Pledge]
    next: str | None = Field(description="还有下一页时，作为 after 再来")


class Option(Answer):
    key: str
    words: str
    n: int = Field(description="选它会看到几项")


class PledgeChoices(Answer):
    """筛选项和数量：每一类按其他已选的条件计数。"""

    n: int = Field(description="符合全部条件的项数")
    branches: list[Option]
    windows: list[Option]
    themes: list[Option]
    states: list[Option]
    over: list[str] = Field(description="公示期已过的活动，可直接显示")


class Piece(Answer):
    kind: str = Field(description="same 未变、gone 删去、new 新增")
    text: str


class Change(Answer):
    label: str
    pieces: list[Piece]


class Version(Answer):
    no: int
    published_on: date
    why: str = Field(description="变更原因")
    changes: list[Change]


class TiedWork(Answer):
    code: str
    name: str


class AnsweredObjection(Answer):
    number: str
    text: str = Field(description="本人同意公开时才有")
    answer: str
    answered_on: date | None


class WholePledge(Pledge):
    outcome: str = Field(description="经核实的兑现情况")
    versions: list[Version] = Field(description="现行版本在前")
    works: list[TiedWork]
    objections: list[AnsweredObjection] = Field(description="已答复的异议")


def pledge_of(entry: Entry) -> Pledge:
    return Pledge(**_told(entry))


def _told(entry: Entry) -> dict[str, Any]:
    names = Pledge.model_fields.keys() - {"author", "group", "addressees"}
    return {name: getattr(entry, name) for name in names} | {
        "author": entry.who,
        "group": entry.group.value,
        "addressees": list(entry.addressees),
    }


@route(blueprint, "get", "/pledges", needs=Can.BE_ANYONE, summary="承诺公示", answers={200: PledgePage, 304: None}, refuses=(404, 422))
def published(query: PledgeQuery) -> Response:
    """已公示的承诺，按公示先后，可按窗口、支部、主题、进展筛选，可检索。支持 ETag。"""
    if query.said:
        return pages.passing(lambda db, now: _page(db, query, now))
    key = (query.window_id, query.branch_id, query.theme, query.state, query.after, query.limit)
    return pages.public("pledges", *key, draw=lambda db, now: _page(db, query, now))


def _page(db: Session, query: PledgeQuery, now: datetime) -> PledgePage:
    after = pledges.published_place(db, query.after) if query.after else 0
    found = board.entries(db, _filter(query), local_day(now), after, query.limit + 1)
    shown = found[: query.limit]
    return PledgePage(pledges=[pledge_of(one) for one in shown], next=shown[-1].code if len(found) > len(shown) else None)


def _filter(query: PledgeFilter) -> Filter:
    group = Group(query.state) if query.state != "any" else None
    return Filter(query.branch_id or None, query.window_id or None, query.theme, group, query.said)


@route(blueprint, "get", "/pledge-choices", needs=Can.BE_ANYONE, summary="承诺筛选项", answers={200: PledgeChoices, 304: None}, refuses=(422,))
def choices(query: PledgeFilter) -> Response:
    """支部、窗口、主题、进展各有几项。支持 ETag。"""
    if query.said:
        return pages.passing(lambda db, now: _choices(db, query, now))
    key = (query.window_id, query.branch_id, query.theme, query.state)
    return pages.public("pledge-choices", *key, draw=lambda db, now: _choices(db, query, now))


def _choices(db: Session, query: PledgeFilter, now: datetime) -> PledgeChoices:
    told = board.choices(db, _filter(query), local_day(now))
    over = [PublicityOver(campaign=title, until=spoken(until)).text for title, until in board.over(db, local_day(now))]
    return PledgeChoices(
        over=over,
        n=told.n,
        branches=_options(told.branches),
        windows=_options(told.windows),
        themes=_options(told.themes),
        states=_options(told.groups),
    )


def _options(found: tuple[Choice, ...]) -> list[Option]:
    return [Option(key=one.key, words=one.words, n=one.n) for one in found]


@route(blueprint, "get", "/pledges/<string:code>", needs=Can.BE_ANYONE, summary="一条承诺", answers={200: WholePledge, 304: None}, refuses=(404, 410))
def one(path: PledgeByCode) -> Response:
    """四明确、版本和变更对照、进展、相关工程、已答复的异议。支持 ETag。"""
    return pages.public("pledge", path.code, draw=lambda db, now: _whole(db, path.code, now))


def _whole(db: Session, code: str, now: datetime) -> WholePledge:
    page = pledge_pages.page(db, code, now)
    return WholePledge(
        **_told(page.entry),
        outcome=page.outcome,
        versions=[_version(one) for one in page.versions],
        works=[TiedWork(code=code, name=name) for code, name in page.works],
        objections=[AnsweredObjection(number=x.number, text=x.text, answer=x.answer, answered_on=x.answered_on) for x in page.answered],
    )


def _version(told: pledge_pages.Version) -> Version:
    changes = [Change(label=c.label, pieces=[Piece(kind=p.kind, text=p.text) for p in c.pieces]) for c in told.changes]
    return Version(no=told.no, published_on=told.published_on, why=told.why, changes=changes)
