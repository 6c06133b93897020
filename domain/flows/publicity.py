"""公示 publicity: what hangs where, from when to when, until it is taken down; one written down by mistake is void (A9, F15)."""

from enum import StrEnum

from domain.flow import Flow, row
from domain.permissions import Can


class PublicityState(StrEnum):
    SHOWING = "showing"
    TAKEN_DOWN = "taken_down"
    VOID = "void"


S = PublicityState
PUBLICITY = Flow(
    thing="publicity",
    chinese="公示登记",
    start=S.SHOWING,
    names={S.SHOWING: "正在公示", S.TAKEN_DOWN: "已撤下", S.VOID: "登记有误，已作废"},
    rows=(
        #   verb         中文          from         to            who may
        row("take_down", "撤下", [S.SHOWING], S.TAKEN_DOWN, Can.PRINT_BOARD),
        row("void", "作废这条登记", [S.SHOWING], S.VOID, Can.PRINT_BOARD),
    ),
)
