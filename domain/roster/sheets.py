"""From sheets of cells to members: which rows are people, whose branch they carry on, and what is wrong in which cell."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date

from domain.roster.categories import read_category, read_marks
from domain.roster.cells import text_of
from domain.roster.dates import Joined, read_joined
from domain.roster.header import Header, find_header
from domain.roster.names import read_name
from domain.roster.phones import NO_PHONE, read_phone
from domain.roster.records import Cell, Grid, Note, Reading, Row, column_name

_PLAIN_NAME = re.compile("[\u4e00-\u9fff]{2,3}")
_NO_NAMES = frozenset(
    ("小计", "合计", "总计", "共计", "累计", "姓名", "名字", "备注", "说明", "审核人", "填表人", "制表人")
    + ("填报人", "联系人", "负责人", "日期", "以上", "以下", "空白", "党支部")
)
_TOTAL = re.compile(r".*(小计|合计|总计|共计|累计|总人数)\s*[:：(（]?.*|(本页|本支部|全局|共)\s*[:：]?\s*\d+\s*[人名].*")
_REMARK = re.compile(r"(备\s*注|注|附注?|说\s*明|填表|制表|填报|审核|联系人|单位负责人|负责人|报送|截至|统计|第\d+页|以下空白).*", re.S)
_HEADING = re.compile(r"[一二三四五六七八九十\d]*[、.．)]?\s*(\S*支部(?:委员会)?)(?:\s*[(（].*[)）])?")
_BLANKS = re.compile(r"[\s\u200b-\u200f\ufeff]+")
_MOST_SPREAD = 500_000
_NOT_SAID = Joined()
_EVERY = 500

Tick = Callable[[int], None]


def read_sheets(grids: Sequence[Grid], today: date, tick: Tick = lambda _: None) -> Reading:
    """Read them all; a sheet without a header is told as left out. `tick` hears how many rows are done since."""
    reading = Reading()
    for grid in grids:
        mark = f"{grid.name}!" if len(grids) > 1 else ""
        header = find_header(grid)
        if header is None:
            if any(text_of(cell) for row in grid.rows for cell in row):
                reading.left_out.append(Note(f"{mark}A1", "没有找到有“姓名”的表头，这张表没有读"))
        else:
            _Sheet(grid, header, mark, today, reading).read(tick)
    return reading


class _Sheet:
    """One sheet with its header, on its way into the reading."""

    def __init__(self, grid: Grid, header: Header, mark: str, today: date, reading: Reading) -> None:
        self._rows, self._merges, self._header = grid.rows, grid.merges, header
        self._today, self._reading = today, reading
        at = header.columns.get
        self._name, self._branch, self._phone, self._joined = at("name", -1), at("branch", -1), at("phone", -1), at("joined", -1)
        self._category, self._full, self._probationary = at("category", -1), at("full", -1), at("probationary", -1)
        self._branches: dict[Cell, str] = {}
        self._letters = [f"{mark}{column_name(column)}" for column in range(max(map(len, grid.rows)))]
        self._above = header.branch or (grid.name if grid.name.endswith("支部") else "")
        self._categories: dict[Cell, tuple[str | None, str]] = {}

    def read(self, tick: Tick) -> None:
        """All rows below the header."""
        self._spread()
        people = list(self._people())
        stated = [branch for _, _, branch, _ in people]
        repeats = any(one and one == next_one for one, next_one in zip(stated, stated[1:], strict=False))
        if self._branch < 0 and people and not all(heading for *_, heading in people):
            self._reading.faults.append(Note(self._at(self._header.top, self._name), "没有找到“党支部”一列，请在表头加上这一列"))
            return
        carried, last = "", ""
        for done, (number, name, branch, heading) in enumerate(people, 1):
            carried = branch or (heading if heading != last or repeats else carried)
            last = heading
            self._person(number, name, carried)
            if done % _EVERY == 0:
                tick(_EVERY)
        tick(len(people) % _EVERY)

    def _spread(self) -> None:
        """A merged cell says the same in all its parts."""
        left = _MOST_SPREAD
        for top, first, bottom, last in self._merges:
            left -= (bottom - top + 1) * (last - first + 1)
            if top < self._header.below or left < 0 or bottom >= len(self._rows):
                continue
            for row in self._rows[top : bottom + 1]:
                row[first : last + 1] = [self._rows[top][first]] * (last - first + 1)

    def _people(self) -> Iterator[tuple[int, str, str, str]]:
        """(row, name, branch stated, heading above) of each row that is about a person."""
        heading = self._above
        for number in range(self._header.below, len(self._rows)):
            row = self._rows[number]
            name, stated = row[self._name], row[self._branch] if self._branch >= 0 else ""
            branch = self._branch_of(stated)
            if isinstance(name, str) and _PLAIN_NAME.fullmatch(name) and name not in _NO_NAMES:
                yield number, name, branch, heading
                continue
            kind, words = self._kind(row)
            if kind == "person":
                yield number, text_of(name), branch, heading
            elif kind == "heading":
                heading = words
            elif kind:
                self._reading.left_out.append(Note(self._at(number, 0), f"第{number + 1}行是{kind}，没有读"))

    def _branch_of(self, cell: Cell) -> str:
        """The branch as the cell has it, without blanks and breaks for looks; few different ones stand in many rows."""
        if cell not in self._branches:
            text = cell if isinstance(cell, str) else text_of(cell)
            self._branches[cell] = _BLANKS.sub("", text)
        return self._branches[cell]

    def _kind(self, row: Sequence[Cell]) -> tuple[str, str]:
        """(what a row is when its name is not plain, its words); “” for a row with nothing in it."""
        texts = [text for text in dict.fromkeys(map(text_of, row)) if text]
        if not texts or texts[-1].isdecimal() and len(texts) == 1:
            return "", ""
        name, first = text_of(row[self._name]), texts[0]
        found = _HEADING.fullmatch(first)
        if found and len(texts) == 1:
            return "heading", found[1]
        if _TOTAL.fullmatch(first) or _TOTAL.fullmatch(name):
            return "合计", first
        if name and name == text_of(self._rows[self._header.below - 1][self._name] or self._rows[self._header.top][self._name]):
            return "重复的表头", first
        if _REMARK.fullmatch(first) or (len(texts) == 1 and (len(first) > 8 or not name)):
            return "备注", first
        told = [text_of(row[column]) for column in (self._phone, self._joined, self._category) if column >= 0]
        return ("person", "") if name or any(told) else ("", "")

    def _person(self, number: int, said: str, branch: str) -> None:
        row = self._rows[number]
        name, fault, doubt = (said, "", "") if _PLAIN_NAME.fullmatch(said) else read_name(said)
        phone = read_phone(row[self._phone]) if self._phone >= 0 else NO_PHONE
        joined = read_joined(row[self._joined], self._today) if self._joined >= 0 else _NOT_SAID
        category, wrong = self._category_of(row)
        missing = "" if branch else "没有写党支部，请补上"
        if fault or missing or phone.fault or joined.fault or wrong:
            told = (fault, missing, phone.fault, joined.fault, wrong)
            self._reading.faults += self._notes(number, told)
            self._reading.unread.add(name)
            return
        if doubt or phone.doubt or joined.doubt:
            self._reading.doubts += self._notes(number, (doubt, "", phone.doubt, joined.doubt, ""))
        self._reading.rows.append(Row(self._at(number, self._name), name, branch, phone.number, phone.own, joined.day, category))

    def _notes(self, number: int, told: Sequence[str]) -> list[Note]:
        """What is said of a row's name, branch, phone, date and category, each at its cell."""
        columns = (self._name, self._branch, self._phone, self._joined, max(self._category, self._full, self._probationary))
        return [Note(self._at(number, max(column, 0)), words) for column, words in zip(columns, told, strict=True) if words]

    def _category_of(self, row: Sequence[Cell]) -> tuple[str | None, str]:
        if self._category >= 0:
            cell = row[self._category]
            if cell not in self._categories:
                self._categories[cell] = read_category(text_of(cell))
            return self._categories[cell]
        if self._full < 0 and self._probationary < 0:
            return None, ""
        full, probationary = (text_of(row[column]) if column >= 0 else "" for column in (self._full, self._probationary))
        return read_marks(full, probationary, self._full >= 0 and self._probationary >= 0)

    def _at(self, number: int, column: int) -> str:
        return f"{self._letters[column]}{number + 1}"
