"""重点工程工期: what a milestone's dates say, and that whatever is late says why (A11)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.work_refusals import DelayUnexplained, NotFinishedYet


class Standing(StrEnum):
    """How a milestone stands against its first plan."""

    DONE = "done"
    DONE_LATE = "done_late"
    AHEAD = "ahead"
    MOVED = "moved"
    OVERDUE = "overdue"


@dataclass(frozen=True)
class Milestone:
    """节点: `planned` as first made public, `expected` when it was moved, `actual` when reached, `note` why it is late."""

    name: str
    planned: date
    expected: date | None = None
    actual: date | None = None
    note: str = ""
    id: int | None = None

    def standing(self, today: date) -> Standing:
        if self.actual is not None:
            return Standing.DONE_LATE if self.actual > self.planned else Standing.DONE
        if today > (self.expected or self.planned):
            return Standing.OVERDUE
        return Standing.MOVED if self.expected is not None and self.expected > self.planned else Standing.AHEAD

    def words(self, today: date) -> str:
        """“提前3天完成”, “晚12天完成”, “已超过5天”: days, so that nobody has to reckon."""
        standing = self.standing(today)
        if self.actual is not None:
            days = abs((self.actual - self.planned).days)
            return f"晚{days}天完成" if standing is Standing.DONE_LATE else f"提前{days}天完成" if days else "按期完成"
        if standing is Standing.OVERDUE:
            return f"已超过{(today - (self.expected or self.planned)).days}天"
        if standing is Standing.MOVED and self.expected is not None:
            return f"推迟{(self.expected - self.planned).days}天"
        return "未到期"


def check_explained(milestones: tuple[Milestone, ...], today: date) -> None:
    """Raise `DelayUnexplained` for the first milestone that was reached late or moved and does not say why."""
    for one in milestones:
        if one.standing(today) in (Standing.DONE_LATE, Standing.MOVED) and not one.note.strip():
            raise DelayUnexplained(name=one.name)


def check_finished(milestones: tuple[Milestone, ...]) -> None:
    """Raise `NotFinishedYet` while a milestone has no actual date."""
    missing = [one.name for one in milestones if one.actual is None]
    if missing:
        raise NotFinishedYet(missing="、".join(missing[:3]))


def days_late(milestones: tuple[Milestone, ...], today: date) -> int:
    """How far the work is behind: the worst of its milestones that are not reached yet."""
    behind = ((max(today, one.expected or one.planned) - one.planned).days for one in milestones if one.actual is None)
    return max(behind, default=0)
