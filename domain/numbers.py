"""Public numbers of a 差评, such as A0231: short to read aloud, easy to type back (“进度 A0231”)."""

import re

from domain.numerals import compact

# Without I and O, so that a 1 and a 0 written by hand stay figures.
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_PER_LETTER = 9999
_SHAPE = re.compile(r"([A-HJ-NP-Z]{1,2})([0-9OIL]{1,4})")
_FIGURES = str.maketrans("OIL", "011")


def format_number(n: int) -> str:
    """A0001 … A9999, B0001 … Z9999, AA0001 …; raises ValueError below 1 and beyond ZZ9999."""
    block, rest = divmod(n - 1, _PER_LETTER)
    first, second = divmod(block, len(_LETTERS))
    if n < 1 or first > len(_LETTERS):
        raise ValueError(f"no public number for {n}")
    return f"{_LETTERS[first - 1] if first else ''}{_LETTERS[second]}{rest + 1:04d}"


def read_number(text: str) -> int | None:
    """The n of a public number however it is typed (“a 231”, “Ａ０２３１”, “A-0231”, O for 0, I or l for 1); None when it is none."""
    if len(text) > 32:
        return None
    found = _SHAPE.fullmatch(compact(text).upper())
    if found is None:
        return None
    block = 0
    for letter in found[1]:
        block = block * len(_LETTERS) + _LETTERS.index(letter) + 1
    rest = int(found[2].translate(_FIGURES))
    return (block - 1) * _PER_LETTER + rest if rest else None


def format_objection(n: int) -> str:
    """异0012: a Chinese sign first, so that it is never taken for the number of a 差评."""
    return f"异{n:04d}"


def read_objection(text: str) -> int | None:
    """“异0012”, “异议12”, “yi 12”; None when it is none. Plain figures are not: they might be anything."""
    return _read_prefixed(text, r"(?:异议?|YI)([0-9]{1,9})")


def format_pledge(n: int) -> str:
    """诺0031: what stands beside a pledge on the board, to be named in a chat."""
    return f"诺{n:04d}"


def read_pledge(text: str) -> int | None:
    """“诺0031”, “NO31”, “31”."""
    return _read_prefixed(text, r"(?:承?诺|NO)?([0-9]{1,9})")


def _read_prefixed(text: str, shape: str) -> int | None:
    if len(text) > 32:
        return None
    found = re.fullmatch(shape, compact(text).upper())
    return int(found[1]) or None if found else None
