"""异议 31 说好三天，等了一周: an objection in one message, or asked for step by step; the level is said before sending (A10, F28)."""

from sqlalchemy.orm import Session

from bot import texts
from bot.commands.guided import in_step
from bot.replies import Reply
from bot.router import Call, Router, words
from domain.calendar import local_day
from domain.numbers import read_pledge
from domain.objections import Objection, SaidObjection, read_objection_line
from domain.permissions import Can
from domain.ratings import Channel
from services import board, conversations, objections

router = Router()

TOPIC = "objection"
_OPENINGS = ("异议", "提异议", "有意见")
_ELSEWHERE = ("帮助", "取消", "退出", "进度", "待办", "我的", "评价", "我要评价")
"""Words that mean the same in any conversation."""


def _waiting(call: Call, step: str) -> str | None:
    """The words, if this contact was asked for them and says nothing that leads elsewhere."""
    return call.text if call.text and in_step(call, step) and not call.text.startswith(_ELSEWHERE) else None


@router.on(lambda call: read_objection_line(call.text) if call.text.startswith(_OPENINGS) else None, needs=Can.OBJECT, help="异议 31 您的意见")
def object_to(db: Session, call: Call) -> Reply:
    """Number and words in one message; without words they are asked for."""
    said: SaidObjection = call.found
    code = board.code_of(db, said.pledge, local_day(call.now))
    if not said.text:
        conversations.put(db, call.actor.contact, TOPIC, {"step": "objection", "code": code}, call.now, call.policy)
        return Reply(texts.ASK_OBJECTION)
    return _take(db, call, Objection(call.actor, code, said.text, said.privacy, Channel.CHAT))


@router.on(words(r"提?异议|有意见|投诉承诺"), needs=Can.OBJECT)
def ask_pledge(db: Session, call: Call) -> Reply:
    """Which pledge? Its number stands on the board."""
    conversations.put(db, call.actor.contact, TOPIC, {"step": "objection_pledge"}, call.now, call.policy)
    return Reply(texts.ASK_PLEDGE.format(site=call.site))


@router.on(lambda call: read_pledge(_waiting(call, "objection_pledge") or ""), needs=Can.OBJECT)
def pledge_named(db: Session, call: Call) -> Reply:
    """Its number alone."""
    code = board.code_of(db, call.found, local_day(call.now))
    conversations.put(db, call.actor.contact, TOPIC, {"step": "objection", "code": code}, call.now, call.policy)
    return Reply(texts.ASK_OBJECTION)


@router.on(lambda call: _waiting(call, "objection"), needs=Can.OBJECT)
def words_given(db: Session, call: Call) -> Reply:
    """The words, with a level in front if one is wanted."""
    said = read_objection_line(f"异议 1 {call.text}")
    code = call.talk.said["code"] if call.talk else ""
    if said is None or not said.text:
        return Reply(texts.ASK_OBJECTION)
    return _take(db, call, Objection(call.actor, code, said.text, said.privacy, Channel.CHAT))


def _take(db: Session, call: Call, said: Objection) -> Reply:
    taken = objections.object_to(db, said, call.now, call.policy)
    conversations.end(db, call.actor.contact)
    return Reply(texts.objection_taken(taken, said.privacy))
