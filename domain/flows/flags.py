"""疑似刷评 flag: what the counters noticed at a window on a day; a person looks at it, no rating is ever dropped for it (F32, R22)."""

from enum import StrEnum

from domain.flow import Flow, row
from domain.permissions import Can


class FlagState(StrEnum):
    RAISED = "raised"
    HARMLESS = "harmless"
    SUSPECT = "suspect"


S = FlagState
FLAGS = Flow(
    thing="flag",
    chinese="疑似刷评",
    start=S.RAISED,
    names={S.RAISED: "待核查", S.HARMLESS: "核查正常", S.SUSPECT: "核查异常"},
    rows=(
        #   verb       中文         from                      to           who may
        row("dismiss", "核查正常", [S.RAISED, S.SUSPECT], S.HARMLESS, Can.CHECK_FLAG),
        row("confirm", "核查异常", [S.RAISED, S.HARMLESS], S.SUSPECT, Can.CHECK_FLAG),
    ),
)
KINDS = {"burst": "短时突增", "voice": "一人多评", "note": "相同说明"}
"""What was noticed, as the office reads it."""
