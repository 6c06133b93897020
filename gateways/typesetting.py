"""排版 typesetting: one typst run for a whole PDF, its fonts, and what a person should know before it is used (design.md 3)."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import typst

from gateways.fonts import Lettering

PAPERS = Path(__file__).parent / "papers"
_COUNT = re.compile(rb"/Type/Pages/Count (\d+)")
"""Where typst says how many pages there are: in the first object of the file."""


@dataclass(frozen=True)
class Paper:
    """A finished file. `notes` are sentences about what a person should look at before it is handed out."""

    pdf: bytes
    pages: int
    notes: tuple[str, ...] = ()


class Composing:
    """Text on its way into a paper: what no font can draw becomes an empty square and a note that says where."""

    def __init__(self, letters: Lettering) -> None:
        self._letters = letters
        self.notes: dict[str, None] = {}

    def fitted(self, text: str, where: str) -> str:
        """The text as it can be drawn. `where` names the thing for the note."""
        lines = [self._letters.fitted(line) for line in text.split("\n")]
        for sign in "".join(missing for _, missing in lines):
            self.notes[_missing(where, text, sign)] = None
        return "\n".join(drawn for drawn, _ in lines)


def _missing(where: str, text: str, sign: str) -> str:
    return (
        f"{where}：“{text}”里的“{sign}”(U+{ord(sign):04X})字库里没有，纸上留了方框，请手写；"
        "或由运维人员执行 apt-get install fonts-hanazono 后重新打印。"
    )


def compose(template: str, data: Mapping[str, Any], letters: Lettering, at: datetime) -> tuple[bytes, int]:
    """The PDF of a template with its data, and how many pages it has; the same bytes for the same data and `at`.

    Raises `typst.TypstError` when a picture in the data cannot be drawn.
    """
    given = {"data": json.dumps(data)}
    compiler = typst.Compiler(PAPERS / f"{template}.typ", root=PAPERS, font_paths=letters.fonts, ignore_system_fonts=True, sys_inputs=given)
    pdf = compiler.compile(format="pdf", timestamp=int(at.timestamp()), pdf_tags=False)
    if not isinstance(pdf, bytes):
        raise TypeError("a PDF is one file")
    count = _COUNT.search(pdf)
    if count is None:
        raise LookupError("a PDF without its count of pages")
    return pdf, int(count[1])
