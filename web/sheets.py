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


@dataclass(frozen=True, slots=True)
class Sheet:
    """One drawn page or file: plain, packed, and the tag by which a browser knows it again."""

    body: bytes
    packed: bytes
    tag: str
    kind: str = HTML


def sheet_of(body: bytes, kind: str = HTML) -> Sheet:
    return Sheet(body, gzip.compress(body, 6, mtime=0), hashlib.blake2s(body, digest_size=12).hexdigest(), kind)


class Shelf:
    """A bounded shelf of sheets of one edition and day; both are part of the key, so nothing outdated is ever handed out."""

    def __init__(self, most: int = MOST_KEPT) -> None:
        self._most = most
        self._stand: tuple[int, date] | None = None
        self._sheets: dict[str, Sheet] = {}

    def __len__(self) -> int:
        return len(self._sheets)

    def sheet(self, edition: int, day: date, name: str, draw: Callable[[], bytes], kind: str = HTML) -> Sheet:
        """The sheet of this name; drawn anew when the edition or the day has changed. What `draw` raises goes up, nothing is kept."""
        stand, sheets = (edition, day), self._sheets
        if self._stand != stand:
            sheets = {}
            self._sheets, self._stand = sheets, stand
        found = sheets.get(name)
        if found is None:
            found = sheet_of(draw(), kind)
            self._keep(sheets, name, found)
        return found

    def _keep(self, sheets: dict[str, Sheet], name: str, sheet: Sheet) -> None:
        if len(sheets) >= self._most:
            sheets.clear()
        sheets[name] = sheet


def answer(sheet: Sheet, keeping: str = REVALIDATE) -> Response:
    """The sheet as an answer: 304 when the browser has it, packed when the browser can unpack it."""
    known = request.headers.get("If-None-Match")
    headers = {"ETag": f'W/"{sheet.tag}"', "Cache-Control": keeping, "Vary": "Accept-Encoding"}
    if known is not None and (known == "*" or f'"{sheet.tag}"' in known):
        return Response(b"", 304, headers)
    headers["Content-Type"] = sheet.kind
    if _unpacks(request.headers.get("Accept-Encoding")):
        headers["Content-Encoding"] = "gzip"
        return Response(sheet.packed, 200, headers)
    return Response(sheet.body, 200, headers)


def _unpacks(accepted: str | None) -> bool:
    return accepted is not None and "gzip" in accepted and "gzip;q=0" not in accepted.replace(" ", "")
