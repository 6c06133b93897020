"""Wire: HTTP to one server over kept connections, one a thread, and the truth about whether a request left the house.

`http.client` carries nearly twice what urllib3 does (performance.md, point 8), and tells the two failures apart that matter for a
letter: before it left nothing can have happened, afterwards nobody knows.
"""

import http.client
import select
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from functools import cache
from threading import local
from urllib.parse import urlsplit

_IDLE = 20.0
"""Seconds after which a kept connection is not trusted any more."""
_LARGEST = 1 << 20


@dataclass(frozen=True)
class Patience:
    """Seconds to wait for a connection, and for each part of an answer.

    For `sure` seconds nobody asks whether the other side has hung up meanwhile: the question costs as much as the sending.
    """

    connect: float = 3
    read: float = 8
    sure: float = 0.5


USUAL = Patience()


class Unsent(Exception):
    """The request did not leave: nothing happened there."""


class Unanswered(Exception):
    """The request left and no whole answer came: what happened there is unknown."""


def _nothing() -> None:
    return None


@cache
def _trust() -> ssl.SSLContext:
    return ssl.create_default_context()


class Wire:
    """Connections to one server. Thread-safe; nothing connects before the first request."""

    def __init__(self, base: str, patience: Patience = USUAL) -> None:
        where = urlsplit(base)
        self._secure, self._host, self._path = where.scheme == "https", where.hostname or "", where.path.rstrip("/")
        self._port, self._called, self._patience = where.port, where.netloc.rpartition("@")[2], patience
        self._mine = local()

    def ask(self, method: str, target: str, body: bytes | None, leaving: Callable[[], None] = _nothing) -> tuple[int, bytes]:
        """(status, at most 1 MiB + 1 of the answer). `leaving` is called just before the request leaves.

        Raises `Unsent`, `Unanswered`. Nothing is repeated here.
        """
        connection = self._connection()
        leaving()
        try:
            connection.sock.sendall(self._request(method, target, body))
            answer = http.client.HTTPResponse(connection.sock, method=method)
            answer.begin()
            raw = answer.read(_LARGEST + 1)
        except (OSError, http.client.HTTPException) as error:
            self._drop()
            raise Unanswered(type(error).__name__) from None
        if answer.will_close or len(raw) > _LARGEST:
            self._drop()
        else:
            self._mine.used = time.monotonic()
        return answer.status, raw

    def time_there(self) -> datetime | None:
        """What that server's clock shows, to the second; None when nobody tells."""
        try:
            connection = self._connect()
        except OSError:
            return None
        try:
            connection.request("HEAD", "/")
            return parsedate_to_datetime(connection.getresponse().headers["Date"])
        except (OSError, http.client.HTTPException, TypeError, ValueError):
            return None
        finally:
            connection.close()

    def _request(self, method: str, target: str, body: bytes | None) -> bytes:
        """Head and body in one piece: `http.client` would send them apart, and each sending gives the interpreter away."""
        about = f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n" if body is not None else ""
        return f"{method} {self._path}{target} HTTP/1.1\r\nHost: {self._called}\r\n{about}\r\n".encode("ascii") + (body or b"")

    def _connection(self) -> http.client.HTTPConnection:
        """This thread's own, made anew when the server has hung up meanwhile."""
        kept: http.client.HTTPConnection | None = getattr(self._mine, "connection", None)
        idle = time.monotonic() - self._mine.used if kept is not None else 0.0
        if kept is not None and idle < _IDLE and (idle < self._patience.sure or not _hung_up(kept)):
            return kept
        self._drop()
        try:
            fresh = self._connect()
        except OSError as error:
            raise Unsent(type(error).__name__) from None
        self._mine.connection = fresh
        return fresh

    def _connect(self) -> http.client.HTTPConnection:
        if self._secure:
            made: http.client.HTTPConnection = http.client.HTTPSConnection(self._host, self._port, timeout=self._patience.connect, context=_trust())
        else:
            made = http.client.HTTPConnection(self._host, self._port, timeout=self._patience.connect)
        made.connect()
        made.sock.settimeout(self._patience.read)
        return made

    def _drop(self) -> None:
        kept = getattr(self._mine, "connection", None)
        if kept is not None:
            kept.close()
        self._mine.connection = None


def _hung_up(connection: http.client.HTTPConnection) -> bool:
    """A quiet connection has nothing to read: if it has, that is the other side's good-bye."""
    look = select.poll()
    look.register(connection.sock, select.POLLIN)
    return bool(look.poll(0))
