"""承诺 on the desk: which pledges wait for whom."""

from datetime import datetime

from sqlalchemy.orm import Session

from domain.actor import Actor, Role
from domain.flows.pledges import PLEDGES, PledgeState
from domain.waiting import Waiting
from models import pledges as table


def waiting(db: Session, actor: Actor, _now: datetime) -> list[Waiting]:
    """Members' pledges that wait for this secretary's review, and one's own that came back."""
    branches = [seat.body_id for seat in actor.seats if seat.role is Role.BRANCH_SECRETARY]
    rows = table.submitted_in(db, branches, PledgeState.SUBMITTED.value) if branches else []
    theirs = [Waiting(PLEDGES.thing, row.code, f"审核承诺：{row.content[:20]}") for row in rows if row.author_id != actor.person_id]
    own = table.of_author(db, actor.person_id, PledgeState.RETURNED.value) if actor.person_id else []
    return theirs + [Waiting(PLEDGES.thing, row.code, f"修改退回的承诺：{row.content[:20]}") for row in own]
