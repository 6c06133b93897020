"""分享图: a square in Party red with the first words and the bureau's name, for the card that WeChat shows (F15)."""

import io
from typing import Any

from domain.late import Late
from gateways.fonts import boldest

_IMAGE, _DRAW, _FONT = Late("PIL.Image"), Late("PIL.ImageDraw"), Late("PIL.ImageFont")
SIDE, _EDGE, _FOOT = 600, 48, 120
_RED, _GOLD, _WHITE = (181, 13, 39), (255, 226, 168), (255, 255, 255)
_SIZES = ((84, 2), (72, 3), (60, 4), (52, 4))
"""Height of the letters, and how many lines of them there is room for."""
_COLOURS = 32
MOTTO = "亮身份 · 亮承诺"


def draw(bureau: str, words: str, note: str = "") -> bytes:
    """A PNG; the same bytes for the same words. Raises `FontsMissing`."""
    picture = _IMAGE.new("RGB", (SIDE, SIDE), _RED)
    pen = _DRAW.Draw(picture)
    pen.text((_EDGE, _EDGE - 8), MOTTO, font=_font(34), fill=_GOLD)
    size, lines = _laid_out(words)
    height = int(size * 1.35)
    top = (SIDE - _FOOT + _EDGE - height * len(lines) - (50 if note else 0)) // 2
    for at, line in enumerate(lines):
        pen.text((_EDGE, top + at * height), line, font=_font(size), fill=_WHITE)
    if note:
        pen.text((_EDGE, top + height * len(lines) + 14), _cut(note, 34), font=_font(34), fill=_GOLD)
    pen.rectangle((0, SIDE - _FOOT, SIDE, SIDE), fill=_WHITE)
    foot = next((size for size in (44, 36, 30) if _font(size).getlength(bureau) <= SIDE - 2 * _EDGE), 24)
    pen.text((_EDGE, SIDE - _FOOT // 2), _cut(bureau, foot), font=_font(foot), fill=_RED, anchor="lm")
    out = io.BytesIO()
    picture.quantize(_COLOURS).save(out, "PNG", optimize=True)
    return out.getvalue()


def _font(size: int) -> Any:
    return _FONT.truetype(str(boldest()), size)


def _laid_out(words: str) -> tuple[int, list[str]]:
    """The largest letters in which the words fit; in the smallest they are cut."""
    plain = "".join(sign for sign in words if sign.isprintable()).strip()
    for size, most in _SIZES:
        lines = _lines(plain, size)
        if len(lines) <= most:
            return size, lines
    return size, [*lines[: most - 1], lines[most - 1][:-1] + "…"]


def _lines(words: str, size: int) -> list[str]:
    """Broken where the width ends; no line begins with a closing sign."""
    font, lines = _font(size), [""]
    for sign in words:
        if lines[-1] and font.getlength(lines[-1] + sign) > SIDE - 2 * _EDGE and sign not in "，。、；：！？”’）》":
            lines.append("")
        lines[-1] += sign
    return lines


def _cut(words: str, size: int) -> str:
    font = _font(size)
    while words and font.getlength(words) > SIDE - 2 * _EDGE:
        words = words[:-1]
    return words
