"""Drawn pages kept as bytes while the public register stands still: most scans cost one small statement (performance.md, landing page)."""

import gzip
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from flask import Response, request

HTML = "text/html; charset=utf-8"
MOST_KEPT = 500
REVALIDATE = "no-cache"
FOR_EVER = "public, max-age=31536000, immutable"

Stand = tuple[int, date]
"""Edition of the public register and day: what a drawn page depends on."""
Headers = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One drawn page or file: plain, packed, the tag by which a browser knows it again, and the route that drew it."""

    body: bytes
    packed: bytes
    tag: str
    kind: str = HTML
    route: str = "-"


def sheet_of(body: bytes, kind: str = HTML, route: str = "-") -> Sheet:
    return Sheet(body, gzip.compress(body, 6, mtime=0), hashlib.blake2s(body, digest_size=12).hexdigest(), kind, route)


class Shelf:
    """A bounded shelf of sheets of one edition and day; stand and sheets are one value, so that no thread sees old sheets under a new stand."""

    def __init__(self, most: int = MOST_KEPT) -> None:
        self._most = most
        self._now: tuple[Stand, dict[str, Sheet]] = ((0, date.min), {})

    def __len__(self) -> int:
        return len(self._now[1])

    def __contains__(self, name: str) -> bool:
        """Whether it was drawn in some edition: worth asking which one stands."""
        return name in self._now[1]

    def kept(self, stand: Stand, name: str) -> Sheet | None:
        """The sheet of this name, if it has been drawn in this edition and on this day."""
        of, sheets = self._now
        return sheets.get(name) if of == stand else None

    def sheet(self, stand: Stand, name: str, draw: Callable[[], bytes], kind: str = HTML, route: str = "-") -> Sheet:
        """The sheet of this name; drawn anew when the edition or the day has changed. What `draw` raises goes up, nothing is kept."""
        found = self.kept(stand, name)
        if found is None:
            found = sheet_of(draw(), kind, route)
            self._keep(stand, name, found)
        return found

    def _keep(self, stand: Stand, name: str, sheet: Sheet) -> None:
        of, sheets = self._now
        if of != stand or len(sheets) >= self._most:
            sheets = {}
            self._now = (stand, sheets)
        sheets[name] = sheet


def said(sheet: Sheet, known: str | None, accepted: str | None, keeping: str = REVALIDATE) -> tuple[int, Headers, bytes]:
    """The sheet as status, headers and body: 304 when the browser knows it (If-None-Match), packed when it unpacks (Accept-Encoding)."""
    headers = [("ETag", f'W/"{sheet.tag}"'), ("Cache-Control", keeping), ("Vary", "Accept-Encoding")]
    if known is not None and (known == "*" or f'"{sheet.tag}"' in known):
        return 304, headers, b""
    headers.append(("Content-Type", sheet.kind))
    if _unpacks(accepted):
        headers.append(("Content-Encoding", "gzip"))
        return 200, headers, sheet.packed
    return 200, headers, sheet.body


def answer(sheet: Sheet, keeping: str = REVALIDATE) -> Response:
    """The same as an answer of Flask."""
    status, headers, body = said(sheet, request.headers.get("If-None-Match"), request.headers.get("Accept-Encoding"), keeping)
    return Response(body, status, headers)


def _unpacks(accepted: str | None) -> bool:
    return accepted is not None and "gzip" in accepted and "gzip;q=0" not in accepted.replace(" ", "")
