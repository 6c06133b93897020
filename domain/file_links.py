"""Checked links to private files: who was shown one may open it for a while, nobody can make one up (F58)."""

import hmac
from datetime import datetime, timedelta

from domain.files import NoSuchFile
from domain.pseudonyms import Pseudonyms

LIFE = timedelta(minutes=30)
"""Long enough to read a page to its end, short enough for a link that was passed on."""


def make(pseudonyms: Pseudonyms, code: str, now: datetime) -> str:
    """What follows `/files/`: code, end and mark."""
    until = f"{code}.{int((now + LIFE).timestamp()):x}"
    return f"{until}.{_mark(pseudonyms, until)}"


def read(pseudonyms: Pseudonyms, said: str, now: datetime) -> str:
    """The code in a link that was made here and is not over. Raises `NoSuchFile`."""
    until, _, mark = said.rpartition(".")
    code, _, end = until.rpartition(".")
    if not said.isascii() or not hmac.compare_digest(mark, _mark(pseudonyms, until)) or int(end, 16) < now.timestamp():
        raise NoSuchFile()
    return code


def _mark(pseudonyms: Pseudonyms, until: str) -> str:
    return pseudonyms.message(f"file-link|{until}").hex()
