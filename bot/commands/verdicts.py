"""整改满意 A0231, 整改不满意 A0231 原因: the rater's word on what became of a bad rating; “不满意” sends it back once (S1, F24)."""

from sqlalchemy.orm import Session

from bot import texts
from bot.replies import Reply
from bot.router import Call, Router, words
from domain.permissions import Can
from domain.rectifications import Verdict
from services import rectification_answers

router = Router()

_SAID = r"(?:对?整改|对?结果)?\s*(?P<no>不)?(?:满意|认可)[\s::,,]*(?P<number>[A-Za-z]{1,2}\s*\d{1,6})[\s::,,。]*(?P<words>[\s\S]{0,600})"


@router.on(words(_SAID), needs=Can.JUDGE_RECTIFICATION, help="整改满意 A0231")
def judge(db: Session, call: Call) -> Reply:
    """Before 评价 is tried: a mark with a number is about an order, never about a window."""
    verdict = Verdict.DISSATISFIED if call.found["no"] else Verdict.SATISFIED
    number = "".join(call.found["number"].split()).upper()
    verb = rectification_answers.judge(db, call.actor, number, verdict, call.found["words"], call.now, call.policy)
    return Reply(texts.VERDICTS[verb].format(number=number))
