"""Listings as files: a workbook, a Word document, a PDF; one file here for each."""

from datetime import datetime

from domain.late import Late
from domain.listings import Format, Listing

_MAKERS = {form: Late(f"gateways.listings.{form}") for form in Format}


def file(listing: Listing, form: Format, bureau: str, at: datetime) -> bytes:
    """The listing in this form, by this bureau."""
    made: bytes = _MAKERS[form].file(listing, bureau, at)
    return made
