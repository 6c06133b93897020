"""限期整改 rectification: opened by a bad rating in the same transaction, done by the unit, verified by another (S1, F24)."""

from enum import StrEnum

from domain.flow import Flow, row
from domain.permissions import Can


class RectificationState(StrEnum):
    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"
    REOPENED = "reopened"
    WITHDRAWN = "withdrawn"


S = RectificationState
RECTIFICATIONS = Flow(
    thing="rectification",
    chinese="限期整改",
    start=S.OPEN,
    names={S.OPEN: "正在整改", S.ANSWERED: "已答复，待复核", S.CLOSED: "已办结", S.REOPENED: "二次督办", S.WITHDRAWN: "评价人已改为好评"},
    rows=(
        #   verb       中文          from                      to           who may                    who hears
        row("answer", "报告整改结果", [S.OPEN, S.REOPENED], S.ANSWERED, Can.DO_RECTIFICATION, "office"),
        row("close", "复核办结", [S.ANSWERED], S.CLOSED, Can.VERIFY_RECTIFICATION, "follower"),
        row("reopen", "退回二次督办", [S.ANSWERED], S.REOPENED, Can.VERIFY_RECTIFICATION, "window_head"),
        row("satisfy", "评价人满意", [S.CLOSED], S.CLOSED, Can.JUDGE_RECTIFICATION),
        row("dispute", "评价人不满意，二次督办", [S.CLOSED], S.REOPENED, Can.JUDGE_RECTIFICATION, "window_head", "office"),
        row("regret", "评价人仍不满意", [S.CLOSED], S.CLOSED, Can.JUDGE_RECTIFICATION),
        row("withdraw", "随评价修改而撤销", [S.OPEN, S.ANSWERED, S.REOPENED], S.WITHDRAWN, Can.RATE_WINDOW, "window_head"),
        row("renew", "评价人再次改为差评", [S.WITHDRAWN], S.REOPENED, Can.RATE_WINDOW, "window_head"),
    ),
)
