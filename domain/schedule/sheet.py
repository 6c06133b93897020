"""配档表 as a workbook that comes back: rows by their 行号, merged cells, days as text; what cannot be read is named by its cell (F03)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from domain.campaign.findings import nearest, quoted
from domain.campaign.records import Campaign, Task
from domain.campaign.wording import FIRST_YEAR, LAST_YEAR, Course, resolve
from domain.quoting import inner
from domain.roster.cells import text_of
from domain.roster.records import Cell, Grid, Note, column_name
from domain.schedule.edits import FIELDS, said, with_values

KEY = "行号"
HEADINGS = (
    KEY,
    *(FIELDS[name] for name in ("phase", "title", "by", "when", "starts_on", "last_day", "deliverable", "report_to", "approver", "note")),
)
"""The workbook's columns in order."""
_NAMES = {chinese: name for name, chinese in FIELDS.items()}
_HEADED = {text_of(chinese): name for chinese, name in _NAMES.items()}
_LONGEST = {"title": 200, "when": 200, "deliverable": 200, "note": 2000}
_SERIAL_EPOCH, _SERIALS = date(1899, 12, 30), range(18_000, 75_000)
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:\s+0{1,2}:00(?::00)?)?")
_SPLIT = re.compile(r"[、,，;；/\s]+")


@dataclass
class Reading:
    """The table as the sheet says it. Nothing of it is taken while there are `faults`."""

    campaign: Campaign
    faults: list[Note] = field(default_factory=list)
    missing: tuple[Task, ...] = ()


def rows_of(campaign: Campaign) -> list[tuple[str, ...]]:
    """The rows that go out under `HEADINGS`."""
    return [(task.id, *(said(task, _NAMES[heading], campaign) for heading in HEADINGS[1:])) for task in campaign.tasks]


def read_table(grids: Sequence[Grid], campaign: Campaign, drop_missing: bool = False) -> Reading:
    """The campaign as the first sheet with our headings says it. Rows that the sheet lacks stay, unless `drop_missing`."""
    for grid in grids:
        header = _header(grid)
        if header is not None:
            return _Sheet(grid, header[0], header[1], campaign).read(drop_missing)
    return Reading(campaign, [Note("A1", f"没有找到配档表的表头。表头要有：{'、'.join(HEADINGS[:4])}等列，请用本页导出的表修改")])


def _header(grid: Grid) -> tuple[int, dict[str, int]] | None:
    """(row, name of the field → column); `key` is the row's own."""
    for number, row in enumerate(grid.rows[:20]):
        texts = ["".join(text_of(cell).split()) for cell in row]
        if KEY in texts and FIELDS["title"] in texts:
            found = {_HEADED[text]: at for at, text in enumerate(texts) if text in _HEADED}
            return number, {"key": texts.index(KEY), **found}
    return None


def _words(cell: Cell) -> str:
    """The cell's own signs, on one line."""
    return " ".join((cell if isinstance(cell, str) else text_of(cell)).split())


