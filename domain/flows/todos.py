"""待办 todo: one task for one unit or person, from open to accepted; what was late stays late (A3, F04)."""

from enum import StrEnum

from domain.flow import Flow, row
from domain.permissions import Can


class TodoState(StrEnum):
    ASKED = "asked"
    OPEN = "open"
    HANDED_IN = "handed_in"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    WAIVED = "waived"
    PAUSED = "paused"
    DROPPED = "dropped"


S = TodoState
TODOS = Flow(
    thing="todo",
    chinese="待办",
    start=S.OPEN,
    names={
        S.ASKED: "活动开始前已过期，待办公室确认",
        S.OPEN: "待报送",
        S.HANDED_IN: "已报送，待审核",
        S.RETURNED: "已退回",
        S.ACCEPTED: "已办结",
        S.WAIVED: "已免办",
        S.PAUSED: "已暂停",
        S.DROPPED: "已撤销",
    },
    rows=(
        #   verb       中文        from                                        to            who may                    who hears
        row("hand_in", "报送", [S.OPEN, S.RETURNED], S.HANDED_IN, Can.HAND_IN),
        row("take_back", "撤回", [S.HANDED_IN], S.OPEN, Can.HAND_IN),
        row("return", "退回", [S.HANDED_IN], S.RETURNED, Can.DECIDE_SUBMISSION, "accountable"),
        row("accept", "审核通过", [S.HANDED_IN], S.ACCEPTED, Can.DECIDE_SUBMISSION, "accountable"),
        row("require", "要求补办", [S.ASKED], S.OPEN, Can.KEEP_SCHEDULE, "accountable"),
        row("waive", "免办", [S.ASKED, S.OPEN, S.RETURNED, S.PAUSED], S.WAIVED, Can.KEEP_SCHEDULE, "accountable"),
        row("pause", "暂停", [S.OPEN, S.RETURNED], S.PAUSED, Can.KEEP_SCHEDULE, "accountable"),
        row("resume", "恢复", [S.PAUSED], S.OPEN, Can.KEEP_SCHEDULE, "accountable"),
        row("drop", "撤销", [S.ASKED, S.OPEN, S.HANDED_IN, S.RETURNED, S.PAUSED], S.DROPPED, Can.LOAD_CAMPAIGN, "accountable"),
        row("revive", "重新列入", [S.DROPPED], S.OPEN, Can.LOAD_CAMPAIGN, "accountable"),
    ),
)
OUTSTANDING = frozenset({S.OPEN, S.RETURNED})
"""Something is still to be handed in, and somebody may be reminded of it."""
DONE = frozenset({S.ACCEPTED, S.WAIVED, S.DROPPED})
