"""承诺汇总 batch: the branch compiles its units' pledges, the committee decides the whole of it or row by row (A7)."""

from enum import StrEnum

from domain.flow import Flow, row
from domain.permissions import Can


class BatchState(StrEnum):
    COMPILING = "compiling"
    SENT = "sent"
    DECIDED = "decided"


S = BatchState
BATCHES = Flow(
    thing="batch",
    chinese="单位承诺汇总",
    start=S.COMPILING,
    names={S.COMPILING: "汇总中", S.SENT: "待审定", S.DECIDED: "已审定"},
    rows=(
        #   verb      中文          from             to           who may                    who hears
        row("send", "报局党委审定", [S.COMPILING], S.SENT, Can.COMPILE_PLEDGES, "committee"),
        row("close", "审定完毕", [S.SENT], S.DECIDED, Can.APPROVE_UNIT_PLEDGE, "branch"),
    ),
)
