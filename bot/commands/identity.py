"""绑定 K7Q2M9XA、我、解绑: who I am to the house (F08)."""

import re

from sqlalchemy.orm import Session

from bot import texts
from bot.replies import Reply
from bot.router import Call, Router, words
from domain import invitations
from domain.permissions import Can
from services import conversations, identity, own_data
from services.identity import Tried

router = Router()
TOPIC = "unbind"
_SCENE = re.compile(r"(?:qrscene_)?b:([0-9A-Za-z]{4,20})")
_LINK = re.compile(r"https?://\S+/i/([0-9A-Za-z]{4,20})/?")


@router.on(words(r"绑定(?:身份|党员)?[\s::]*(?P<code>[\S ]{4,24})"), needs=Can.KEEP_OWN_DATA, help="绑定 K7Q2-M9XA")
def bind(db: Session, call: Call) -> Reply:
    """The secretary's code makes this phone mine."""
    return _bound(db, call, call.found["code"])


@router.on(words(r"绑定(?:身份|党员)?|我要绑定"), needs=Can.KEEP_OWN_DATA)
def how_to_bind(_db: Session, call: Call) -> Reply:
    return Reply(texts.ALREADY_BOUND.format(name=call.actor.name) if call.actor.person_id else texts.HOW_TO_BIND)


def _scanned(call: Call) -> str | None:
    """The code in an invitation's QR: as a scene of our account, or as a link scanned from the menu."""
    message = call.message
    if message.kind != "event":
        return None
    if message.event in ("subscribe", "scan"):
        found = _SCENE.fullmatch(message.key)
        return found[1] if found else None
    info = (message.fields or {}).get("ScanCodeInfo")
    link = _LINK.fullmatch(str(info.get("ScanResult", ""))) if isinstance(info, dict) else None
    return link[1] if link else None


@router.on(_scanned, needs=Can.KEEP_OWN_DATA)
def bind_by_scan(db: Session, call: Call) -> Reply:
    return _bound(db, call, call.found)


def _bound(db: Session, call: Call, said: str) -> Reply:
    code = invitations.plain(said)
    return Reply(_words(identity.by_code(db, call.actor, call.pseudonyms.invitation(code), call.now)))


def _words(tried: Tried) -> str:
    if tried.refusal:
        return tried.refusal.text
    return texts.BINDING_WAITS if tried.waits else texts.BOUND.format(name=tried.name)


@router.on(words(r"我|我的信息|我是谁"), needs=Can.KEEP_OWN_DATA, help="我")
def who_am_i(db: Session, call: Call) -> Reply:
    """All about me in a few lines, and what the public sees of me."""
    if call.actor.person_id is None:
        return Reply(texts.HOW_TO_BIND)
    return Reply(texts.about_me(own_data.me(db, call.actor, None, call.now)))


_FORMS = {"公开姓名": "full", "公开姓氏": "surname", "只公开姓氏": "surname", "不公开姓名": "post", "撤回公开": "post", "只显示岗位": "post"}


@router.on(words(rf"(?P<form>{'|'.join(_FORMS)})"), needs=Can.KEEP_OWN_DATA, help="公开姓名 / 公开姓氏 / 不公开姓名")
def show_name(db: Session, call: Call) -> Reply:
    """How my name stands in public; taken back at once by one word."""
    shown = own_data.show_name(db, call.actor, _FORMS[call.found["form"]], call.now)
    return Reply(texts.SHOWN_AS.format(shown=shown))


@router.on(words(r"(?P<no>不)?(?:显示|公开)党员身份|(?P<back>撤回)党员身份"), needs=Can.KEEP_OWN_DATA, help="显示党员身份 / 不显示党员身份")
def show_membership(db: Session, call: Call) -> Reply:
    """亮身份 where I am on duty: its own consent, taken back by one word."""
    shown = not (call.found["no"] or call.found["back"])
    own_data.show_membership(db, call.actor, shown, call.now)
    return Reply(texts.MEMBERSHIP_SHOWN if shown else texts.MEMBERSHIP_HIDDEN)


@router.on(words(r"解绑|解除绑定|取消绑定"), needs=Can.KEEP_OWN_DATA, help="解绑")
def ask_unbind(db: Session, call: Call) -> Reply:
    """Asked once more: what follows is said first."""
    if call.actor.person_id is None:
        return Reply(texts.NOTHING_BOUND)
    conversations.put(db, call.actor.contact, TOPIC, {"step": TOPIC}, call.now, call.policy)
    return Reply(texts.ASK_UNBIND.format(name=call.actor.name))


@router.on(words(r"确认解绑"), needs=Can.KEEP_OWN_DATA)
def unbind(db: Session, call: Call) -> Reply:
    identity.unbind(db, call.actor, call.now)
    return Reply(texts.UNBOUND)
