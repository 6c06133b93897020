"""承诺随人走: whoever moves to another branch takes his own open pledges along; its secretary reviews and confirms from now on (A7, F08)."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from domain.actor import Actor
from domain.flows.pledges import PLEDGES, PledgeState
from models import editions, pledges
from services import steps

S = PledgeState
UNDER_WAY = (S.DRAFT, S.SUBMITTED, S.RETURNED, S.APPROVED, S.PUBLISHED, S.FULFILLED, S.EXCUSED)
"""What somebody has still to do something about; what is settled stays with the branch that settled it."""


def follow(db: Session, actor: Actor, moved: Mapping[int, int], now: datetime) -> None:
    """`moved` is person → branch. Units' pledges stay with their unit."""
    if not moved:
        return
    taken = pledges.move_with(db, moved, [state.value for state in UNDER_WAY])
    changed = [
        {"thing_id": one, "source": f"branch:{before or 0}", "target": f"branch:{after}", "why": "随本人转支部"} for one, before, after in taken
    ]
    steps.record_all(db, actor, PLEDGES.thing, "move", now, changed, actor.acting)
    if taken:
        editions.grow(db)
