"""电子屏: a published pledge as one line of an LED screen, never longer than the screen takes, cut where a reader pauses (F15)."""

import re
from enum import StrEnum

from domain.notice_boards import Entry

SHORTEST, USUAL, LONGEST = 12, 40, 200
_PAUSES = "。；，、！？;,!? "


class Encoding(StrEnum):
    """What the screen's software reads; the value is Python's name."""

    UTF8 = "utf-8-sig"
    GB18030 = "gb18030"


def line(entry: Entry, limit: int) -> str:
    """“欧阳同志承诺：一次告知，少跑一趟”. The slogan when there is one, else what is promised; “” when neither fits."""
    said = _plain(entry.slogan or entry.content)
    head = f"{_plain(entry.who)}承诺："
    room = limit - len(head)
    return head + _cut(said, room) if said and room >= 4 else ""


def _plain(text: str) -> str:
    """Nothing that a screen would take for a new line or a command."""
    return re.sub(r"\s+", " ", "".join(sign if sign.isprintable() else " " for sign in text)).strip()


def _cut(text: str, room: int) -> str:
    if len(text) <= room:
        return text
    short = text[: room - 1]
    pause = max(short.rfind(sign) for sign in _PAUSES)
    return (short[:pause] if pause >= room // 2 else short) + "…"


def file(lines: tuple[str, ...], encoding: Encoding) -> bytes:
    """One line each, ended as Windows reads them: the screen's software runs there."""
    return "".join(f"{one}\r\n" for one in lines).encode(encoding.value)
