"""公示板、承诺海报、标语条幅 as PDF in exact millimetres, by typst (A9, F15)."""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from domain.notice_boards import Entry, Hanging, NoticeBoard
from domain.papers import Document, day
from gateways import fonts, qr
from gateways.typesetting import Composing, Paper, compose

_TEMPLATES = {Document.BOARD: "notice_board", Document.POSTER: "pledge_poster", Document.SLOGANS: "slogans"}
_WORDS = ("number", "who", "where", "content", "measures", "standard", "slogan")


def draw(document: Document, board: NoticeBoard, hanging: Hanging, at: datetime) -> Paper:
    """The board as this kind of paper. Slogans are those that there are, each once. Raises `FontsMissing`."""
    letters = fonts.lettering()
    composing = Composing(letters)
    entries = _with_slogans(board.entries) if document is Document.SLOGANS else board.entries
    data = {
        "title": composing.fitted(board.title, document.chinese),
        "bureau": composing.fitted(board.bureau, document.chinese),
        "size": hanging.size.value,
        "period": composing.fitted(hanging.period, document.chinese),
        "edition": board.edition,
        "day": day(board.day),
        "code": _code(board.link),
        "entries": [_entry(entry, composing.fitted) | ({"code": _code(entry.link)} if document is Document.POSTER else {}) for entry in entries],
    }
    pdf, pages = compose(_TEMPLATES[document], data, letters, at)
    return Paper(pdf, pages, tuple(composing.notes))


def _entry(entry: Entry, fitted: Callable[[str, str], str]) -> dict[str, Any]:
    words = {name: fitted(getattr(entry, name), entry.who) for name in _WORDS}
    told = {"published_on": None, "published": _published(entry), "deadline": day(entry.deadline) if entry.deadline else "长期"}
    return asdict(entry) | words | told


def _published(entry: Entry) -> str:
    """“2026年11月16日公示，第2版”: as the public page says it."""
    if entry.published_on is None:
        return ""
    return f"{day(entry.published_on)}公示" + (f"，第{entry.version}版" if entry.version > 1 else "")


def _code(link: str) -> dict[str, Any]:
    drawing = qr.drawing_of(link)
    return {"modules": drawing.modules, "path": drawing.path}


def _with_slogans(entries: Sequence[Entry]) -> Sequence[Entry]:
    return list({entry.slogan: entry for entry in reversed(entries) if entry.slogan}.values())[::-1]
