"""One cell as text, whatever the program that wrote it took it for."""

from datetime import date

from domain.numerals import halfwidth
from domain.quoting import inner
from domain.roster.records import Cell


def text_of(cell: Cell) -> str:
    """Plain signs, no blanks around; 13800001111.0 is 13800001111 again, a date is 1998-07-01."""
    if isinstance(cell, str):
        return halfwidth(cell).strip()
    if cell is None:
        return ""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, date):
        return cell.isoformat()[:10]
    return str(cell)


def shown(text: str) -> str:
    """A cell's words as a sentence quotes them: never long, nothing that a screen would obey."""
    text = "".join(filter(str.isprintable, text))
    return f"“{inner(text[:12])}…”" if len(text) > 13 else f"“{inner(text)}”"
