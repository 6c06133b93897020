"""What a roster is made of: sheets of cells, the members read from them, and remarks that name their cell."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

Cell = str | float | bool | datetime | date | time | timedelta | None
Merge = tuple[int, int, int, int]
"""First row, first column, last row, last column: counted from 0, both ends belong to it."""

FULL, PROBATIONARY = "正式党员", "预备党员"


@dataclass(frozen=True)
class Grid:
    """One sheet as it stands: row 0 is the sheet's first row, also when it is empty; all rows are equally long."""

    name: str
    rows: list[list[Cell]]
    merges: Sequence[Merge] = ()


class Row(NamedTuple):
    """One member as a sheet says it. `at` is the address of the name's cell; None means that the sheet does not say."""

    at: str
    name: str
    branch: str
    phone: str | None
    own: bool
    joined_on: date | None
    category: str | None


class Note(NamedTuple):
    """A remark about one cell, and what to do: “B12” and its sentence."""

    at: str
    text: str

    def __str__(self) -> str:
        return f"{self.at}：{self.text}"


@dataclass
class Reading:
    """All that was read. `faults` keep their row out until mended; `doubts` are taken in, but somebody should look.

    `unread` holds the names of rows that were kept out: those people are in the list, whatever is wrong with their row.
    """

    rows: list[Row] = field(default_factory=list)
    faults: list[Note] = field(default_factory=list)
    doubts: list[Note] = field(default_factory=list)
    left_out: list[Note] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Keys:
    """What phone numbers need: a blind index to meet by, a seal to lie under, and its opening (design.md 5.10)."""

    index: Callable[[str], bytes]
    seal: Callable[[str], bytes]
    open: Callable[[bytes], str]


def column_name(column: int) -> str:
    """0 → A, 27 → AB, as spreadsheets call it."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
