"""承诺 pledge: 提诺 → 审诺 → 亮诺 → 践诺; two chains that differ in who decides (A7, A8; S8)."""

from collections.abc import Mapping
from enum import StrEnum

from domain.flow import Flow, Row, row
from domain.permissions import Can


class PledgeState(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    PUBLISHED = "published"
    FULFILLED = "fulfilled"
    CONFIRMED = "confirmed"
    EXCUSED = "excused_with_reason"
    EXCUSE_CONFIRMED = "excuse_confirmed"


S = PledgeState
_NAMES: Mapping[StrEnum, str] = {
    S.DRAFT: "起草中",
    S.SUBMITTED: "待审核",
    S.RETURNED: "已退回",
    S.APPROVED: "已审定",
    S.PUBLISHED: "已公示",
    S.FULFILLED: "已报告兑现，待核实",
    S.CONFIRMED: "已兑现",
    S.EXCUSED: "已说明客观原因，待核实",
    S.EXCUSE_CONFIRMED: "因客观原因未兑现",
}


def _rows(review: Can) -> tuple[Row, ...]:
    """`review` is the deed of whoever decides in this chain."""
    return (
        #   verb       中文        from                      to           who may                    who hears
        row("submit", "提交审核", [S.DRAFT, S.RETURNED], S.SUBMITTED, Can.SUBMIT_PLEDGE, "reviewer"),
        row("withdraw", "撤回", [S.SUBMITTED], S.DRAFT, Can.SUBMIT_PLEDGE),
        row("return", "退回修改", [S.SUBMITTED], S.RETURNED, review, "author"),
        row("give_back", "支部退回修改", [S.SUBMITTED], S.RETURNED, Can.COMPILE_PLEDGES, "author"),
        row("approve", "审核通过", [S.SUBMITTED], S.APPROVED, review, "author"),
        row("publish", "公示", [S.APPROVED], S.PUBLISHED, Can.PUBLISH_PLEDGE, "author"),
        row("retract", "撤下公示", [S.PUBLISHED], S.APPROVED, Can.RETRACT_PLEDGE, "author", "reviewer"),
        row("fulfil", "报告兑现", [S.PUBLISHED], S.FULFILLED, Can.REPORT_FULFILMENT, "reviewer"),
        row("excuse", "说明客观原因", [S.PUBLISHED], S.EXCUSED, Can.REPORT_FULFILMENT, "reviewer"),
        row("confirm", "核实兑现", [S.FULFILLED], S.CONFIRMED, Can.CONFIRM_FULFILMENT, "author"),
        row("accept", "核实客观原因", [S.EXCUSED], S.EXCUSE_CONFIRMED, Can.CONFIRM_FULFILMENT, "author"),
        row("doubt", "核实不符，继续办理", [S.FULFILLED, S.EXCUSED], S.PUBLISHED, Can.CONFIRM_FULFILMENT, "author"),
    )


PLEDGES = Flow(thing="pledge", chinese="承诺（支部审核）", start=S.DRAFT, names=_NAMES, rows=_rows(Can.REVIEW_PLEDGE))
COMMITTEE_PLEDGES = Flow(thing="pledge", chinese="承诺（局党委审定）", start=S.DRAFT, names=_NAMES, rows=_rows(Can.APPROVE_UNIT_PLEDGE))
PUBLIC_STATES = frozenset({S.PUBLISHED, S.FULFILLED, S.CONFIRMED, S.EXCUSED, S.EXCUSE_CONFIRMED})
OPEN_STATES = frozenset({S.SUBMITTED, S.RETURNED, S.APPROVED}) | PUBLIC_STATES
"""All but drafts: what counts as handed in."""
