"""表 listing: a table as the office hands it on: title, columns, rows, cells that run together (A25, F03, F55).

One listing becomes a workbook, a Word document or a PDF; whoever fills it knows nothing of files.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby

Cell = str | int | date | None


class Size(StrEnum):
    """Paper; `sides` are the short and the long side in millimetres."""

    A4 = "A4"
    A3 = "A3"

    @property
    def sides(self) -> tuple[int, int]:
        return (210, 297) if self is Size.A4 else (297, 420)


class Format(StrEnum):
    """What a listing can be had as; the value is the file's ending."""

    XLSX = "xlsx"
    DOCX = "docx"
    PDF = "pdf"

    @property
    def mime(self) -> str:
        return _MIME[self]


_OFFICE = "application/vnd.openxmlformats-officedocument."
_MIME = {
    Format.XLSX: f"{_OFFICE}spreadsheetml.sheet",
    Format.DOCX: f"{_OFFICE}wordprocessingml.document",
    Format.PDF: "application/pdf",
}


@dataclass(frozen=True)
class Column:
    """`width` in Chinese characters. Equal cells of a `joined` column that stand below one another are drawn as one."""

    name: str
    width: int
    joined: bool = False
    centred: bool = False


@dataclass(frozen=True)
class Listing:
    """`under` stands below the title, `notes` below the table."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    under: str = ""
    notes: tuple[str, ...] = ()
    size: Size = Size.A4
    landscape: bool = False

    @property
    def millimetres(self) -> tuple[int, int]:
        """Width and height of its pages."""
        short, long = self.size.sides
        return (long, short) if self.landscape else (short, long)

    def runs(self, at: int) -> Iterator[tuple[int, int]]:
        """(first row, number of rows) of every cell of this column as drawn; a run ends where a joined column to its left changes."""
        if not self.columns[at].joined:
            yield from ((row, 1) for row in range(len(self.rows)))
            return
        leading = [number for number in range(at + 1) if self.columns[number].joined]
        keys = enumerate(tuple(row[number] for number in leading) for row in self.rows)
        for _, found in groupby(keys, key=lambda numbered: numbered[1]):
            numbers = [number for number, _ in found]
            yield numbers[0], len(numbers)

    @property
    def heights(self) -> tuple[tuple[int, ...], ...]:
        """For every cell over how many rows it is drawn; 0 where the cell above covers it."""
        columns = []
        for at in range(len(self.columns)):
            spans = [0] * len(self.rows)
            for first, number in self.runs(at):
                spans[first] = number
            columns.append(spans)
        return tuple(zip(*columns, strict=True))


def spoken(cell: Cell) -> str:
    """A cell as it is read on paper."""
    if isinstance(cell, date):
        return f"{cell.year}年{cell.month}月{cell.day}日"
    return "" if cell is None else clean(str(cell))


def clean(text: str) -> str:
    """Without signs that no paper shows and that spoil a file; line breaks and the wide blank (全角空格) stay."""
    return "".join(sign for sign in text.replace("\r\n", "\n").replace("\r", "\n") if sign.isprintable() or sign in "\n\u3000")
