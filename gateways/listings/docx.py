"""表 as a Word document in the official layout: the head on every page, no row torn apart, cells that run together."""

from datetime import datetime

from docx.table import Table

from domain.listings import Listing, spoken
from gateways import word

_MARGINS = 32
_SMALL = 10.5


def file(listing: Listing, bureau: str, at: datetime) -> bytes:
    made = word.blank(listing.title, bureau, at, listing.millimetres)
    word.line(made, spoken(listing.title), word.TITLE, 20, word.CENTRE)
    if listing.under:
        word.line(made, spoken(listing.under), word.NOTE, 11, word.CENTRE)
    widths = _widths(listing)
    _fill(word.table(made, len(listing.rows) + 1, widths), listing, widths)
    for note in listing.notes:
        word.line(made, spoken(note), word.NOTE, 9.5)
    return word.saved(made)


def _widths(listing: Listing) -> list[float]:
    room = listing.millimetres[0] - _MARGINS
    return [room * column.width / sum(one.width for one in listing.columns) for column in listing.columns]


def _fill(grid: Table, listing: Listing, widths: list[float]) -> None:
    """Row by row: asking the table for single cells takes a time that grows with its square."""
    head, *rows = grid.rows
    word.repeat(head)
    for cell, column, width in zip(head.cells, listing.columns, widths, strict=True):
        word.fill(cell, spoken(column.name), width, word.HEAD, _SMALL, word.CENTRE)
    for row, cells, heights in zip(rows, listing.rows, listing.heights, strict=True):
        word.whole(row)
        places = zip(row.cells, cells, heights, listing.columns, widths, strict=True)
        for place, cell, high, column, width in places:
            word.fill(place, spoken(cell) if high else "", width, size=_SMALL, align=word.CENTRE if column.centred else word.LEFT)
            if high != 1:
                word.span(place, first=high > 1)
