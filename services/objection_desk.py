"""异议 on the desk: what waits for whom: an answer, a release, a judgement of words (A10, F30)."""

from datetime import datetime

from sqlalchemy.orm import Session

from domain.actor import Actor, Role
from domain.flows.text_checks import TEXT_CHECKS
from domain.permissions import Can, could
from domain.waiting import Waiting
from services import objection_answers, text_checks
from services.objections import THING

_READERS = frozenset({Role.BRANCH_SECRETARY, Role.COMMITTEE, Role.LEADING_OFFICE})
_WORDS = {"answer": "核实异议并答复", "release": "核定异议的答复"}
_MOST = 200


def waiting(db: Session, actor: Actor, now: datetime) -> list[Waiting]:
    """A secretary answers for the branch; the office and the committee release, and answer what is late."""
    held = {seat.role for seat in actor.seats}
    if not held & _READERS:
        return []
    rows = objection_answers.handled(db, actor, now, most=_MOST)
    judged = text_checks.held(db, actor, most=_MOST) if could(actor, Can.JUDGE_TEXT) else ()
    return [
        *(
            Waiting(THING, row.number, f"{_WORDS[verb]}：{row.pledge[:20]}", row.due, row.number)
            for row in rows
            for verb, _ in row.verbs
            if verb in _WORDS and (verb == "release" or row.late or Role.BRANCH_SECRETARY in held)
        ),
        *(Waiting(TEXT_CHECKS.thing, str(one.id), f"判断能否公开：{one.verdict}") for one in judged),
    ]
