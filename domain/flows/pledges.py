"""承诺 pledge: 提诺 → 审诺 → 亮诺 → 践诺; two chains, member's and unit's (A7, A8; S8)."""

from enum import StrEnum

from domain.flow import Flow, row
from domain.permissions import Can


class PledgeState(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    PUBLISHED = "published"
    FULFILLED = "fulfilled"
    EXCUSED = "excused_with_reason"


S = PledgeState
PLEDGES = Flow(
    thing="pledge",
    chinese="承诺",
    start=S.DRAFT,
    names={
        S.DRAFT: "起草中",
        S.SUBMITTED: "待审核",
        S.RETURNED: "已退回",
        S.APPROVED: "已审定",
        S.PUBLISHED: "已公示",
        S.FULFILLED: "已兑现",
        S.EXCUSED: "因客观原因未兑现",
    },
    rows=(
        #   verb       中文        from                      to           who may                    who hears
        row("submit", "提交审核", [S.DRAFT, S.RETURNED], S.SUBMITTED, Can.SUBMIT_PLEDGE, "reviewer"),
        row("return", "退回修改", [S.SUBMITTED], S.RETURNED, Can.REVIEW_PLEDGE, "author"),
        row("approve", "审核通过", [S.SUBMITTED], S.APPROVED, Can.REVIEW_PLEDGE, "author"),
        row("publish", "公示", [S.APPROVED], S.PUBLISHED, Can.PUBLISH_PLEDGE, "author"),
        row("fulfil", "报告兑现", [S.PUBLISHED], S.FULFILLED, Can.REPORT_FULFILMENT, "reviewer"),
        row("excuse", "说明客观原因", [S.PUBLISHED], S.EXCUSED, Can.REPORT_FULFILMENT, "reviewer"),
    ),
)
PUBLIC_STATES = frozenset({S.PUBLISHED, S.FULFILLED, S.EXCUSED})
