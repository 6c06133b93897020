"""表 as a PDF, by typst."""

from datetime import datetime

from domain.listings import Cell, Listing, spoken
from gateways import fonts
from gateways.typesetting import Composing, Paper, compose


def paper(listing: Listing, bureau: str, at: datetime) -> Paper:
    """With its notes about characters that no font has."""
    letters = fonts.lettering()
    composing = Composing(letters)

    def words(cell: Cell) -> str:
        return composing.fitted(spoken(cell), listing.title)

    wide, tall = listing.millimetres
    data = {
        "title": words(listing.title),
        "under": words(listing.under),
        "notes": [words(note) for note in listing.notes],
        "bureau": bureau,
        "wide": wide,
        "tall": tall,
        "columns": [{"name": words(column.name), "width": column.width, "centred": column.centred} for column in listing.columns],
        "rows": [
            [{"x": x, "y": y, "high": high, "words": words(cell)} for x, (cell, high) in enumerate(zip(row, heights, strict=True)) if high]
            for y, (row, heights) in enumerate(zip(listing.rows, listing.heights, strict=True))
        ],
    }
    pdf, pages = compose("listing", data, letters, at)
    return Paper(pdf, pages, tuple(composing.notes))


def file(listing: Listing, bureau: str, at: datetime) -> bytes:
    return paper(listing, bureau, at).pdf
