"""A changed 配档表 beside the old one: which cell of which row says something else, which rows came and went (F03)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Any

from domain.campaign.records import Campaign, Task
from domain.schedule.refusals import NoSuchTask

FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "title": "任务",
        "phase": "阶段",
        "by": "责任单位",
        "when": "时限（原文）",
        "starts_on": "开始日期",
        "last_day": "截止日期",
        "deliverable": "提交材料",
        "report_to": "报送",
        "approver": "审定",
        "note": "经验与说明",
    }
)
"""What of a row may be changed by page or by sheet, as the office calls it."""


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell: before and after as people read them."""

    key: str
    title: str
    field: str
    before: str
    after: str

    @property
    def chinese(self) -> str:
        return FIELDS[self.field]


@dataclass(frozen=True, slots=True)
class Differences:
    """All that a changed table changes."""

    cells: tuple[CellChange, ...] = ()
    added: tuple[Task, ...] = ()
    removed: tuple[Task, ...] = ()

    @property
    def none(self) -> bool:
        return not (self.cells or self.added or self.removed)

    def moved(self) -> set[str]:
        """Keys of the tasks whose day changes."""
        return {cell.key for cell in self.cells if cell.field == "last_day"}


def edited(campaign: Campaign, key: str, values: Mapping[str, Any]) -> Campaign:
    """The campaign with one row changed. Raises `NoSuchTask`."""
    if all(task.id != key for task in campaign.tasks):
        raise NoSuchTask()
    return replace(campaign, tasks=tuple(with_values(task, values) if task.id == key else task for task in campaign.tasks))


def with_values(task: Task, values: Mapping[str, Any]) -> Task:
    """The task with these of its `FIELDS` changed. A new last day is the end of a span, or else the deadline; a wording that says another
    day than before goes, unless a new one comes with it: two that contradict each other help nobody.
    """
    plain = {name: value for name, value in values.items() if name != "last_day"}
    if "last_day" in values and values["last_day"] != task.last_day:
        day: date | None = values["last_day"]
        spans = task.ends_on is not None and task.due_on is None
        plain["ends_on" if spans else "due_on"] = day
        if plain.get("when", task.when) == task.when and task.last_day is not None:
            plain["when"] = f"{day.month}月{day.day}日前" if day and not spans else ""
    return replace(task, **plain)


def differences(before: Campaign, after: Campaign) -> Differences:
    """Row by row, by the rows' own keys."""
    old, new = {task.id: task for task in before.tasks}, {task.id: task for task in after.tasks}
    cells = [cell for key in old if key in new for cell in _cells(old[key], new[key], before, after)]
    return Differences(
        tuple(cells), tuple(task for key, task in new.items() if key not in old), tuple(task for key, task in old.items() if key not in new)
    )


def _cells(old: Task, new: Task, before: Campaign, after: Campaign) -> list[CellChange]:
    found = []
    for name in FIELDS:
        was, is_now = said(old, name, before), said(new, name, after)
        if was != is_now:
            found.append(CellChange(old.id, old.title, name, was, is_now))
    return found


def said(task: Task, name: str, campaign: Campaign) -> str:
    """The cell of this field as people read it."""
    value = getattr(task, name)
    if name == "by":
        names = {role.id: role.name for role in campaign.roles}
        return "、".join(names.get(role, role) for role in value)
    if name in ("report_to", "approver"):
        return next((role.name for role in campaign.roles if role.id == value), "")
    if name == "phase":
        return next((phase.name for phase in campaign.phases if phase.id == value), "")
    return value.isoformat() if isinstance(value, date) else value or ""
