"""Listings as files: a workbook, a Word document, a PDF; one file here for each."""

from collections.abc import Callable, Mapping
from datetime import datetime

from domain.listings import Format, Listing
from gateways.listings import docx, pdf, xlsx

_MAKERS: Mapping[Format, Callable[[Listing, str, datetime], bytes]] = {Format.XLSX: xlsx.file, Format.DOCX: docx.file, Format.PDF: pdf.file}


def file(listing: Listing, form: Format, bureau: str, at: datetime) -> bytes:
    """The listing in this form, by this bureau."""
    return _MAKERS[form](listing, bureau, at)
