"""引号: what is named inside “ ” carries ‘ ’ of its own: “服务‘双承诺’” (GB/T 15834-2011, 4.8)."""

from collections.abc import Mapping
from string import Formatter
from typing import Any

_INWARD = str.maketrans("“”‘’", "‘’“”")
_FORMATTER = Formatter()


def inner(text: object) -> str:
    """The words as they stand between quotation marks that are there already."""
    return str(text).translate(_INWARD)


def quoted(text: object) -> str:
    """The words in quotation marks."""
    return f"“{inner(text)}”"


def fill(sentence: str, words: Mapping[str, Any]) -> str:
    """As `str.format_map`; a value that comes to stand between “ ” has its own marks turned inward."""
    parts, depth = [], 0
    for literal, field, form, _conversion in _FORMATTER.parse(sentence):
        parts.append(literal)
        depth += literal.count("“") - literal.count("”")
        if field is not None:
            value = format(_FORMATTER.get_field(field, (), words)[0], form or "")
            parts.append(inner(value) if depth > 0 else value)
    return "".join(parts)
