"""How often: 60 writes a minute for a person, 30 log-ins a minute for an address (reliability.md R13)."""

import hashlib
from collections import Counter
from ipaddress import IPv6Address, ip_address

from flask import Flask, current_app

from domain.errors import TooOften
from domain.ports import House
from services import limits

WRITES = 60
UNASKED = 10
"""Writes of a person in a minute that each process counts by itself: asking the store costs as much as half a rating, and few
people write eleven times. With several processes somebody may so write a few times more than `WRITES`, never without end.
"""
LOG_INS = 30
_MINUTE = 60
_MOST = 10_000
_EXTENSION = "miniapp_api.limits"


class Limits:
    """Counts in the store. Remembers whose token is whose, so that several tokens of one person count together."""

    def __init__(self) -> None:
        self._faces: dict[str, str] = {}
        self._writes: tuple[int, Counter[str]] = (0, Counter())

    def seen(self, token: str, contact: str) -> None:
        """Whose token this is."""
        if len(self._faces) >= _MOST:
            self._faces.clear()
        self._faces[_digest(token)] = contact

    def writing(self, at: House, token: str) -> None:
        """One more write by whoever holds the token. A store that does not answer lets pass: a rating is not lost over a counter."""
        digest = _digest(token)
        minute, into = _minute(at)
        who = self._faces.get(digest, digest)
        if self._counted_here(minute, who) <= UNASKED:
            return
        n = at.store.count(f"api:writes:{minute}:{who}", _MINUTE)
        if n is not None and n > WRITES - UNASKED:
            raise TooOften(_MINUTE - into)

    def _counted_here(self, minute: int, who: str) -> int:
        of, writes = self._writes
        if of != minute:
            writes = Counter()
            self._writes = (minute, writes)
        writes[who] += 1
        return writes[who]

    @staticmethod
    def signing_in(at: House, address: str) -> None:
        """One more log-in from this address. A store that does not answer does not open the door: then the database counts."""
        mark = at.pseudonyms.message(f"log-in|{_network(address)}")
        minute, into = _minute(at)
        n = at.store.count(f"api:log-in:{minute}:{mark.hex()}", _MINUTE)
        if n is None:
            with at.database.transaction() as db:
                n = limits.count_this_minute(db, mark, at.now())
        if n > LOG_INS:
            raise TooOften(_MINUTE - into)


def keep_for(flask: Flask) -> None:
    """Each application keeps its own."""
    flask.extensions[_EXTENSION] = Limits()


def kept_by(flask: Flask) -> Limits:
    found: Limits = flask.extensions[_EXTENSION]
    return found


def here() -> Limits:
    return kept_by(current_app)


def _minute(at: House) -> tuple[int, int]:
    """Minutes of the clock, so that a refusal can say exactly when the next begins; seconds gone of this one."""
    return divmod(int(at.now().timestamp()), _MINUTE)


def _digest(token: str) -> str:
    return hashlib.blake2b(token.encode(), digest_size=12).hexdigest()


def _network(address: str) -> str:
    """An IPv6 customer holds a whole /64."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    return str(int(found) >> 64) if isinstance(found, IPv6Address) else address
