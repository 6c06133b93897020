"""The draft as a campaign file: every line with the sentence it came from, for a person to correct, check and load (F01, X6)."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import yaml

from domain.notice.records import DraftPhase, DraftSchedule, DraftTask
from domain.notice.roles import NAMES

_HEAD = """# 由通知原文读出的草稿。note 是每一条的原文出处，inferred、uncertain 是请重点核对之处。
# 核对、补全后先检查再载入；每个键的说明见 template.yaml。
"""
_ANYBODY = "branch"
"""Who does what the notice gives to nobody: most of its work is the branches'."""
_LONGEST_NOTE = 200


class _Flowing(yaml.SafeDumper):
    """Block style, keys in our order, no aliases, Chinese as it is."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 -- PyYAML's form
        return True


def campaign_file(draft: DraftSchedule, campaign_id: str = "") -> str:
    """The YAML text; it passes `read_campaign`, so that the first thing a person sees is no list of errors."""
    roles = dict.fromkeys(["committee", "leading_office", _ANYBODY, "branch_secretary", "member", *draft.roles])
    starts, ends = _course(draft)
    told: dict[str, Any] = {
        "id": campaign_id or f"campaign_{draft.year}",
        "title": draft.title[:200],
        "kind": "主题活动",
        "year": draft.year,
        **_days(**{"from": starts, "to": ends}),
    }
    if draft.document_no:
        told["basis"] = {"document_no": draft.document_no}
    told["roles"] = [{"id": role, "name": NAMES[role]} for role in roles]
    told["phases"] = [_phase(at, phase) for at, phase in enumerate(draft.phases, 1)] or [_whole(starts, ends)]
    told["tasks"] = list(_tasks(draft)) or [{"id": "t001", "title": "请填写任务", "by": _ANYBODY}]
    written = yaml.dump(told, Dumper=_Flowing, allow_unicode=True, sort_keys=False, width=1000)
    return _HEAD + written.replace("'no':", "no:")


def _course(draft: DraftSchedule) -> tuple[date, date]:
    """First and last day of all that is dated."""
    days = [day for phase in draft.phases for day in (phase.starts_on, phase.ends_on) if day]
    days += [day for task in draft.tasks for day in (task.starts_on, task.last_day) if day]
    return min(days, default=date(draft.year, 1, 1)), max(days, default=date(draft.year, 12, 31))


def _whole(starts: date, ends: date) -> dict[str, Any]:
    return {"id": "whole", "no": 1, "name": "活动全程", "from": starts, "to": ends, "whole_course": True, "inferred": "原文没有分阶段"}


def _phase(no: int, phase: DraftPhase) -> dict[str, Any]:
    told: dict[str, Any] = {
        "id": f"phase_{no}",
        "no": no,
        "name": phase.name,
        "when": phase.when,
        **_days(**{"from": phase.starts_on, "to": phase.ends_on}),
    }
    if phase.whole_course:
        told["whole_course"] = True
    if phase.doubt:
        told["uncertain"] = phase.doubt
        del told["when"]
    return told | _source(phase.source)


def _tasks(draft: DraftSchedule) -> Iterator[dict[str, Any]]:
    counts: dict[int | None, int] = {}
    for task in draft.tasks:
        counts[task.phase] = counts.get(task.phase, 0) + 1
        yield _task(f"t{(task.phase + 1) if task.phase is not None else 0}{counts[task.phase]:02d}", task)


def _task(task_id: str, task: DraftTask) -> dict[str, Any]:
    told: dict[str, Any] = {"id": task_id, "title": task.title, "by": task.by or _ANYBODY}
    if task.phase is not None:
        told["phase"] = f"phase_{task.phase + 1}"
    if task.when:
        told["when"] = task.when
    told |= _days(**{"from": task.starts_on, "to": task.ends_on, "due": task.due_on})
    for key, value in (("deliverable", task.deliverable), ("report_to", task.report_to), ("approver", task.approver), ("place", task.where)):
        if value:
            told[key] = value
    if not task.by:
        told["inferred"] = "原文没有写明由谁办，请核对"
    return told | _source(task.source)


def _days(**days: date | None) -> dict[str, date]:
    return {key: day for key, day in days.items() if day}


def _source(sentence: str) -> dict[str, str]:
    plain = re.sub(r"\s+", "", sentence)
    return {"note": plain if len(plain) <= _LONGEST_NOTE else plain[: _LONGEST_NOTE - 1] + "…"}
