"""订阅提醒: which templates to ask for at the natural tap, what the popup answered, how many reminders may still come (F42; §11)."""

from typing import Literal

from flask import Blueprint, Response
from pydantic import Field
from sqlalchemy.orm import Session

from domain.permissions import Can
from miniapp_api import limits
from miniapp_api.answers import Answer, private
from miniapp_api.door import Caller, house, route
from miniapp_api.reading import Form
from services import message_consents

blueprint = Blueprint("miniapp_message_consents", __name__, url_prefix="/api/v1")

_MOST_ASKED = 3
"""Templates that old clients take in one popup."""
Reply = Literal["accept", "acceptWithAudio", "acceptWithAlert", "reject", "ban", "filter"]


class Popup(Form):
    answers: dict[str, Reply] = Field(title="弹窗结果", max_length=5, description="wx.requestSubscribeMessage 的结果，去掉 errMsg")


class Balance(Answer):
    templates: list[str] = Field(description="点按钮时请求订阅哪些模板，最多3个")
    left: int = Field(description="还可收到几次提醒；长期订阅不计次")
    for_good: bool = Field(description="已长期订阅")
    sentence: str = Field(description="显示给本人的话")


@route(blueprint, "get", "/message-consents", needs=Can.ALLOW_MESSAGES, summary="还可收到几次提醒", answers={200: Balance}, refuses=(401, 403))
def balance(caller: Caller) -> Response:
    """本人的提醒次数，和下次点按钮时该请求的模板。"""
    at = house()
    with at.database.reading() as db:
        return private(_balance(db, caller.actor(db, at.now()).contact).model_dump())


@route(
    blueprint, "post", "/message-consents", needs=Can.ALLOW_MESSAGES, summary="报告订阅弹窗的结果", answers={200: Balance},
    refuses=(401, 403, 413, 415, 422, 429),
)  # fmt: skip
def report(caller: Caller, body: Popup) -> Response:
    """同一次点击微信自己也会通知，只计一次。不是本小程序模板的编号不计。"""
    at = house()
    limits.here().writing(at, caller.token)
    ours = {template.id for template in at.settings.miniprogram.chosen("subscribe")}
    with at.database.transaction() as db:
        contact = caller.actor(db, at.now()).contact
        for template_id, said in sorted(body.answers.items()):
            if template_id in ours and said.startswith("accept"):
                message_consents.accept(db, contact, template_id, at.now(), proved=False)
            elif template_id in ours and said in ("reject", "ban"):
                message_consents.refuse(db, contact, [template_id], at.now())
        return private(_balance(db, contact).model_dump())


def _balance(db: Session, contact: str) -> Balance:
    chosen = house().settings.miniprogram.chosen("subscribe")
    told = message_consents.balance(db, [contact], chosen)
    return Balance(templates=[template.id for template in chosen][:_MOST_ASKED], left=told.left, for_good=told.for_good, sentence=told.sentence)
