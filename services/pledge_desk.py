"""承诺 on the desk: which pledges, changes and batches wait for whom."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from domain.actor import Actor, Role
from domain.calendar import local_day
from domain.flows.batches import BATCHES, BatchState
from domain.flows.pledges import PLEDGES, PledgeState
from domain.waiting import Waiting
from models import batches as batch_table
from models import people
from models import pledges as table
from services import pledge_reviews

REVIEWS = "review"
"""What the desk calls a reviewer's list; `key` is the kind of turn."""
_SOON = timedelta(days=7)


def waiting(db: Session, actor: Actor, now: datetime) -> list[Waiting]:
    """Reviews by kind, batches one by one, one's own pledges that came back or are nearly due."""
    turns = Counter(item.turn for item in pledge_reviews.waiting(db, actor, now))
    found = [Waiting(REVIEWS, turn.value, f"{turn.chinese}的承诺{n}条") for turn, n in turns.items()]
    return [*found, *_batches(db, actor), *_own(db, actor, now)]


def _batches(db: Session, actor: Actor) -> Iterator[Waiting]:
    branches = [seat.body_id for seat in actor.seats if seat.role is Role.BRANCH_SECRETARY]
    free = len(batch_table.lying_free(db, branches, PledgeState.SUBMITTED.value)) if branches else 0
    if free:
        yield Waiting(BATCHES.thing, "", f"汇总单位承诺{free}条，报局党委审定")
    if actor.seat_of(Role.COMMITTEE) is None:
        return
    sent = batch_table.batches(db, state=BatchState.SENT.value)
    names = people.bodies_by_id(db, [one.branch_id for one in sent])
    for one in sent:
        yield Waiting(BATCHES.thing, one.code, f"审定单位承诺：{names[one.branch_id].name}")


def _own(db: Session, actor: Actor, now: datetime) -> Iterator[Waiting]:
    states = [PledgeState.RETURNED.value, PledgeState.PUBLISHED.value]
    for row in table.of_author(db, actor.person_id, states) if actor.person_id else []:
        if row.state == PledgeState.RETURNED:
            yield Waiting(PLEDGES.thing, row.code, f"修改退回的承诺：{row.content[:20]}")
        elif row.deadline and row.deadline - local_day(now) <= _SOON:
            yield Waiting(PLEDGES.thing, row.code, f"报告承诺兑现：{row.content[:20]}", row.deadline)
