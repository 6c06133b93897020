"""进度 A0231, 我的评价: what became of it."""

from sqlalchemy.orm import Session

from bot import menu, texts
from bot.replies import Reply
from bot.router import Call, Router, event, words
from domain.marks import Mark
from domain.permissions import Can
from services import ratings, rectifications

router = Router()


@router.on(words(r"(?:查?进度|查询|编号)[\s::]*(?P<number>\S.{0,30})"), needs=Can.ASK_PROGRESS, help="进度 A0231")
def progress(db: Session, call: Call) -> Reply:
    """Where the rectification with this number stands."""
    return Reply(texts.progress_of(rectifications.progress(db, call.found["number"])))


@router.on(words(r"[A-Za-z]{1,2}\s*\d{1,4}"), needs=Can.ASK_PROGRESS)
def number_alone(db: Session, call: Call) -> Reply:
    return Reply(texts.progress_of(rectifications.progress(db, call.text)))


@router.on(words(r"查?进度|查询"), needs=Can.ASK_PROGRESS)
@router.on(event("click", key=menu.PROGRESS), needs=Can.ASK_PROGRESS)
def ask_number(_db: Session, _call: Call) -> Reply:
    return Reply(texts.ASK_NUMBER)


@router.on(words(r"我的评价"), needs=Can.SEE_OWN_RATINGS, help="我的评价")
@router.on(event("click", key=menu.OWN), needs=Can.SEE_OWN_RATINGS)
def own(db: Session, call: Call) -> Reply:
    """One's own ratings of the last thirty days, newest first, with their numbers."""
    rows = ratings.own_ratings(db, call.actor, call.now)[:10]
    told = rectifications.of_ratings(db, [row.id for row in rows])
    lines = [texts.own_line(row.day, call.register.place(row.window_id).spoken, Mark(row.level), told.get(row.id)) for row in rows]
    return Reply("\n".join(lines) if lines else texts.NO_RATINGS)
