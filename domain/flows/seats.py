"""任职 seat: the office proposes, the committee decides: nobody gives rights alone (roles and terms: two persons)."""

from enum import StrEnum

from domain.flow import Flow, row
from domain.permissions import Can


class SeatState(StrEnum):
    PROPOSED = "proposed"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    DONE = "done"


S = SeatState
SEATS = Flow(
    thing="seat_proposal",
    chinese="任职提名",
    start=S.PROPOSED,
    names={S.PROPOSED: "待批准", S.APPROVED: "已批准，到期生效", S.REFUSED: "未批准", S.WITHDRAWN: "已撤回", S.DONE: "已生效"},
    rows=(
        #   verb        中文      from          to           who may           who hears
        row("approve", "批准", [S.PROPOSED], S.APPROVED, Can.DECIDE_SEAT, "proposer"),
        row("refuse", "不批准", [S.PROPOSED], S.REFUSED, Can.DECIDE_SEAT, "proposer"),
        row("withdraw", "撤回", [S.PROPOSED], S.WITHDRAWN, Can.PROPOSE_SEAT, "proposer"),
        row("carry_out", "生效", [S.APPROVED], S.DONE, Can.BE_ANYONE, "holder", "successor"),  # the clock, on the day
    ),
)
