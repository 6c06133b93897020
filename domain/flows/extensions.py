"""延期 extension: asked by the unit with a reason, decided by the office; once decided it stays (F25)."""

from enum import StrEnum

from domain.flow import Flow, row
from domain.permissions import Can


class ExtensionState(StrEnum):
    ASKED = "asked"
    GRANTED = "granted"
    REFUSED = "refused"


S = ExtensionState
EXTENSIONS = Flow(
    thing="extension",
    chinese="延期申请",
    start=S.ASKED,
    names={S.ASKED: "待批复", S.GRANTED: "已同意", S.REFUSED: "未同意"},
    rows=(
        #   verb      中文      from       to           who may                 who hears
        row("grant", "同意延期", [S.ASKED], S.GRANTED, Can.DECIDE_EXTENSION, "asker"),
        row("refuse", "不同意延期", [S.ASKED], S.REFUSED, Can.DECIDE_EXTENSION, "asker"),
    ),
)
