"""整改 A0231 结果 from the window; 整改满意 A0231, 整改不满意 A0231 原因 from the rater, which sends it back once (S1, F24)."""

from sqlalchemy.orm import Session

from bot import texts
from bot.replies import Reply
from bot.router import Call, Router, words
from domain.permissions import Can
from domain.rectifications import Verdict
from services import rectification_answers

router = Router()

_SAID = r"(?:对?整改|对?结果)?\s*(?P<no>不)?(?:满意|认可)[\s::,,]*(?P<number>[A-Za-z]{1,2}\s*\d{1,6})[\s::,,。]*(?P<words>[\s\S]{0,600})"
_NUMBER_FIRST = (
    r"(?:对?整改)?\s*(?P<number>[A-Za-z]{1,2}\s*\d{4,6})[\s::,,]*(?:整改|结果)?(?P<no>不)?(?:满意|认可)[\s::,,。]*(?P<words>[\s\S]{0,600})"
)
"""An order's number has four digits; “A3 满意” is said of a window, “整改 A0231 满意…” is the beginning of the window's own answer."""


@router.on(words(_NUMBER_FIRST), needs=Can.JUDGE_RECTIFICATION)
@router.on(words(_SAID), needs=Can.JUDGE_RECTIFICATION, help="整改满意 A0231")
def judge(db: Session, call: Call) -> Reply:
    """Before 评价 is tried: a mark with a number is about an order, never about a window."""
    verdict = Verdict.DISSATISFIED if call.found["no"] else Verdict.SATISFIED
    number = "".join(call.found["number"].split()).upper()
    verb = rectification_answers.judge(db, call.actor, number, verdict, call.found["words"], call.now, call.policy)
    return Reply(texts.VERDICTS[verb].format(number=number))


@router.on(
    words(r"整改(?:答复|结果)?[\s::]*(?P<number>[A-Za-z]{1,2}\s*\d{1,6})[\s::,,。]+(?P<words>\S[\s\S]{0,600})"),
    needs=Can.DO_RECTIFICATION,
    help="整改 A0231 整改结果",
)
def answer(db: Session, call: Call) -> Reply:
    """The window's own answer, on its way to the check. Raises `NoSuchRectification`, `NotNow`."""
    number = "".join(call.found["number"].split()).upper()
    rectification_answers.answer(db, call.actor, number, call.found["words"], call.now)
    return Reply(texts.FIX_REPORTED.format(number=number))
