"""承诺进展 standing: 未启动、推进中、已兑现、逾期、变更、因客观原因未兑现, by facts alone (A12); never shames a named person (P12)."""

from datetime import date
from enum import StrEnum

from domain.flows.pledges import PledgeState as S


class Standing(StrEnum):
    """How far a published pledge has come."""

    NOT_STARTED = "not_started"
    UNDER_WAY = "under_way"
    FULFILLED = "fulfilled"
    OVERDUE = "overdue"
    AMENDED = "amended"
    EXCUSED = "excused"

    @property
    def chinese(self) -> str:
        return _CHINESE[self]


_CHINESE = {
    Standing.NOT_STARTED: "未启动",
    Standing.UNDER_WAY: "推进中",
    Standing.FULFILLED: "已兑现",
    Standing.OVERDUE: "逾期",
    Standing.AMENDED: "变更",
    Standing.EXCUSED: "因客观原因未兑现",
}
CONFIRMED = frozenset({S.CONFIRMED, S.EXCUSE_CONFIRMED})
"""States in which somebody else has looked: until then the word is the author's own."""


def standing(state: str, percent: int, deadline: date | None, today: date, *, amending: bool = False) -> Standing | None:
    """Where it stands today; None for what is not published. `amending`: an amendment is with its reviewer."""
    if state in (S.EXCUSED, S.EXCUSE_CONFIRMED):
        return Standing.EXCUSED
    if state in (S.FULFILLED, S.CONFIRMED):
        return Standing.FULFILLED
    if state != S.PUBLISHED:
        return None
    if amending:
        return Standing.AMENDED
    if deadline is not None and deadline < today:
        return Standing.OVERDUE
    return Standing.UNDER_WAY if percent else Standing.NOT_STARTED


def is_unkept(state: str, percent: int, deadline: date | None, today: date) -> bool:
    """Somebody else confirmed that it was not kept, or its day has passed."""
    return state == S.EXCUSE_CONFIRMED or standing(state, percent, deadline, today) is Standing.OVERDUE


def public_standing(found: Standing | None, *, of_unit: bool) -> Standing | None:
    """What passers-by read: a person's pledge is never called overdue in public; a unit answers for its own (P12)."""
    return Standing.UNDER_WAY if found is Standing.OVERDUE and not of_unit else found


def standing_words(found: Standing | None, state: str) -> str:
    """“已兑现（支部已核实）”, “已兑现（本人报告）”: whose word it is stands beside it."""
    if found is None:
        return ""
    if found not in (Standing.FULFILLED, Standing.EXCUSED):
        return found.chinese
    return f"{found.chinese}（{'已核实' if state in CONFIRMED else '本人报告'}）"
