"""样表 as a Word document: the same boxes, to be filled in on a computer or by hand."""

from collections.abc import Sequence
from datetime import datetime

from docx.document import Document as Docx
from docx.enum.section import WD_SECTION
from docx.shared import Mm
from docx.table import _Cell

from domain.form_templates import Box, Page
from domain.listings import Size, clean
from gateways import word

_MARGINS = 32


def file(pages: Sequence[Page], bureau: str, at: datetime) -> bytes:
    """Each form in a section of its own: they may lie across or stand upright."""
    made = word.blank(clean(pages[0].title) if pages else "", bureau, at, _millimetres(pages[0]) if pages else Size.A4.sides)
    for number, page in enumerate(pages):
        if number:
            word.turn(made.add_section(WD_SECTION.NEW_PAGE), _millimetres(page))
        _sheet(made, page)
    return word.saved(made)


def _millimetres(page: Page) -> tuple[int, int]:
    short, long = Size.A4.sides
    return (long, short) if page.landscape else (short, long)


def _sheet(made: Docx, page: Page) -> None:
    word.line(made, clean(page.title), word.TITLE, 22, word.CENTRE)
    if page.under:
        word.line(made, clean(page.under), word.NOTE, 12, word.CENTRE)
    room = _millimetres(page)[0] - _MARGINS
    widths = [room * width / sum(page.widths) for width in page.widths]
    grid = word.table(made, len(page.rows), widths)
    for row, boxes in zip(grid.rows, page.rows, strict=True):
        row.height = Mm(max(box.tall for box in boxes))
        word.whole(row)
        at, places = 0, row.cells
        for box in boxes:
            cell = places[at] if box.across == 1 else places[at].merge(places[at + box.across - 1])
            _fill(cell, box, sum(widths[at : at + box.across]))
            at += box.across
    for note in page.notes:
        word.line(made, clean(note), word.NOTE, 10.5)


def _fill(cell: _Cell, box: Box, width: float) -> None:
    font, align = (word.HEAD, word.CENTRE) if box.is_head else (word.BODY, word.CENTRE if box.centred else word.LEFT)
    word.fill(cell, clean(box.words), width, font, 12, align)
    if box.foot:
        word.write(cell.add_paragraph(), "")
        word.write(cell.add_paragraph(), clean(box.foot), word.BODY, 10.5, word.RIGHT)
