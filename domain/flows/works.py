"""重点工程 key_work: drafted, shown to the public with its milestones, finished (A11: 排出工期)."""

from enum import StrEnum

from domain.flow import Flow, row
from domain.permissions import Can


class WorkState(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    FINISHED = "finished"


S = WorkState
WORKS = Flow(
    thing="work",
    chinese="重点工程",
    start=S.DRAFT,
    names={S.DRAFT: "草拟，未公开", S.PUBLISHED: "建设中", S.FINISHED: "已完工"},
    rows=(
        #   verb         中文       from                        to           who may        who hears
        row("publish", "公开", [S.DRAFT], S.PUBLISHED, Can.KEEP_WORK),
        row("finish", "完工", [S.PUBLISHED], S.FINISHED, Can.KEEP_WORK),
        row("reopen", "恢复建设", [S.FINISHED], S.PUBLISHED, Can.KEEP_WORK),
        row("withdraw", "撤下", [S.PUBLISHED, S.FINISHED], S.DRAFT, Can.KEEP_WORK),
    ),
)
PUBLIC_WORKS = frozenset({S.PUBLISHED, S.FINISHED})
