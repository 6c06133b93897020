"""两稿对照: what a later version says that the earlier one did not, clause by clause (F04)."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

_CLAUSE = re.compile(r"[^，。；！？、\n]*[，。；！？、\n]|[^，。；！？、\n]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that stayed, went or came."""

    kind: Literal["same", "gone", "new"]
    text: str


def compare(before: str, after: str) -> list[Piece]:
    """Both versions as one text, in order: what went stands before what came in its place."""
    old, new = _CLAUSE.findall(before), _CLAUSE.findall(after)
    pieces: list[Piece] = []
    for tag, first, last, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", "".join(old[first:last])))
            continue
        pieces += [Piece("gone", "".join(old[first:last]))] if last > first else []
        pieces += [Piece("new", "".join(new[start:end]))] if end > start else []
    return pieces
