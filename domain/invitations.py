"""邀请码 invitation: a short code from the secretary that binds one person's WeChat, once (F08)."""

import re
import secrets
from datetime import timedelta

from domain.numerals import halfwidth

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""31 signs that cannot be taken for one another; 8 of them are 39 random bits, and guessing is counted."""
LENGTH = 8
LASTS = timedelta(days=7)
TRIES = 5
"""Wrong codes from one phone in `TRIES_MINUTES`: then it must wait."""
TRIES_MINUTES = 15
TRIES_OF_ALL = 300
"""Wrong codes from all phones together in an hour: a guessing army meets this one."""

_FILL = re.compile(r"[\s\-–—_·.。]+")


def new_code() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def plain(said: str) -> str:
    """What somebody typed, as the code it may be: “k7q2－m9xa” → “K7Q2M9XA”."""
    return _FILL.sub("", halfwidth(said)).upper()


def is_code(text: str) -> bool:
    return len(text) == LENGTH and all(sign in LETTERS for sign in text)


def spaced(code: str) -> str:
    """“K7Q2-M9XA”: easier to read aloud."""
    return f"{code[:4]}-{code[4:]}"
