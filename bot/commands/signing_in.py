"""登录工作台: a sign-in code scanned, and the “1” that confirms it; the code is bound to who scanned it (R30)."""

from collections.abc import Callable

from sqlalchemy.orm import Session

from bot import texts
from bot.replies import Reply
from bot.router import Call, Router, event
from domain.permissions import Can
from services import conversations, signing_in

router = Router()

_TOPIC = "sign_in"
_SCENE = "in:"
"""What a sign-in code's scene begins with (web/console/entrance.py makes it)."""
_MINUTES = int(signing_in.LIVES.total_seconds() // 60)


def _of_ours(call: Call) -> str | None:
    """The scene of a sign-in code, scanned by a follower or by somebody who follows just now."""
    if event("scan", "subscribe")(call) is None:
        return None
    scene = call.message.key.removeprefix("qrscene_")
    return scene.removeprefix(_SCENE) if scene.startswith(_SCENE) else None


@router.on(_of_ours, needs=Can.SIGN_IN)
def scanned(db: Session, call: Call) -> Reply:
    """Asked back first: a code may have been shown by somebody else."""
    signing_in.scan(db, call.actor, call.found, call.now)
    conversations.put(db, call.actor.contact, _TOPIC, {"scene": call.found}, call.now, call.policy)
    return Reply(texts.SIGN_IN.format(minutes=_MINUTES, site=call.site))


def _asked(call: Call) -> Callable[[Session, Call], Reply] | None:
    if call.talk is None or call.talk.topic != _TOPIC or call.talk.over:
        return None
    return {"1": _confirm, "确认": _confirm, "0": _refuse, "拒绝": _refuse, "取消": _refuse}.get(call.text)


@router.on(_asked, needs=Can.SIGN_IN)
def answered(db: Session, call: Call) -> Reply:
    """1 or 0; any other word goes to the other commands."""
    reply: Callable[[Session, Call], Reply] = call.found
    return reply(db, call)


def _confirm(db: Session, call: Call) -> Reply:
    signing_in.confirm(db, call.actor, _scene(call), call.now)
    conversations.end(db, call.actor.contact)
    return Reply(texts.SIGNED_IN)


def _refuse(db: Session, call: Call) -> Reply:
    signing_in.refuse(db, call.actor, _scene(call))
    conversations.end(db, call.actor.contact)
    return Reply(texts.SIGN_IN_REFUSED)


def _scene(call: Call) -> str:
    return str(call.talk.said.get("scene", "")) if call.talk else ""
