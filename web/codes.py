"""What people type or scan instead of a clean code: capitals, blanks, full-width signs, “p:”, a whole link."""

import unicodedata

LONGEST = 200
"""Signs read at all; a code has 13, a link with one under 80."""

_PREFIX = "p:"


def read_code(said: str) -> str:
    """The code as it is stored, or “” for what can be none. Reading never fails: whether the code counts is the register's to say."""
    if len(said) > LONGEST:
        return ""
    plain = "".join(unicodedata.normalize("NFKC", said).split()).lower()
    plain = plain.partition("?")[0].rstrip("/").rpartition("/")[2]
    return plain.removeprefix(_PREFIX).replace("-", "")


def read_id(said: str) -> int:
    """The id in an address; 0, which no row has, for what is no number or one the database could not hold (63 bits)."""
    n = int(said) if len(said) <= 19 and said.isascii() and said.isdecimal() else 0
    return n if n < 2**63 else 0
