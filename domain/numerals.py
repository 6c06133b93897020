"""Numbers and names as people type them: 全角, 中文数字, stray spaces and punctuation, all read as one form."""

import re
import unicodedata

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_BLANK = dict.fromkeys((0x09, 0x0A, 0x0D, 0xA0, 0x200B, 0x200C, 0x200D, 0x3000, 0xFEFF), 0x20)
_TO_HALF = _WIDE | _BLANK

_DIGITS = dict(zip("零〇一二三四五六七八九", (0, 0, *range(1, 10)), strict=True))
_FORMAL = str.maketrans("两幺壹贰貳叁參肆伍陆陸柒捌玖拾佰仟", "二一一二二三三四五六六七八九十百千")
_WITH_UNITS = re.compile(r"(?:([一二三四五六七八九])千)?零?(?:([一二三四五六七八九])百)?零?(?:([一二三四五六七八九])?(十))?([一二三四五六七八九])?")

LONGEST_NUMERAL = 9

# A fragment for other patterns: at most four figures, or a Chinese numeral below ten thousand.
NUMERAL = r"(?:[0-9]{1,4}|[零〇一二三四五六七八九十百千两幺廿卅壹贰貳叁參肆伍陆陸柒捌玖拾佰仟]{1,9})"


def halfwidth(text: str) -> str:
    """The text with 全角 signs and odd blanks made plain, character for character: offsets stay valid."""
    return text.translate(_TO_HALF)


def compact(text: str) -> str:
    """A form to compare by: NFKC, lower case, letters and figures only (“３号 窗口！” → “3号窗口”)."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return plain if plain.isalnum() else "".join(filter(str.isalnum, plain))


def read_int(text: str) -> int | None:
    """The whole number a text stands for (“03”, “３”, “十二”, “廿”, “壹佰零五”, “二〇三”), None when it stands for none."""
    text = text.strip()
    if not 0 < len(text) <= LONGEST_NUMERAL:
        return None
    if text.isdecimal():
        return int(text)
    text = text.translate(_FORMAL).replace("廿", "二十").replace("卅", "三十")
    if all(sign in _DIGITS for sign in text):
        return int("".join(str(_DIGITS[sign]) for sign in text))
    return _read_units(text)


def _read_units(text: str) -> int | None:
    found = _WITH_UNITS.fullmatch(text)
    if found is None:
        return None
    thousands, hundreds, tens, ten, ones = found.groups()
    last: int = _DIGITS[ones or "零"]
    if ones and not ten and "零" not in text:  # 一百二 is said for 120, 一千五 for 1500
        last *= 10 if hundreds else 100
    total: int = 1000 * _DIGITS[thousands or "零"] + 100 * _DIGITS[hundreds or "零"] + last
    return total + 10 * _DIGITS[tens or "一"] if ten else total
