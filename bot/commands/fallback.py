"""帮助, and everything that no other command reads: each gets an answer, or `success` where no words are due."""

from sqlalchemy.orm import Session

from bot import menu, texts
from bot.replies import NOTHING, Reply
from bot.router import Call, Router, event, words
from domain.permissions import Can

router = Router()

_WORDLESS = frozenset({"event", "image", "video", "shortvideo", "location", "link", "miniprogrampage", "voice", "text"})


@router.on(words(r"帮助|help|\?|菜单|用法|你好|您好"), needs=Can.BE_ANYONE, help="帮助")
@router.on(event("click", key=menu.HELP), needs=Can.BE_ANYONE)
def help_(_db: Session, call: Call) -> Reply:
    more = texts.HELP_OF_MEMBERS if call.actor.person_id is not None else ""
    return Reply(texts.HELP.format(site=call.site) + more + (texts.HELP_OF_WINDOWS if call.actor.windows else ""))


@router.on(lambda call: call.message.kind == "event" or call.message.kind not in _WORDLESS or None, needs=Can.BE_ANYONE)
def unheard(_db: Session, _call: Call) -> Reply:
    """Events without words of ours (VIEW, LOCATION, delivery reports …) and kinds that do not exist yet: taken, not answered."""
    return NOTHING


@router.on(lambda call: call.message.kind not in ("text", "voice") or None, needs=Can.BE_ANYONE)
def unreadable(_db: Session, _call: Call) -> Reply:
    return Reply(texts.CANNOT_READ)


@router.on(lambda call: (call.message.kind == "voice" and not call.text) or None, needs=Can.BE_ANYONE)
def unheard_voice(_db: Session, _call: Call) -> Reply:
    return Reply(texts.NOT_HEARD)


@router.on(lambda _call: True, needs=Can.BE_ANYONE)
def not_understood(_db: Session, _call: Call) -> Reply:
    return Reply(texts.NOT_UNDERSTOOD)