class _Sheet:
    """One sheet on its way into the campaign."""

    def __init__(self, grid: Grid, top: int, columns: Mapping[str, int], campaign: Campaign) -> None:
        self._rows, self._top, self._columns, self._campaign = grid.rows, top, columns, campaign
        self._old = {task.id: task for task in campaign.tasks}
        self._roles = {role.name: role.id for role in campaign.roles} | {role.id: role.id for role in campaign.roles}
        self._phases = {phase.name: phase.id for phase in campaign.phases} | {phase.id: phase.id for phase in campaign.phases}
        self._course = Course(campaign.year, campaign.starts_on, campaign.ends_on)
        self._reading = Reading(campaign)
        for merge in grid.merges:
            self._spread(*merge)

    def _spread(self, top: int, first: int, bottom: int, last: int) -> None:
        """A merged cell says the same in all its parts."""
        if top <= self._top or bottom >= len(self._rows):
            return
        for row in self._rows[top : bottom + 1]:
            row[first : last + 1] = [self._rows[top][first]] * (last - first + 1)

    def read(self, drop_missing: bool) -> Reading:
        found: dict[str, Task] = {}
        for number in range(self._top + 1, len(self._rows)):
            task = self._task(number, found)
            if task is not None:
                found[task.id] = task
        missing = tuple(task for key, task in self._old.items() if key not in found)
        kept = {} if drop_missing else {task.id: task for task in missing}
        if not found and not self._reading.faults:
            self._fault(self._top, "title", "表头下面没有一行任务，请核对是不是选错了文件")
        tasks = tuple(found.get(key) or kept[key] for key in self._old if key in found or key in kept)
        tasks += tuple(task for key, task in found.items() if key not in self._old)
        self._reading.campaign, self._reading.missing = replace(self._campaign, tasks=tasks), missing
        return self._reading

    def _task(self, number: int, found: Mapping[str, Task]) -> Task | None:
        row = self._rows[number]
        if not any(text_of(cell) for cell in row):
            return None
        key, title = text_of(row[self._columns["key"]]), _words(row[self._columns["title"]])
        if not title:
            self._fault(number, "title", "没有写任务名称，请补上；不要的任务请删去整行")
            return None
        if key in found:
            self._fault(number, "key", f"行号{quoted(key)}出现了两次，新增的任务请把行号留空")
            return None
        if key and key not in self._old:
            self._fault(number, "key", f"没有行号{quoted(key)}这一项，新增的任务请把行号留空")
            return None
        values = dict(self._values(number, row))
        return with_values(self._old[key], values) if key else self._new(number, values, found)

    def _new(self, number: int, values: dict[str, Any], found: Mapping[str, Task]) -> Task | None:
        if not values.get("by"):
            self._fault(number, "by", "新增的任务要写责任单位")
            return None
        taken = self._old.keys() | found.keys()
        key = next(f"n{n}" for n in range(1, 10_000) if f"n{n}" not in taken)
        day = values.pop("last_day", None)
        return Task(id=key, due_on=day, **values)

    def _values(self, number: int, row: Sequence[Cell]) -> Iterator[tuple[str, Any]]:
        for name, at in self._columns.items():
            if name == "key":
                continue
            cell = row[at]
            if name in ("starts_on", "last_day"):
                yield from ((name, day) for day in self._day(number, name, cell))
            elif name in ("by", "report_to", "approver"):
                yield from self._role(number, name, _words(cell))
            elif name == "phase":
                yield from self._phase(number, _words(cell))
            else:
                yield name, self._text(number, name, _words(cell))

    def _text(self, number: int, name: str, text: str) -> str:
        if len(text) > _LONGEST[name]:
            self._fault(number, name, f"太长，最多{_LONGEST[name]}个字")
        return text[: _LONGEST[name]]

    def _day(self, number: int, name: str, cell: Cell) -> Iterator[date | None]:
        """A date, a serial number, 2026-11-24, or a wording such as 11月24日前."""
        if isinstance(cell, datetime):
            yield cell.date()
            return
        if isinstance(cell, date):
            yield cell
            return
        if isinstance(cell, float | int) and int(cell) in _SERIALS:
            yield _SERIAL_EPOCH + timedelta(days=int(cell))
            return
        text = text_of(cell)
        if not text:
            yield None
            return
        day = self._read_day(text)
        if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
            self._fault(number, name, f"{quoted(text)}不是日期，请写成 2026-11-24 的样子；“适时”这类说法写在“{inner(FIELDS['when'])}”一列")
            return
        yield day

    def _read_day(self, text: str) -> date | None:
        written = _DAY.fullmatch(text)
        try:
            return date(*(int(part) for part in written.groups())) if written else resolve(text, self._course).last_day
        except ValueError:
            return None

    def _role(self, number: int, name: str, text: str) -> Iterator[tuple[str, Any]]:
        """“党支部、党员”; a role's own name may hold a 、 itself."""
        if text in self._roles or not text:
            ids = [self._roles[text]] if text else []
        else:
            parts = [part for part in _SPLIT.split(text) if part]
            unknown = next((part for part in parts if part not in self._roles), None)
            if unknown is not None:
                self._fault(number, name, f"{quoted(unknown)}不是本活动的角色{nearest(unknown, [role.name for role in self._campaign.roles])}")
                return
            ids = [self._roles[part] for part in parts]
        if name == "by" and not ids:
            self._fault(number, name, "没有写责任单位，请补上")
            return
        yield name, tuple(ids) if name == "by" else (ids[0] if ids else "")

    def _phase(self, number: int, text: str) -> Iterator[tuple[str, Any]]:
        if text and text not in self._phases:
            self._fault(number, "phase", f"{quoted(text)}不是本活动的阶段{nearest(text, [phase.name for phase in self._campaign.phases])}")
            return
        yield "phase", self._phases.get(text, "")

    def _fault(self, number: int, name: str, words: str) -> None:
        column = self._columns.get(name, 0)
        self._reading.faults.append(Note(f"{column_name(column)}{number + 1}", words))
