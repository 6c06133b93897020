"""Keyed hashes: one secret, several purposes, so that two tables never share a mark of the same person (design.md 5.2)."""

import hashlib
from datetime import date

from domain.keyed import Keyed

SIZE = 16
"""Bytes kept of every mark: 128 bits, beyond guessing."""


class Pseudonyms:
    """Derives marks from openids. The secret lives in the settings, never in the database."""

    def __init__(self, secret: str) -> None:
        keys = [Keyed(secret.encode())(purpose.encode()) for purpose in ("contact", "rater", "message", "steps", "seal")]
        self._contact, self._rater, self._message = map(Keyed, keys[:3])
        self._steps, self._seal = keys[3:]

    def contact(self, account: str, openid: str) -> str:
        """The mark under which the house keeps the address it may write back to."""
        return self._contact(f"{account}|{openid}".encode())[:SIZE].hex()

    def rater(self, openid: str) -> str:
        """The mark that stands in no table by itself: only events are derived from it."""
        return self._rater(openid.encode())[:SIZE].hex()

    def message(self, identity: str) -> bytes:
        """The mark of one incoming message: duplicates meet here (wechat-platform.md §3)."""
        return self._message(identity.encode())[:SIZE]

    def phone(self, number: str) -> bytes:
        """Blind index of a phone number (design.md 5.10)."""
        return self._contact(f"phone|{number}".encode())[:SIZE]

    def invitation(self, code: str) -> bytes:
        """The mark of an invitation code: the code itself is nowhere."""
        return self._message(f"invitation|{code}".encode())[:SIZE]

    @property
    def steps_key(self) -> bytes:
        """Key of the digest chain: whoever holds only the database cannot forge a step."""
        return self._steps

    @property
    def sealing_key(self) -> bytes:
        """Key under which addresses and phone numbers are encrypted at rest (32 bytes)."""
        return self._seal


def event_of(rater: str, place: str, day: date) -> bytes:
    """The service event a rating belongs to: this person, this place, this day (design.md 5.1).

    Derived from the rater's mark, which no table holds: from the event nobody gets back to a person, yet the same
    person at the same place on the same day always meets the same row.
    """
    return hashlib.sha256(f"{rater}|{place}|{day.isoformat()}".encode()).digest()[:SIZE]
