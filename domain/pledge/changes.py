"""变更对照: what an amendment changed, word by word, so that a reader sees it at a glance (A9, X8)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORDS = re.compile(r"[0-9０-９.,%％]+|[A-Za-z]+|.", re.DOTALL)
_SHORTEST = 2
"""Characters that must stay the same between two changes, to be shown as kept: fewer only tear a phrase apart."""


@dataclass(frozen=True)
class Piece:
    """A run of text: `kind` is same, gone or new."""

    kind: str
    text: str


def pieces(before: str, after: str) -> tuple[Piece, ...]:
    """Numbers and Latin words whole, Chinese character by character."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    spans = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return tuple(_merged((kind, "".join(old[a:b]), "".join(new[c:d])) for kind, a, b, c, d in spans))


def _merged(spans: Iterator[tuple[str, str, str]]) -> Iterator[Piece]:
    """Changes with next to nothing between them become one."""
    gone = new = ""
    for kind, old, fresh in spans:
        if kind == "equal" and (len(old) >= _SHORTEST or not (gone or new)):
            yield from _change(gone, new)
            gone = new = ""
            yield Piece("same", old)
        else:
            gone, new = gone + old, new + fresh
    yield from _change(gone, new)


def _change(gone: str, new: str) -> Iterator[Piece]:
    if gone:
        yield Piece("gone", gone)
    if new:
        yield Piece("new", new)
