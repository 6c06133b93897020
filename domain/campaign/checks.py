"""Checks over the whole campaign: ids told apart, references that lead somewhere, days in order, indicators within the rules.

Legal and never an error, because the papers do so: phases that overlap or run through the whole course, a deadline
outside its phase, a task before the first phase, a task with words only (“适时”, “定期”).
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Protocol

from domain.campaign.findings import Report, nearest, quoted
from domain.campaign.parts import Indicator, Record
from domain.campaign.records import Campaign, Phase, Task

APP_ACTIVITY = re.compile(
    "登录|登陆|签到|打卡|在线时长|在线时间|使用时长|停留时长|点赞|转发|浏览|阅读量|点击|关注数|粉丝|活跃|积分排名|步数|截图|留痕"
    r"|(?<![a-z])(log[\s_-]*[io]ns?|sign[\s_-]*ins?|check[\s_-]*ins?|online[\s_-]*(time|hours|minutes|duration)|screen[\s_-]*time|likes?"
    r"|(page[\s_-]*)?views?|clicks?|shares?|followers?|activ(e|ity)[\s_-]*(users?|days?|time))(?![a-z])",
    re.IGNORECASE,
)
"""国办函〔2026〕12号: no score from log-ins, sign-ins, online time or likes (mission/standards.md, S11)."""

_FAR = timedelta(days=366)


class _HasId(Protocol):
    @property
    def id(self) -> str: ...

    def line(self, key: str = "") -> int: ...


def check(campaign: Campaign, report: Report) -> None:
    """Report everything in the campaign that does not fit together."""
    _ids(campaign, report)
    _references(campaign, report)
    _course(campaign, report)
    _phases(campaign, report)
    for task in campaign.tasks:
        _task(task, campaign, report)
    for indicator in campaign.assessment.indicators:
        _indicator(indicator, report)


def _course(campaign: Campaign, report: Report) -> None:
    if campaign.starts_on and campaign.ends_on and campaign.starts_on > campaign.ends_on:
        report.error(campaign.line("from"), f"活动的 from {campaign.starts_on} 晚于 to {campaign.ends_on}，请核对")
    if campaign.phases and (campaign.starts_on is None or campaign.ends_on is None) and not campaign.lines.keys() & {"from", "to"}:
        report.error(campaign.line("from"), "活动没有起止日期。请写 from 和 to，例如 from: 2027-03-01")
    if campaign.starts_on and campaign.year and campaign.starts_on.year != campaign.year:
        report.warning(campaign.line("year"), f"year 是{campaign.year}，而活动从{campaign.starts_on}开始，请核对年份")


def _ids(campaign: Campaign, report: Report) -> None:
    _told_apart("角色", campaign.roles, report)
    _told_apart("阶段", campaign.phases, report)
    _told_apart("任务", campaign.tasks, report)
    _told_apart("主题", campaign.themes, report)
    _told_apart("承诺程序", campaign.chains, report)
    _told_apart("分类指导", campaign.tracks, report)
    _told_apart("载体", campaign.carriers, report)
    _told_apart("任务分组", campaign.groups, report)
    _told_apart("工作要求", campaign.requirements, report)
    _told_apart("表单栏目", campaign.pledge_form.fields, report)
    _told_apart("考核指标", campaign.assessment.indicators, report)


def _told_apart(what: str, parts: Sequence[_HasId], report: Report) -> None:
    seen: dict[str, int] = {}
    for part in parts:
        if part.id in seen:
            report.error(part.line("id"), f"{what}的 id {quoted(part.id)}重复，第{seen[part.id]}行已经用过，请换一个")
        elif part.id:
            seen[part.id] = part.line("id")


def _references(campaign: Campaign, report: Report) -> None:
    """Every identifier that names another part of the file leads to one."""
    known = {
        "角色": {part.id for part in campaign.roles},
        "阶段": {part.id for part in campaign.phases},
        "任务": {part.id for part in campaign.tasks},
        "主题": {part.id for part in campaign.themes},
        "承诺程序": {part.id for part in campaign.chains},
        "分类指导": {part.id for part in campaign.tracks},
        "载体": {part.id for part in campaign.carriers},
        "任务分组": {part.id for part in campaign.groups},
    }
    for owner, key, what, said in _named(campaign):
        if said and said not in known[what]:
            remedy = nearest(said, sorted(known[what])) or f"。请先写{what}，或删去这个键"
            report.error(owner.line(key), f"{key} 里的{quoted(said)}不是本文件的{what}{remedy}")


_TASK_LISTS = {"by": "角色", "electorate": "角色", "targets": "角色", "chains": "承诺程序", "themes": "主题", "tracks": "分类指导"}
_TASK_NAMES = {
    "report_to": "角色",
    "approver": "角色",
    "phase": "阶段",
    "group": "任务分组",
    "carrier": "载体",
    "part_of": "任务",
    "together_with": "任务",
}


def _named(campaign: Campaign) -> Iterable[tuple[Record, str, str, str]]:
    """(record, key, what it should name, identifier) for every reference of the file."""
    for task in campaign.tasks:
        yield from ((task, key, what, said) for key, what in _TASK_LISTS.items() for said in getattr(task, key))
        yield from ((task, key, what, getattr(task, key)) for key, what in _TASK_NAMES.items())
    for chain in campaign.chains:
        yield chain, "by", "角色", chain.by
        yield from ((chain, "addressees", "角色", said) for said in chain.addressees)
        yield from ((step, "by", "角色", step.by) for step in chain.steps)
    yield from ((chain, "themes", "主题", said) for chain in campaign.chains for said in chain.themes)
    yield from ((part, "tracks", "分类指导", said) for part in campaign.requirements for said in part.tracks)
    yield from ((part, "tracks", "分类指导", said) for part in campaign.assessment.indicators for said in part.tracks)
    yield from ((theme, "track", "分类指导", theme.track) for theme in campaign.themes)
    yield from ((carrier, "group", "任务分组", carrier.group) for carrier in campaign.carriers)


def _phases(campaign: Campaign, report: Report) -> None:
    numbers: dict[int, int] = {}
    for phase in campaign.phases:
        if phase.no and phase.no in numbers:
            report.error(phase.line("no"), f"阶段序号{phase.no}重复，第{numbers[phase.no]}行已经用过，请依次编号")
        numbers.setdefault(phase.no, phase.line("no"))
        _phase(phase, campaign, report)


def _phase(phase: Phase, campaign: Campaign, report: Report) -> None:
    missing = [key for key, day in (("from", phase.starts_on), ("to", phase.ends_on)) if day is None and key not in phase.lines]
    if missing:
        report.error(phase.line("when"), f"阶段{quoted(phase.name)}缺少 {'、'.join(missing)}。请写上日期，或在 when 里写“8月中旬”这样能换算的时间")
    if phase.starts_on is None or phase.ends_on is None:
        return
    if phase.starts_on > phase.ends_on:
        report.error(phase.line("from"), f"阶段的 from {phase.starts_on} 晚于 to {phase.ends_on}，请核对")
    elif campaign.starts_on and campaign.ends_on and (phase.ends_on < campaign.starts_on or phase.starts_on > campaign.ends_on):
        report.warning(phase.line("from"), f"阶段的日期不在活动期间（{campaign.starts_on} 至 {campaign.ends_on}）内，请核对年份")


def _task(task: Task, campaign: Campaign, report: Report) -> None:
    if task.starts_on and task.ends_on and task.starts_on > task.ends_on:
        report.error(task.line("from"), f"任务的 from {task.starts_on} 晚于 to {task.ends_on}，请核对")
    if task.starts_on and task.due_on and task.starts_on > task.due_on:
        report.error(task.line("due"), f"任务的 due {task.due_on} 早于 from {task.starts_on}，请核对")
    if task.min_items is not None and task.max_items is not None and task.min_items > task.max_items:
        report.error(task.line("min_items"), f"min_items {task.min_items} 大于 max_items {task.max_items}，请核对")
    if task.id and task.id == task.together_with:
        report.error(task.line("together_with"), "任务不能与自己一并进行，请改成另一项任务的 id")
    if task.part_of and task.part_of in {other.id for other in campaign.tasks if other.part_of}:
        report.error(task.line("part_of"), f"{quoted(task.part_of)}自己也写了 part_of。任务只分两级，请改成上一级任务的 id")
    if _far_away(task.last_day or task.starts_on, campaign):
        report.warning(task.line("due" if task.due_on else "to"), f"任务的日期{task.last_day or task.starts_on}离活动期间一年以上，请核对年份")


def _far_away(day: date | None, campaign: Campaign) -> bool:
    if day is None or campaign.starts_on is None or campaign.ends_on is None:
        return False
    return day < campaign.starts_on - _FAR or day > campaign.ends_on + _FAR


def _indicator(indicator: Indicator, report: Report) -> None:
    for key, said in (("title", indicator.title), ("counts", indicator.counts)):
        found = APP_ACTIVITY.search(unicodedata.normalize("NFKC", said))
        if found:
            report.error(
                indicator.line(key),
                f"考核指标不能统计{quoted(found.group())}这类使用痕迹（国办函〔2026〕12号）。请改为工作实绩，例如按期办结、承诺兑现、群众评价",
            )
