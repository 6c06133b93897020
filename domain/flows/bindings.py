"""绑定申请 binding request: a match that is not certain waits for the secretary's word (F08)."""

from enum import StrEnum

from domain.flow import Flow, row
from domain.permissions import Can


class BindingState(StrEnum):
    WAITING = "waiting"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    LAPSED = "lapsed"


S = BindingState
BINDINGS = Flow(
    thing="binding",
    chinese="绑定申请",
    start=S.WAITING,
    names={S.WAITING: "待核对", S.CONFIRMED: "已确认", S.REFUSED: "不是本人", S.LAPSED: "已失效"},
    rows=(
        #   verb       中文      from         to           who may                  who hears
        row("confirm", "确认本人", [S.WAITING], S.CONFIRMED, Can.CONFIRM_BINDING),
        row("refuse", "不是本人", [S.WAITING], S.REFUSED, Can.CONFIRM_BINDING),
        row("lapse", "失效", [S.WAITING], S.LAPSED, Can.BE_ANYONE),  # another request of the same phone was confirmed, or its term is over
    ),
)
