"""Public pages as bytes: drawn once for each edition of the register and day, then handed out until either changes (performance.md)."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Flask, Response, current_app, request
from pydantic import BaseModel
from sqlalchemy.orm import Session

from domain.calendar import local_day
from miniapp_api.door import house

_MOST = 512
_EXTENSION = "miniapp_api.pages"


@dataclass(frozen=True, slots=True)
class Page:
    """A drawn page and the mark by which a client asks whether its own copy is still this one."""

    body: bytes
    etag: str


def page_of(words: BaseModel) -> Page:
    body = words.model_dump_json().encode()
    return Page(body, f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"')


class Pages:
    """The pages of one edition and day; a new edition forgets all of the old."""

    def __init__(self) -> None:
        self._of: tuple[object, ...] = ()
        self._kept: dict[tuple[object, ...], Page] = {}

    def get(self, of: tuple[object, ...], key: tuple[object, ...], draw: Callable[[], Page]) -> Page:
        """The page `key` of this edition, drawn when it is not there. Two that draw at once draw the same."""
        if self._of != of or len(self._kept) >= _MOST:
            self._of, self._kept = of, {}
        kept = self._kept
        page = kept.get(key)
        if page is None:
            page = kept[key] = draw()
        return page


def keep_for(flask: Flask) -> None:
    """Each application keeps pages of its own."""
    flask.extensions[_EXTENSION] = Pages()


def public(*key: object, draw: Callable[[Session, datetime], BaseModel]) -> Response:
    """Answer with the page under `key`: 304 when the client has it already. One small read keeps it exact."""
    at = house()
    now = at.now()
    # The edition is read before the page is drawn: a change in between makes the page newer than its label, never older.
    of = (at.database.edition(), local_day(now))
    pages: Pages = current_app.extensions[_EXTENSION]

    def drawn() -> Page:
        with at.database.reading() as db:
            return page_of(draw(db, now))

    return answer(pages.get(of, key, drawn))


def answer(page: Page) -> Response:
    headers: dict[str, Any] = {"ETag": page.etag, "Cache-Control": "no-cache"}
    if "If-None-Match" in request.headers and request.if_none_match.contains_weak(page.etag.strip('"')):
        return Response(status=304, headers=headers)
    return Response(page.body, 200, headers, content_type="application/json")
