"""到期日 of a task: the document's wording, the day it resolves to, and the reckoning in words (F02, A2)."""

from dataclasses import dataclass
from datetime import date

from domain.calendar import CALENDAR, WorkingCalendar
from domain.quoting import inner


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around a task: its phase, if it has one, and the course of the campaign."""

    starts_on: date
    ends_on: date
    phase: str = ""
    phase_starts_on: date | None = None
    phase_ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class TaskDue:
    """From when and until when; `firm` when the document itself names the day, else the day is only the latest possible."""

    opens_on: date
    due_on: date
    firm: bool
    words: str


def task_due(wording: str, starts_on: date | None, last_day: date | None, frame: Frame, calendar: WorkingCalendar = CALENDAR) -> TaskDue:
    """The task's last day: its own, else its phase's, else the campaign's."""
    opens = starts_on or frame.phase_starts_on or frame.starts_on
    if last_day is not None:
        said = f"文件写明“{inner(wording)}”，" if wording else "配档表写明，"
        return TaskDue(min(opens, last_day), last_day, True, f"{said}截止{_named(last_day)}，当天报送不算逾期。{_rest(last_day, calendar)}")
    said = f"文件写的是“{inner(wording)}”，没有给出日期" if wording else "文件没有单独写期限"
    if frame.phase_ends_on is not None:
        latest, why = frame.phase_ends_on, f"最迟到“{inner(frame.phase)}”阶段结束"
    else:
        latest, why = frame.ends_on, "最迟到活动结束"
    return TaskDue(min(opens, latest), latest, False, f"{said}，{why}：{_named(latest)}。{_rest(latest, calendar)}")


def moved(words: str, due_on: date, why: str, by: str) -> str:
    """The reckoning after an extension or a pause: what it was, what it is now and why."""
    return f"{words.split('〔')[0]}〔{by}至{_named(due_on)}：{why}〕"


def _named(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日（周{'一二三四五六日'[day.weekday()]}）"


def _rest(day: date, calendar: WorkingCalendar) -> str:
    status = calendar.status(day)
    rest = "" if status.working else f"这一天是{status.reason}，不上班，请在{_named(calendar.add_working_days(day, -1))}前办好。"
    return rest if calendar.knows(day.year) else f"{rest}{day.year}年的放假安排还没有公布，届时以国务院办公厅通知为准。"
