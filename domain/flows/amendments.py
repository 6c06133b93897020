"""变更承诺 amendment: published text is frozen; a change has a reason, is reviewed, and becomes the next version (design.md 5.6)."""

from collections.abc import Mapping
from enum import StrEnum

from domain.flow import Flow, Row, row
from domain.permissions import Can


class AmendmentState(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    PUBLISHED = "published"


S = AmendmentState
_NAMES: Mapping[StrEnum, str] = {
    S.DRAFT: "起草中",
    S.SUBMITTED: "变更待审核",
    S.RETURNED: "变更已退回",
    S.WITHDRAWN: "变更已撤回",
    S.PUBLISHED: "变更已公示",
}


def _rows(review: Can) -> tuple[Row, ...]:
    return (
        #   verb       中文          from                                  to             who may              who hears
        row("submit", "提交变更", [S.DRAFT, S.RETURNED, S.WITHDRAWN], S.SUBMITTED, Can.SUBMIT_PLEDGE, "reviewer"),
        row("withdraw", "撤回变更", [S.SUBMITTED, S.RETURNED], S.WITHDRAWN, Can.SUBMIT_PLEDGE),
        row("return", "退回变更", [S.SUBMITTED], S.RETURNED, review, "author"),
        row("publish", "通过变更并公示", [S.SUBMITTED], S.PUBLISHED, review, "author"),
    )


AMENDMENTS = Flow(thing="amendment", chinese="变更承诺（支部审核）", start=S.DRAFT, names=_NAMES, rows=_rows(Can.REVIEW_PLEDGE))
COMMITTEE_AMENDMENTS = Flow(thing="amendment", chinese="变更承诺（局党委审定）", start=S.DRAFT, names=_NAMES, rows=_rows(Can.APPROVE_UNIT_PLEDGE))
