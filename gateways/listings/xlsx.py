"""表 as a workbook: Chinese, frozen head, widths, print set-up; nothing that somebody wrote is ever computed (F55)."""

import io
import re
from datetime import date, datetime
from math import ceil
from typing import Any

import xlsxwriter

from domain.listings import Cell, Column, Listing, Size, clean, spoken

_PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
_FORMULA = ("=", "+", "-", "@", "\t", "\n")
_FONT: dict[str, Any] = {"font_name": "宋体", "font_size": 10.5, "border": 1, "valign": "vcenter", "text_wrap": True}
_DAY = 'yyyy"年"m"月"d"日"'
_MORE: dict[str, dict[str, Any]] = {"date": {"num_format": _DAY}, "formula": {"quote_prefix": True}}
_PAPER = {Size.A4: 9, Size.A3: 8}
_WIDTH = 2.1
"""Excel counts figures; a Chinese character is two of them, and a little air."""
_LINE, _AIR, _MOST_LINES = 14, 6, 28
"""Points of a line's height and of what is left free around; no row of Excel is higher than 409."""
_ROOM = 1.1
"""More characters of this font stand in a line than its width says, which is counted in those of the book."""
_LONGEST = 32_000
"""Excel takes 32,767 characters a cell."""


def file(listing: Listing, bureau: str, at: datetime) -> bytes:
    """Title, line below it, head, rows, notes; on one sheet."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, _PLAIN)
    book.set_properties({"title": listing.title, "author": bureau, "created": at.replace(tzinfo=None)})
    page = book.add_worksheet(re.sub(r"[\[\]:*?/\\']", "", clean(listing.title))[:31] or "表")
    _Page(book, page, listing).fill()
    book.close()
    return made.getvalue()


class _Page:
    """One sheet on its way. `_first` is the row of the first cell."""

    def __init__(self, book: Any, page: Any, listing: Listing) -> None:
        self._book, self._page, self._listing = book, page, listing
        self._head = 2 if listing.under else 1
        self._first = self._head + 1
        self._formats: dict[tuple[bool, str], Any] = {}

    def fill(self) -> None:
        self._set_up()
        self._above()
        heights = self._listing.heights
        for y, row in enumerate(self._listing.rows):
            self._page.set_row(self._first + y, _LINE * _lines(row, self._listing.columns, heights[y]) + _AIR)
            for x, (cell, column) in enumerate(zip(row, self._listing.columns, strict=True)):
                self._cell(self._first + y, x, cell, column, heights[y][x])
        for number, note in enumerate(self._listing.notes):
            self._page.write_string(self._first + len(self._listing.rows) + number, 0, clean(note))

    def _set_up(self) -> None:
        listing, page = self._listing, self._page
        if listing.landscape:
            page.set_landscape()
        page.set_paper(_PAPER[listing.size])
        page.fit_to_pages(1, 0)
        page.repeat_rows(self._head)
        page.set_footer("&C&10第 &P 页，共 &N 页")
        page.freeze_panes(self._first, 0)
        for x, column in enumerate(listing.columns):
            page.set_column(x, x, column.width * _WIDTH)
        if listing.rows and not any(column.joined for column in listing.columns):
            page.autofilter(self._head, 0, self._head + len(listing.rows), len(listing.columns) - 1)

    def _above(self) -> None:
        last = len(self._listing.columns) - 1
        title = self._book.add_format({"font_name": "黑体", "font_size": 18, "align": "center", "valign": "vcenter"})
        head = self._book.add_format(_FONT | {"font_name": "黑体", "align": "center", "bg_color": "#F2F2F4"})
        under = self._book.add_format({"font_name": "宋体", "font_size": 10.5, "align": "center"})
        for row, words, look in ((0, self._listing.title, title), (1, self._listing.under, under)):
            if words and last:
                self._page.merge_range(row, 0, row, last, "", look)
            if words:
                self._page.write_string(row, 0, clean(words), look)
        self._page.set_row(0, 32)
        for x, column in enumerate(self._listing.columns):
            self._page.write_string(self._head, x, clean(column.name), head)

    def _cell(self, y: int, x: int, cell: Cell, column: Column, high: int) -> None:
        """`high` rows of a joined cell are merged; a cell that another covers has none."""
        if not high:
            return
        look = self._look(column.centred, _kind(cell))
        if high > 1:
            self._page.merge_range(y, x, y + high - 1, x, "", look)
        if isinstance(cell, date):
            self._page.write_datetime(y, x, datetime(cell.year, cell.month, cell.day), look)
        elif isinstance(cell, int):
            self._page.write_number(y, x, cell, look)
        else:
            self._page.write_string(y, x, clean(cell or "")[:_LONGEST], look)

    def _look(self, centred: bool, kind: str) -> Any:
        if (centred, kind) not in self._formats:
            self._formats[centred, kind] = self._book.add_format(_FONT | {"align": "center" if centred else "left"} | _MORE.get(kind, {}))
        return self._formats[centred, kind]


def _lines(row: tuple[Cell, ...], columns: tuple[Column, ...], heights: tuple[int, ...]) -> int:
    """Lines that the fullest cell of its own row takes: not every program finds the height of wrapped text by itself."""
    cells = zip(row, columns, heights, strict=True)
    return min(_MOST_LINES, max((_wrapped(spoken(cell), column.width) for cell, column, high in cells if high == 1), default=1))


def _wrapped(words: str, width: int) -> int:
    return sum(max(1, ceil(sum(1 if sign > "\u02ff" else 0.5 for sign in line) / (_ROOM * width))) for line in words.split("\n"))


def _kind(cell: Cell) -> str:
    """What begins like a formula is marked as text (引号前缀): editing it, or saving it elsewhere, does not wake it up."""
    if isinstance(cell, date):
        return "date"
    return "formula" if isinstance(cell, str) and cell.startswith(_FORMULA) else ""
