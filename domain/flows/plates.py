"""座牌 desk_plate: the code on the desk; the post stays, its holder changes, a lost plate is revoked (A13, F18, F19)."""

from enum import StrEnum

from domain.flow import Flow, row
from domain.permissions import Can


class PlateState(StrEnum):
    ISSUED = "issued"
    REVOKED = "revoked"
    EXPIRED = "expired"


S = PlateState
PLATES = Flow(
    thing="plate",
    chinese="座牌",
    start=S.ISSUED,
    names={S.ISSUED: "使用中", S.REVOKED: "已停用", S.EXPIRED: "已过期"},
    rows=(
        #   verb      中文        from         to          who may            who hears
        row("revoke", "停用", [S.ISSUED], S.REVOKED, Can.ISSUE_PLATE, "office"),
        row("expire", "到期", [S.ISSUED], S.EXPIRED, Can.RUN_MACHINE),
    ),
)
