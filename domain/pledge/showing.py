"""公示的样子 showing: the name and the state a passer-by reads of a pledge; a failed state never stands beside a person's name (P03, P12)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.flows.pledges import PledgeState as S
from domain.names import public_name
from domain.pledge.standing import Standing, is_unkept, public_standing, standing, standing_words

UNNAMED = "本岗位党员"


class Group(StrEnum):
    """The three drawers of the board's filter."""

    UNDER_WAY = "under_way"
    FULFILLED = "fulfilled"
    EXCUSED = "excused"

    @property
    def chinese(self) -> str:
        return {"under_way": "推进中", "fulfilled": "已兑现", "excused": "因客观原因未兑现"}[self.value]


@dataclass(frozen=True)
class Released:
    """What two people let the public read of a person's unkept pledge: the name in which form, which words, from when to when, how widely."""

    form: str
    words: str
    since: date | None
    until: date
    everywhere: bool


@dataclass(frozen=True)
class Facts:
    """What is known of a published pledge and its author. `unit` is the unit's name, “” on a person's own."""

    unit: str
    name: str
    form: str
    state: str
    percent: int
    deadline: date | None
    released: Released | None = None


@dataclass(frozen=True)
class Face:
    """Who, how far, in which drawer; `cause_shown` says whether an objective cause may be told, `released` what is told of a person's."""

    who: str
    state: str
    group: Group
    cause_shown: bool
    released: Released | None = None


def group_of(state: str, *, of_unit: bool) -> Group:
    """An excuse of a person counts as under way until somebody else has confirmed it."""
    if state == S.EXCUSE_CONFIRMED or (of_unit and state == S.EXCUSED):
        return Group.EXCUSED
    return Group.FULFILLED if state in (S.FULFILLED, S.CONFIRMED) else Group.UNDER_WAY


def face(facts: Facts, today: date) -> Face:
    """What everybody may read of it today."""
    of_unit = bool(facts.unit)
    group = group_of(facts.state, of_unit=of_unit)
    if of_unit:
        told = standing(facts.state, facts.percent, facts.deadline, today)
        return Face(facts.unit, standing_words(told, facts.state), group, cause_shown=facts.state == S.EXCUSE_CONFIRMED)
    if facts.released and is_unkept(facts.state, facts.percent, facts.deadline, today):
        told = standing(facts.state, facts.percent, facts.deadline, today)
        return Face(
            public_name(facts.name, facts.released.form), standing_words(told, facts.state), group, cause_shown=False, released=facts.released
        )
    if group is Group.EXCUSED:
        return Face(UNNAMED, group.chinese, group, cause_shown=False)
    state = S.PUBLISHED.value if facts.state == S.EXCUSED else facts.state
    told = public_standing(standing(state, facts.percent, facts.deadline, today), of_unit=False)
    if told is Standing.NOT_STARTED:
        told = Standing.UNDER_WAY
    return Face(public_name(facts.name, facts.form), standing_words(told, state), group, cause_shown=False)
