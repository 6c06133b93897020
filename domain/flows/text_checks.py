"""内容安全 text_check: a citizen's words on their way to the public: looked at by a machine, in doubt by a person, whose word is final (F30, R34)."""

from enum import StrEnum

from domain.flow import Flow, row
from domain.permissions import Can


class CheckState(StrEnum):
    WAITING = "waiting"
    PASSED = "passed"
    HELD = "held"
    CLEARED = "cleared"
    HIDDEN = "hidden"


S = CheckState
TEXT_CHECKS = Flow(
    thing="text_check",
    chinese="内容安全",
    start=S.WAITING,
    names={S.WAITING: "等待检查", S.PASSED: "检查通过", S.HELD: "待人工判断", S.CLEARED: "人工判断可公开", S.HIDDEN: "人工判断不公开"},
    rows=(
        #   verb      中文         from                            to         who may           who hears
        row("pass", "检查通过", [S.WAITING], S.PASSED, Can.RUN_MACHINE),
        row("hold", "转人工", [S.WAITING], S.HELD, Can.RUN_MACHINE),
        row("clear", "可以公开", [S.WAITING, S.HELD], S.CLEARED, Can.JUDGE_TEXT),
        row("hide", "不予公开", [S.WAITING, S.PASSED, S.HELD], S.HIDDEN, Can.JUDGE_TEXT),
    ),
)
SHOWABLE = frozenset({S.PASSED, S.CLEARED})
