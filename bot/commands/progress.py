"""进度 A0231, 我的评价: what became of it."""

from sqlalchemy.orm import Session

from bot import menu, texts
from bot.replies import Reply
from bot.router import Call, Router, event, words
from domain.flows.rectifications import RectificationState
from domain.marks import Mark
from domain.numbers import read_objection
from domain.permissions import Can
from services import objections, ratings, rectification_answers, rectifications

router = Router()
_TO_REPORT = (RectificationState.OPEN, RectificationState.REOPENED)


@router.on(words(r"(?:查?进度|查询|编号)[\s::]*(?P<number>\S.{0,30})"), needs=Can.ASK_PROGRESS, help="进度 A0231")
def progress(db: Session, call: Call) -> Reply:
    """Where the rectification or objection with this number stands."""
    return _told(db, call.found["number"])


@router.on(words(r"(?:[A-Za-z]{1,2}|异议?)\s*\d{1,6}"), needs=Can.ASK_PROGRESS)
def number_alone(db: Session, call: Call) -> Reply:
    return _told(db, call.text)


@router.on(words(r"整改[\s::]*(?P<number>[A-Za-z]{1,2}\s*\d{1,6})"), needs=Can.ASK_PROGRESS)
def order_alone(db: Session, call: Call) -> Reply:
    """A number without a result: how it stands, and for a window's head how to report one."""
    told = rectifications.progress(db, call.found["number"])
    may_report = call.actor.windows and told.state in _TO_REPORT
    return Reply(texts.progress_of(told) + (texts.HOW_TO_REPORT.format(number=told.number) if may_report else ""))


@router.on(words(r"办?结?通知我?[\s::]*(?P<number>[A-Za-z]{1,2}\s*\d{1,6})"), needs=Can.ASK_PROGRESS, help="通知 A0231")
def follow(db: Session, call: Call) -> Reply:
    """Be told once of the end of a rectification."""
    return Reply(texts.WILL_TELL.format(number=rectification_answers.follow(db, call.actor, call.found["number"], call.now)))


def _told(db: Session, said: str) -> Reply:
    """A number says by itself whether it belongs to a 差评 or to an 异议."""
    if read_objection(said):
        return Reply(texts.objection_progress(objections.progress(db, said)))
    return Reply(texts.progress_of(rectifications.progress(db, said)))


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
