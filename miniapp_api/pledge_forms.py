"""承诺表: what the campaigns offer to this member, and hints while writing (F12, X8)."""

from datetime import date, datetime
from typing import Annotated

from flask import Blueprint, Response
from pydantic import BeforeValidator, Field
from sqlalchemy.orm import Session

from domain.actor import Actor
from domain.calendar import local_day
from domain.four_clears import SAMPLE
from domain.permissions import Can
from domain.pledge.wording import Kind
from miniapp_api.answers import Answer, private
from miniapp_api.door import Caller, house, route
from miniapp_api.pledge_words import HintAnswer, PledgeWords, Said, hint_of, said_of
from miniapp_api.reading import NO_NUL, Form, figure
from services import pledge_forms, pledge_works

blueprint = Blueprint("miniapp_pledge_forms", __name__, url_prefix="/api/v1")

KEY = Field(title="活动", max_length=40, pattern=NO_NUL)
Figure = Annotated[int, BeforeValidator(figure)]


class FormChoice(Answer):
    key: str
    words: str


class UnitAnswer(Answer):
    id: int
    name: str


class FormAnswer(Answer):
    """What can be chosen; empty lists leave the field free."""

    campaigns: list[FormChoice]
    campaign: str
    title: str
    units: list[UnitAnswer] = Field(description="可以替哪些单位起草")
    unit_id: int | None
    kinds: list[FormChoice]
    themes: list[str]
    dimensions: list[str]
    addressees: list[str]
    works: list[FormChoice] = Field(description="可以关联的重点工程")
    starts_on: date | None
    ends_on: date | None
    least: int = Field(description="至少几项，0 为不限")
    most: int = Field(description="最多几项，0 为不限")
    sample: Said = Field(description="样表")


class FormQuery(Form):
    campaign: str = Field(title="活动", max_length=40, pattern=NO_NUL, default_factory=str, description="不填为正在进行的活动")
    unit_id: Figure = Field(title="单位", ge=1, le=2**31 - 1, default_factory=int, description="替单位起草时填")


class HintForm(PledgeWords):
    campaign: str = KEY
    unit_id: int = Field(title="单位", ge=1, le=2**31 - 1, default_factory=int)


class HintsAnswer(Answer):
    hints: list[HintAnswer]


@route(blueprint, "get", "/me/pledge-form", needs=Can.DRAFT_PLEDGE, summary="承诺表", answers={200: FormAnswer}, refuses=(401, 403, 404, 422))
def form(caller: Caller, query: FormQuery) -> Response:
    """起草前取：可选的活动、主题、承诺对象和样表。"""
    at = house()
    now = at.now()
    with at.database.transaction() as db:
        return private(_form(db, caller.actor(db, now), query, now))


def _form(db: Session, actor: Actor, query: FormQuery, now: datetime) -> dict[str, object]:
    today = local_day(now)
    campaigns = pledge_forms.offered(db, today)
    key = query.campaign or (campaigns[0][0] if campaigns else "")
    unit = pledge_forms.unit_of(db, actor, query.unit_id) if query.unit_id else None
    found = pledge_forms.form(db, key, today, actor.branch_id, unit.id if unit else None)
    return {
        "campaigns": [{"key": name, "words": title} for name, title in campaigns],
        "campaign": key,
        "title": found.title,
        "units": [{"id": one.id, "name": one.name} for one in pledge_forms.units_of(db, actor)],
        "unit_id": found.unit_id,
        "kinds": [{"key": kind.value, "words": kind.chinese} for kind in Kind],
        "themes": list(found.hands.themes),
        "dimensions": list(found.hands.dimensions),
        "addressees": list(found.hands.addressees),
        "works": [{"key": code, "words": name} for code, name in pledge_works.offered(db)],
        "starts_on": found.course.starts_on,
        "ends_on": found.course.ends_on,
        "least": found.hands.least,
        "most": found.hands.most,
        "sample": said_of(SAMPLE),
    }


@route(
    blueprint,
    "post",
    "/me/pledge-hints",
    needs=Can.DRAFT_PLEDGE,
    summary="边写边提示",
    answers={200: HintsAnswer},
    refuses=(401, 403, 404, 413, 415, 422),
)
def hints(caller: Caller, body: HintForm) -> Response:
    """不保存，只看哪里还缺、哪里太笼统。"""
    at = house()
    now = at.now()
    with at.database.transaction() as db:
        actor = caller.actor(db, now)
        unit = pledge_forms.unit_of(db, actor, body.unit_id) if body.unit_id else None
        found = pledge_forms.form(db, body.campaign, local_day(now), actor.branch_id, unit.id if unit else None)
        return private({"hints": [hint_of(one) for one in found.hints(body.wording)]})
