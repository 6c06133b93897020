"""Objections of the last days in every state, by the real verbs: received, answered, sent back, released, declined (A10)."""

from typing import Any

from domain.objections import Objection
from domain.ratings import Privacy
from operations.bureau.ground import OFFICE, Ground, plan
from services import objection_answers, objections, text_checks
from services.text_checks import Verdict

_COMMITTEE = "石开泰"


def raise_all(ground: Ground) -> None:
    """Each by a citizen of its own; the committee releases what the office answered."""
    for number, facts in enumerate(plan("objections")):
        _raise(ground, number, facts)


def _raise(ground: Ground, number: int, facts: dict[str, Any]) -> None:
    said = Objection(ground.citizen(900 + number), ground.pledges[facts["pledge"]], facts["text"], Privacy(facts["privacy"]))
    taken = objections.object_to(ground.db, said, ground.moment(facts["ago"], 15), ground.house.settings.policy)
    for one in text_checks.take(ground.db, ground.moment(facts["ago"], 16)):
        text_checks.settle(ground.db, one.id, Verdict(True, "自有词表未发现问题"), ground.moment(facts["ago"], 16))
    _go_on(ground, taken.number, facts)


def _go_on(ground: Ground, number: str, facts: dict[str, Any]) -> None:
    office, committee, at = ground.actor(OFFICE), ground.actor(_COMMITTEE), ground.moment(facts["ago"] - 1, 9)
    if facts["to"] == "declined":
        objection_answers.decline(ground.db, office, number, facts["answer"], at)
    if facts["to"] in ("answered", "returned", "closed"):
        objection_answers.answer(ground.db, office, number, facts["answer"], at)
    if facts["to"] == "returned":
        objection_answers.send_back(ground.db, committee, number, facts["why"], ground.moment(facts["ago"] - 1, 16))
    if facts["to"] == "closed":
        objection_answers.release(ground.db, committee, number, ground.moment(facts["ago"] - 2, 10), show_text=facts.get("show", False))
