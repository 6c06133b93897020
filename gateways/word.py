"""Word documents in the official layout: fonts of 公文 (GB/T 9704) by name, page size, page numbers, tables with a head on every page.

The fonts stand in the file by name only: an office computer has them, another takes its own 宋体.
"""

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from docx import Document
from docx.document import Document as Docx
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

TITLE, HEAD, BODY, NOTE = "方正小标宋简体", "黑体", "仿宋_GB2312", "楷体_GB2312"
_MARGINS = (18, 16)
CENTRE, LEFT, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.RIGHT


def blank(title: str, bureau: str, at: datetime, millimetres: tuple[int, int]) -> Docx:
    """An empty document of this size, with the number on every page."""
    made = Document()
    section = made.sections[0]
    turn(section, millimetres)
    about = made.core_properties
    about.title, about.author, about.created, about.modified = title, bureau, at.astimezone(UTC), at.astimezone(UTC)
    _lettered(made.styles["Normal"].element.get_or_add_rPr(), BODY)
    _numbered(section.footer.paragraphs[0])
    return made


def turn(section: Section, millimetres: tuple[int, int]) -> None:
    """Pages of this size from here on, upright or across."""
    wide, tall = millimetres
    section.orientation = WD_ORIENT.LANDSCAPE if wide > tall else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(wide), Mm(tall)
    section.top_margin = section.bottom_margin = Mm(_MARGINS[0])
    section.left_margin = section.right_margin = Mm(_MARGINS[1])


def saved(made: Docx) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def write(paragraph: Paragraph, words: str, font: str = BODY, size: float = 10.5, align: WD_ALIGN_PARAGRAPH = LEFT, *, bold: bool = False) -> None:
    """Add words in one font; a line break stays one."""
    paragraph.alignment = align
    paragraph.paragraph_format.space_after = Pt(0)
    run = paragraph.add_run(words)
    run.bold = bold
    run.font.size = Pt(size)
    _lettered(run._element.get_or_add_rPr(), font)


def line(made: Docx, words: str, font: str = BODY, size: float = 10.5, align: WD_ALIGN_PARAGRAPH = LEFT) -> None:
    """A paragraph of its own."""
    write(made.add_paragraph(), words, font, size, align)


def table(made: Docx, rows: int, widths: Sequence[float]) -> Table:
    """A ruled table as wide as these millimetres say."""
    grid: Table = made.add_table(rows, len(widths))
    grid.style = made.styles["Table Grid"]
    grid.alignment = WD_TABLE_ALIGNMENT.CENTER
    grid.autofit = False
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = Mm(width)
    return grid


def fill(cell: _Cell, words: str, width: float, font: str = BODY, size: float = 10.5, align: WD_ALIGN_PARAGRAPH = LEFT) -> None:
    """The words of a cell, `width` millimetres wide."""
    cell.width = Mm(width)
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    paragraph = cell.paragraphs[0]
    write(paragraph, words, font, size, align)
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2.5)


def repeat(row: _Row) -> None:
    """This row stands again on top of every page."""
    _mark(row, "w:tblHeader")


def whole(row: _Row) -> None:
    """No page ends within this row."""
    _mark(row, "w:cantSplit")


def span(cell: _Cell, first: bool) -> None:
    """A cell drawn as one with those below (`first`) or above it."""
    merge = OxmlElement("w:vMerge")
    if first:
        merge.set(qn("w:val"), "restart")
    cell._tc.get_or_add_tcPr().append(merge)


def _mark(row: _Row, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))


def _lettered(properties: Any, font: str) -> None:
    fonts = properties.get_or_add_rFonts()
    for name in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{name}"), font)


def _numbered(paragraph: Paragraph) -> None:
    """“— 3 —”."""
    write(paragraph, "— ", align=CENTRE)
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)
    write(paragraph, " —", align=CENTRE)
