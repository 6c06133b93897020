"""How often: 60 writes a minute for a person, 30 log-ins a minute for an address (reliability.md R13)."""

import hashlib
from ipaddress import IPv6Address, ip_address

from flask import current_app, request

from domain.errors import TooOften
from domain.ports import House
from services import limits

WRITES = 60
LOG_INS = 30
_MINUTE = 60
_MOST = 10_000
_EXTENSION = "miniapp_api.faces"


def writing(at: House, token: str) -> None:
    """One more write by whoever holds the token. A store that does not answer lets pass: a rating is not lost over a counter."""
    minute, into = _minute(at)
    n = at.store.count(f"api:writes:{minute}:{_face(token)}", _MINUTE)
    if n is not None and n > WRITES:
        raise TooOften(_MINUTE - into)


def seen(token: str, contact: str) -> None:
    """Whose token this is, so that several tokens of one person count together from then on."""
    faces = _faces()
    if len(faces) >= _MOST:
        faces.clear()
    faces[_digest(token)] = contact


def _face(token: str) -> str:
    digest = _digest(token)
    return _faces().get(digest, digest)


def _faces() -> dict[str, str]:
    found: dict[str, str] = current_app.extensions.setdefault(_EXTENSION, {})
    return found


def _digest(token: str) -> str:
    return hashlib.blake2b(token.encode(), digest_size=12).hexdigest()


def signing_in(at: House) -> None:
    """One more log-in from this address. A store that does not answer does not open the door: then the database counts."""
    mark = at.pseudonyms.message(f"log-in|{_network(request.remote_addr or '')}")
    minute, into = _minute(at)
    n = at.store.count(f"api:log-in:{minute}:{mark.hex()}", _MINUTE)
    if n is None:
        with at.database.transaction() as db:
            n = limits.count_this_minute(db, mark, at.now())
    if n > LOG_INS:
        raise TooOften(_MINUTE - into)


def _minute(at: House) -> tuple[int, int]:
    """Minutes of the clock, so that a refusal can say exactly when the next begins; seconds gone of this one."""
    return divmod(int(at.now().timestamp()), _MINUTE)


def _network(address: str) -> str:
    """An IPv6 customer holds a whole /64."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    return str(int(found) >> 64) if isinstance(found, IPv6Address) else address
