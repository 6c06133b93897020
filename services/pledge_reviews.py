"""审核台 reviews: whose turn it is for many pledges at once, and many decided in one deed (A8: twenty on a phone)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from domain.actor import Actor, Role
from domain.calendar import local_day
from domain.errors import Refusal
from domain.flows.amendments import AmendmentState
from domain.flows.pledges import PLEDGES, PledgeState
from domain.four_clears import Hint
from domain.pledge.wording import Difference, Wording, differences
from models import amendments as amendment_table
from models import people
from models import pledges as table
from services import amendments, pledge_forms, pledge_progress, pledge_rows, pledge_works, pledges
from services.pledge_forms import Form


class Turn(StrEnum):
    """What the reviewer is asked to do."""

    REVIEW = "review"
    AMENDMENT = "amendment"
    CONFIRM = "confirm"
    PUBLISH = "publish"

    @property
    def chinese(self) -> str:
        return {Turn.REVIEW: "待审核", Turn.AMENDMENT: "变更待审", Turn.CONFIRM: "待核实", Turn.PUBLISH: "待公示"}[self]


_TURNS = {
    PledgeState.SUBMITTED: Turn.REVIEW,
    PledgeState.FULFILLED: Turn.CONFIRM,
    PledgeState.EXCUSED: Turn.CONFIRM,
    PledgeState.APPROVED: Turn.PUBLISH,
}


@dataclass(frozen=True)
class Item:
    """One thing on the reviewer's desk. `seen` goes back with the decision: it stands for the text that was read."""

    turn: Turn
    code: str
    author: str
    wording: Wording
    seen: int
    state: str
    hints: tuple[Hint, ...] = ()
    why: str = ""
    changes: tuple[Difference, ...] = ()

    @property
    def state_words(self) -> str:
        return PLEDGES.name(self.state)


@dataclass(frozen=True)
class Decision:
    """What a reviewer says about one item; `turn` tells which of the verbs stands for yes and no."""

    code: str
    seen: int
    turn: Turn = Turn.REVIEW


@dataclass(frozen=True)
class Outcome:
    """What became of one: done, or the sentence why not."""

    code: str
    refusal: Refusal | None = None


class _Turns:
    """Who decides what, with each question asked of the database once."""

    def __init__(self, db: Session, actor: Actor, now: datetime) -> None:
        self._db, self._actor, self._day = db, actor, local_day(now)
        self._secretaries = people.holders_by_body(db, Role.BRANCH_SECRETARY.value, self._day)
        self._forms: dict[tuple[str, int | None, bool], Form] = {}

    def form(self, pledge: table.Pledge) -> Form:
        key = (pledge.campaign, pledge.branch_id, pledge.unit_id is not None)
        if key not in self._forms:
            self._forms[key] = pledge_forms.form(self._db, pledge.campaign, self._day, pledge.branch_id, pledge.unit_id)
        return self._forms[key]

    def mine(self, pledge: table.Pledge, turn: Turn) -> bool:
        """Whether the actor has the next deed to do. What is compiled is decided in its batch."""
        actor, form = self._actor, self.form(pledge)
        if turn is Turn.PUBLISH:
            office = actor.seat_of(Role.LEADING_OFFICE) is not None
            return office or (actor.person_id in self._secretaries.get(pledge.branch_id or 0, ()) and pledge.unit_id is None)
        if actor.person_id == pledge.author_id or (turn is Turn.REVIEW and form.hands.compiled):
            return False
        secretaries = [one for one in self._secretaries.get(pledge.branch_id or 0, ()) if one != pledge.author_id]
        if form.hands.decides is Role.BRANCH_SECRETARY and secretaries:
            return actor.person_id in secretaries
        return actor.seat_of(Role.COMMITTEE) is not None


def waiting(db: Session, actor: Actor, now: datetime) -> list[Item]:
    """All that waits for this reviewer, in the order it came; a bounded number of statements."""
    if not could_review(actor):
        return []
    turns = _Turns(db, actor, now)
    wide = actor.seat_of(Role.COMMITTEE) is not None or actor.seat_of(Role.LEADING_OFFICE) is not None
    branches = None if wide else [seat.body_id for seat in actor.seats if seat.role is Role.BRANCH_SECRETARY]
    rows = [row for row in table.in_states(db, sorted(_TURNS), branches) if turns.mine(row, _TURNS[PledgeState(row.state)])]
    changed = [(row, pledge) for row, pledge in amendment_table.in_state(db, AmendmentState.SUBMITTED.value) if turns.mine(pledge, Turn.AMENDMENT)]
    tied = pledge_works.tied(db, [row.id for row in rows])
    names = table.author_names(db, [*rows, *(pledge for _, pledge in changed)])
    return [_item(row, turns.form(row), names, row.id in tied) for row in rows] + [
        _change(row, pledge, turns.form(pledge), names) for row, pledge in changed
    ]


def could_review(actor: Actor) -> bool:
    return any(seat.role in (Role.BRANCH_SECRETARY, Role.COMMITTEE, Role.LEADING_OFFICE) for seat in actor.seats)


def _item(row: table.Pledge, form: Form, names: dict[int, str], linked: bool) -> Item:
    wording = pledge_rows.wording_of(row)
    turn = _TURNS[PledgeState(row.state)]
    hints = form.hints(wording, linked=linked) if turn is Turn.REVIEW else ()
    return Item(turn, row.code, names[row.id], wording, row.version, row.state, hints)


def _change(row: amendment_table.Amendment, pledge: table.Pledge, form: Form, names: dict[int, str]) -> Item:
    after = pledge_rows.wording_of(row)
    changes = differences(pledge_rows.wording_of(pledge), after)
    return Item(Turn.AMENDMENT, pledge.code, names[pledge.id], after, row.version, pledge.state, form.hints(after), row.why, changes)


def decide(db: Session, actor: Actor, decision: Decision, yes: bool, why: str, now: datetime) -> None:
    """One decision in its own words: approve or return, publish or return a change, confirm or doubt, publish."""
    code, seen = decision.code, decision.seen
    if decision.turn is Turn.AMENDMENT:
        amendments.review(db, actor, code, "publish" if yes else "return", why, now, seen=seen)
    elif decision.turn is Turn.CONFIRM:
        excused = pledge_rows.readable(db, actor, code).state == PledgeState.EXCUSED
        pledge_progress.confirm(db, actor, code, ("accept" if excused else "confirm") if yes else "doubt", why, now, seen=seen)
    elif decision.turn is Turn.PUBLISH:
        pledges.publish(db, actor, code, now)
    else:
        pledges.review(db, actor, code, "approve" if yes else "return", why, now, seen=seen)


def decide_many(db: Session, actor: Actor, decisions: Sequence[Decision], yes: bool, why: str, now: datetime) -> list[Outcome]:
    """Twenty in one deed: each stands or falls by itself, those that fall say why."""
    outcomes = []
    for one in dict.fromkeys(decisions):
        try:
            with db.begin_nested():
                decide(db, actor, one, yes, why, now)
            outcomes.append(Outcome(one.code))
        except Refusal as refusal:
            outcomes.append(Outcome(one.code, refusal))
    return outcomes
