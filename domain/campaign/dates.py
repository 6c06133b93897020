"""Dates of a campaign: what the file gives, completed by what its wording says; where the two disagree both are shown (F02)."""

from dataclasses import replace
from datetime import date

from domain.campaign.findings import Report, quoted
from domain.campaign.parts import Chain, Step
from domain.campaign.records import Campaign, Phase, Task
from domain.campaign.wording import LAST_YEAR, Course, Window, names_several, resolve

_KEYS = {"starts_on": "from", "ends_on": "to", "due_on": "due"}


def complete(campaign: Campaign, report: Report) -> Campaign:
    """The campaign with every date that its wordings give; reports wordings that name no possible day or contradict a date."""
    year = campaign.year or (campaign.starts_on.year if campaign.starts_on else LAST_YEAR)  # a missing year is reported already
    course = Course(year, campaign.starts_on, campaign.ends_on)
    phases = tuple(_phase(phase, course, report) for phase in campaign.phases)
    course = Course(year, *_course(campaign, phases))
    chains = tuple(_chain(chain, course, report) for chain in campaign.chains)
    tasks = tuple(_task(task, course, report) for task in campaign.tasks)
    return replace(campaign, phases=phases, chains=chains, tasks=tasks, starts_on=course.starts_on, ends_on=course.ends_on)


def _course(campaign: Campaign, phases: tuple[Phase, ...]) -> tuple[date | None, date | None]:
    """First and last day: as written, else from the first phase's beginning to the last one's end."""
    starts = [phase.starts_on for phase in phases if phase.starts_on]
    ends = [phase.ends_on for phase in phases if phase.ends_on]
    return campaign.starts_on or min(starts, default=None), campaign.ends_on or max(ends, default=None)


def _phase(phase: Phase, course: Course, report: Report) -> Phase:
    said = _said(phase, course, report)
    starts_on, ends_on = phase.starts_on or said.starts_on, phase.ends_on or said.last_day
    if phase.whole_course:
        starts_on, ends_on = starts_on or course.starts_on, ends_on or course.ends_on
    return replace(phase, starts_on=starts_on, ends_on=ends_on)


def _task(task: Task, course: Course, report: Report) -> Task:
    written = Window(task.starts_on, task.ends_on, task.due_on)
    if not written.empty:
        _said(task, course, report)
        return task
    said = _said(task, course, report)
    return replace(task, starts_on=said.starts_on, ends_on=said.ends_on, due_on=said.due_on)


def _chain(chain: Chain, course: Course, report: Report) -> Chain:
    return replace(chain, steps=tuple(_step(step, course, report) for step in chain.steps))


def _step(step: Step, course: Course, report: Report) -> Step:
    said = _said(step, course, report)
    return replace(step, due_on=step.due_on or said.last_day)


def _said(part: Phase | Task | Step, course: Course, report: Report) -> Window:
    """What the part's wording says, after comparing it with the dates written beside it."""
    line = part.line("when")
    try:
        said = resolve(part.when, course)
    except ValueError:
        report.error(line, f"{quoted(part.when)}里有不存在的日期，请核对月和日")
        return Window()
    written = Window(getattr(part, "starts_on", None), getattr(part, "ends_on", None), part.due_on if isinstance(part, Task | Step) else None)
    if written.empty and names_several(part.when):
        report.warning(line, f"{quoted(part.when)}写了几个时间，没有换算成日期。请拆成几项任务，或另写 from、to、due")
    for field, key in _KEYS.items():
        _compare(part, key, getattr(written, field), _comparable(said, field, written), report)
    return said


def _comparable(said: Window, field: str, written: Window) -> date | None:
    """The day of the wording that this date should be; a deadline may be any day of a range that the wording names."""
    if field == "due_on":
        inside = said.starts_on and said.ends_on and written.due_on and said.starts_on <= written.due_on <= said.ends_on
        return None if inside else said.last_day
    if field == "ends_on" and written.due_on is None:
        return said.last_day
    day: date | None = getattr(said, field)
    return day


def _compare(part: Phase | Task | Step, key: str, written: date | None, said: date | None, report: Report) -> None:
    if written is not None and said is not None and written != said:
        report.warning(part.line(key), f"{key} 写的是{written}，而 when {quoted(part.when)}换算为{said}，两处不一致，按{written}办理。请核对")
