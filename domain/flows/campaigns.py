"""活动 campaign: prepared until somebody starts it; only a running one binds anybody (A1, F02)."""

from enum import StrEnum

from domain.flow import Flow, row
from domain.permissions import Can


class CampaignState(StrEnum):
    PREPARED = "prepared"
    RUNNING = "running"
    CLOSED = "closed"


S = CampaignState
CAMPAIGNS = Flow(
    thing="campaign",
    chinese="活动",
    start=S.PREPARED,
    names={S.PREPARED: "筹备中", S.RUNNING: "进行中", S.CLOSED: "已结束"},
    rows=(
        #   verb     中文     from          to          who may
        row("start", "启动", [S.PREPARED], S.RUNNING, Can.LOAD_CAMPAIGN),
        row("close", "结束", [S.RUNNING], S.CLOSED, Can.LOAD_CAMPAIGN),
        row("reopen", "重新开放", [S.CLOSED], S.RUNNING, Can.LOAD_CAMPAIGN),
    ),
)
