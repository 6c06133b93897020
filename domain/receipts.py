"""回执 receipt: the number a hand-in gets, such as 收字2026-0001; read back however it is typed."""

import re
import unicodedata

_SHAPE = re.compile(r"(?:收字?)?[\[〔(【]?(\d{4})[\]〕)】]?[-—–_号 ]*(\d{1,6})号?")


def format_receipt(year: int, no: int) -> str:
    """收字2026-0001."""
    return f"收字{year}-{no:04d}"


def read_receipt(said: str) -> tuple[int, int] | None:
    """(year, number), None when it is no receipt: “收字2026-0001”, “收字〔2026〕1号”, “2026-1”."""
    if len(said) > 32:
        return None
    found = _SHAPE.fullmatch("".join(unicodedata.normalize("NFKC", said).split()))
    return (int(found[1]), int(found[2])) if found and int(found[2]) else None
