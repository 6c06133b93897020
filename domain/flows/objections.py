"""异议 objection: what anybody says against a published pledge: answered by the branch, released by another person (A10, S8)."""

from enum import StrEnum

from domain.flow import Flow, row
from domain.permissions import Can


class ObjectionState(StrEnum):
    RECEIVED = "received"
    ANSWERED = "answered"
    RETURNED = "returned"
    CLOSED = "closed"
    DECLINED = "declined"


S = ObjectionState
OBJECTIONS = Flow(
    thing="objection",
    chinese="异议",
    start=S.RECEIVED,
    names={
        S.RECEIVED: "已收到，正在核实",
        S.ANSWERED: "已有答复，待核定",
        S.RETURNED: "退回重新核实",
        S.CLOSED: "已答复",
        S.DECLINED: "不属于承诺异议，已说明",
    },
    rows=(
        #   verb       中文        from                      to           who may                who hears
        row("answer", "答复", [S.RECEIVED, S.RETURNED], S.ANSWERED, Can.ANSWER_OBJECTION, "office"),
        row("return", "退回重新核实", [S.ANSWERED], S.RETURNED, Can.RELEASE_ANSWER, "secretary"),
        row("release", "核定并答复", [S.ANSWERED], S.CLOSED, Can.RELEASE_ANSWER, "author"),
        row("decline", "说明不属于异议", [S.RECEIVED, S.RETURNED], S.DECLINED, Can.RELEASE_ANSWER, "secretary"),
    ),
)
OPEN_STATES = frozenset({S.RECEIVED, S.RETURNED, S.ANSWERED})
ANSWERED_STATES = frozenset({S.CLOSED, S.DECLINED})
"""From here on whoever holds the number reads the answer."""
