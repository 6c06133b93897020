"""Forms as files: a Word document to be filled in, a PDF to be printed and signed."""

from collections.abc import Sequence
from datetime import datetime

from domain.form_templates import Page
from domain.late import Late
from domain.listings import Format

_DOCX, _PDF = Late("gateways.form_templates.docx"), Late("gateways.form_templates.pdf")


def file(pages: Sequence[Page], form: Format, bureau: str, at: datetime) -> bytes:
    """The pages as a Word document or a PDF; a form is no workbook."""
    if form is Format.XLSX:
        raise ValueError("a form is no workbook")
    made: bytes = _DOCX.file(pages, bureau, at) if form is Format.DOCX else _PDF.paper(pages, bureau, at).pdf
    return made
