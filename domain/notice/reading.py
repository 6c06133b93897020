"""Reading a notice: its title, number and year, its phases and tasks (X6)."""

import re
from collections.abc import Sequence

from domain.campaign.wording import FIRST_YEAR, LAST_YEAR, Course, plain
from domain.notice.phases import phases_in
from domain.notice.records import DraftPhase, DraftSchedule
from domain.notice.refusals import NothingDated, NoticeTooLong, YearMissing
from domain.notice.roles import NAMES
from domain.notice.sentences import sentences, shown
from domain.notice.tasks import tasks_in

LONGEST = 60_000
_QUOTED = re.compile(r"“(?P<title>[^“”]{4,30})”(?:主题)?(?:实践)?活动")
_TITLED = re.compile(r"(?P<title>[^“”。,;《》A-Za-z]{2,20}(?:活动|行动|工作))(?:的)?(?:实施方案|实施意见|工作方案|通知)")
_NUMBER = re.compile(r"[\u4e00-\u9fff]{2,8}[\[〔(]\d{4}[\]〕)]\d{1,4}号")
_YEARS = (re.compile(r"[\[〔(](\d{4})[\]〕)]\d{1,4}号"), re.compile(r"(\d{4})年"))


def read_notice(text: str, year: int | None = None) -> DraftSchedule:
    """The draft of a notice. `year` says which year it means when its own is missing or wrong: then years in it do not count.

    Raises `NoticeTooLong`, `YearMissing`, `NothingDated`.
    """
    if len(text) > LONGEST:
        raise NoticeTooLong(most=LONGEST // 10_000)
    read = year or year_of(text)
    walked = sentences(re.sub(r"\d{4}年(?=\d{1,2}月)", "", plain_lines(text)) if year else text)
    course = Course(read)
    phases = phases_in(walked, course)
    course = _course(read, phases)
    phases = phases_in(walked, course)
    tasks = tasks_in(walked, phases, course)
    if not phases and not any(task.dated for task in tasks):
        raise NothingDated()
    spoken = {role: NAMES[role] for task in tasks for role in (task.by, task.report_to, task.approver) if role}
    return DraftSchedule(_title(text), _number(text), read, phases, tasks, spoken)


def plain_lines(text: str) -> str:
    """Line by line in plain writing, blanks between words kept as breaks."""
    return "\n".join(" ".join(plain(part) for part in line.split()) for line in text.splitlines())


def year_of(text: str) -> int:
    """The year a notice means: of its document number, else the first it names. Raises `YearMissing`."""
    for pattern in _YEARS:
        for found in pattern.finditer(plain(text)):
            if FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
                return int(found[1])
    raise YearMissing()


def _course(year: int, phases: Sequence[DraftPhase]) -> Course:
    starts = [phase.starts_on for phase in phases if phase.starts_on]
    ends = [phase.ends_on for phase in phases if phase.ends_on]
    return Course(year, min(starts, default=None), max(ends, default=None))


def _title(text: str) -> str:
    flat = "".join(text.split())
    found = _QUOTED.search(flat) or _TITLED.search(flat)
    return shown(re.sub(r"^.*(?:开展|关于|印发)|^\d+[、.]", "", found["title"])) if found else "请填写活动名称"


def _number(text: str) -> str:
    found = _NUMBER.search("".join(text.split()))
    return found[0] if found else ""
