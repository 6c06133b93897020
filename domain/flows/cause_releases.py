"""公开未兑现情况: a person's unkept pledge stands in public with a name only when two people let it, for a time (P12)."""

from enum import StrEnum

from domain.flow import Flow, row
from domain.permissions import Can


class ReleaseState(StrEnum):
    PROPOSED = "proposed"
    RELEASED = "released"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"


S = ReleaseState
CAUSE_RELEASES = Flow(
    thing="cause_release",
    chinese="公开未兑现情况",
    start=S.PROPOSED,
    names={S.PROPOSED: "待批准", S.RELEASED: "公开中", S.REFUSED: "未批准", S.WITHDRAWN: "已收回", S.ENDED: "已到期"},
    rows=(
        #   verb        中文        from                      to           who may                who hears
        row("release", "批准公开", [S.PROPOSED], S.RELEASED, Can.DECIDE_RELEASE, "author", "proposer"),
        row("refuse", "不批准", [S.PROPOSED], S.REFUSED, Can.DECIDE_RELEASE, "author", "proposer"),
        row("take_back", "收回", [S.PROPOSED, S.RELEASED], S.WITHDRAWN, Can.TAKE_BACK_RELEASE, "author"),  # one is enough to hide
        row("end", "到期", [S.RELEASED], S.ENDED, Can.BE_ANYONE, "author"),  # the clock
    ),
)
