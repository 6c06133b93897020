"""订阅弹窗 and 发送结果: WeChat's own word on who allows which messages, and on what became of one (wechat-platform.md §4, §10, §11)."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy.orm import Session

from bot.replies import NOTHING, Reply
from bot.router import Call, Router, event
from domain.permissions import Can
from services import letters, message_consents

router = Router()

_POPUP, _CHANGE = "SubscribeMsgPopupEvent", "SubscribeMsgChangeEvent"
_SENT = "SubscribeMsgSentEvent"


@router.on(event("subscribe_msg_popup_event"), needs=Can.BE_ANYONE)
def answer_popup(db: Session, call: Call) -> Reply:
    """Each yes is one message more, a no ends all."""
    for row in rows_of(call, _POPUP):
        template_id, said = _text(row, "TemplateId"), _text(row, "SubscribeStatusString")
        if template_id and said == "accept":
            message_consents.accept(db, call.actor.contact, template_id, call.now, proved=True)
        elif template_id and said == "reject":
            message_consents.refuse(db, call.actor.contact, [template_id], call.now)
    return NOTHING


@router.on(event("subscribe_msg_change_event"), needs=Can.BE_ANYONE)
def change_mind(db: Session, call: Call) -> Reply:
    """Refused in WeChat's own settings."""
    refused = [_text(row, "TemplateId") for row in rows_of(call, _CHANGE, _POPUP) if _text(row, "SubscribeStatusString") == "reject"]
    message_consents.refuse(db, call.actor.contact, [one for one in refused if one], call.now)
    return NOTHING


@router.on(event("templatesendjobfinish"), needs=Can.BE_ANYONE)
def receive_template(db: Session, call: Call) -> Reply:
    """What became of a template message that WeChat had taken."""
    fields = call.message.fields or {}
    letters.receive(db, _text(fields, "MsgID"), _text(fields, "Status"), call.now)
    return NOTHING


@router.on(event("subscribe_msg_sent_event"), needs=Can.BE_ANYONE)
def receive_notice(db: Session, call: Call) -> Reply:
    """The same for a subscribe message, which may have been taken without a number."""
    for row in rows_of(call, _SENT):
        said = _text(row, "ErrorStatus") or _text(row, "ErrorCode")
        letters.receive(db, _text(row, "MsgID"), said, call.now, call.actor.contact, _text(row, "TemplateId"))
    return NOTHING


def rows_of(call: Call, *wrappers: str) -> Iterator[Mapping[str, Any]]:
    """The rows of `List`: an object when there is one, an array when there are several, with or without its wrapper (§4)."""
    fields = call.message.fields or {}
    for wrapper in wrappers:
        held = fields.get(wrapper)
        rows = held.get("List") if isinstance(held, dict) else held
        yield from (row for row in (rows if isinstance(rows, list) else [rows]) if isinstance(row, dict))
    bare = fields.get("List")
    yield from (row for row in (bare if isinstance(bare, list) else [bare]) if isinstance(row, dict))


def _text(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name, "")
    return str(value)[:64] if isinstance(value, str | int) else ""
