"""Three key works with their milestones: one finished, one late and saying why, one on its way (A11)."""

from typing import Any

from domain.works import Milestone
from operations.bureau.ground import OFFICE, Ground, plan
from services import works

_WRITTEN = 3


def begin_all(ground: Ground) -> None:
    """Written down by the office, shown to the public, the finished one reported so."""
    office = ground.actor(OFFICE)
    for facts in plan("works"):
        row = works.write_down(ground.db, office, _facts(ground, facts), ground.moment(_WRITTEN))
        row.code = f"{ground.dice.getrandbits(32):08x}"
        works.go(ground.db, office, row.code, "publish", "", ground.moment(_WRITTEN, 11))
        if facts["state"] == "finished":
            works.go(ground.db, office, row.code, "finish", "", ground.moment(_WRITTEN, 14))


def _facts(ground: Ground, facts: dict[str, Any]) -> works.Facts:
    return works.Facts(
        name=facts["name"],
        branch_id=ground.bodies[facts["branch"]],
        section=facts["section"],
        summary=facts["summary"],
        percent=facts["percent"],
        delay_words=facts.get("delay_words", ""),
        milestones=tuple(_milestone(ground, one) for one in facts["milestones"]),
        pledges=tuple(ground.pledges[slogan] for slogan in facts["pledges"]),
    )


def _milestone(ground: Ground, facts: dict[str, Any]) -> Milestone:
    days = {name: ground.day(-facts[name]) if name in facts else None for name in ("expected", "actual")}
    return Milestone(facts["name"], ground.day(-facts["planned"]), days["expected"], days["actual"], facts.get("note", ""))
