"""样表 as a PDF, by typst: A4, ruled, room to sign and seal."""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from domain.form_templates import Page
from gateways import fonts, qr
from gateways.typesetting import Composing, Paper, compose


def paper(pages: Sequence[Page], bureau: str, at: datetime) -> Paper:
    """Each form begins on a page of its own. Raises `FontsMissing`."""
    letters = fonts.lettering()
    composing = Composing(letters)
    data = {"bureau": bureau, "title": pages[0].title if pages else "", "pages": [_page(page, composing.fitted) for page in pages]}
    pdf, count = compose("form_template", data, letters, at)
    return Paper(pdf, count, tuple(composing.notes))


def _page(page: Page, fitted: Callable[[str, str], str]) -> dict[str, Any]:
    drawing = qr.drawing_of(page.link) if page.link else None
    return {
        "title": fitted(page.title, page.title),
        "under": fitted(page.under, page.title),
        "widths": page.widths,
        "landscape": page.landscape,
        "notes": [fitted(note, page.title) for note in page.notes],
        "code": {"modules": drawing.modules, "path": drawing.path} if drawing else None,
        "rows": [[asdict(box) | {"words": fitted(box.words, page.title), "foot": box.foot} for box in row] for row in page.rows],
    }
