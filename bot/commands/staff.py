"""待办: what waits for a member; the same list as on the console's first page."""

from sqlalchemy.orm import Session

from bot import menu, texts
from bot.replies import Reply
from bot.router import Call, Router, event, words
from domain.permissions import Can
from services import desk

router = Router()


@router.on(words(r"待办|我的待办"), needs=Can.BE_ANYONE, help="待办")
@router.on(event("click", key=menu.WAITING), needs=Can.BE_ANYONE)
def todo(db: Session, call: Call) -> Reply:
    """What is this person's to do, most urgent first."""
    if call.actor.person_id is None:
        return Reply(texts.NOT_BOUND)
    waiting = desk.waiting(db, call.actor, call.now)
    lines = [texts.waiting_line(one) for one in waiting[:10]]
    return Reply(texts.WAITING_LINES.format(n=len(waiting), lines="\n".join(lines)) if lines else texts.NOTHING_WAITS)
