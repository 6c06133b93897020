"""Public pages as bytes: drawn once for each edition of the register and day, then handed out until either changes (performance.md)."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from flask import Flask, Response, current_app, request
from pydantic import BaseModel
from sqlalchemy.orm import Session

from domain.calendar import local_day
from domain.ports import House
from miniapp_api.answers import JSON, Said, response
from miniapp_api.door import house

MOST = 512
Stand = tuple[int, date]
"""Edition of the public register and day: what a page depends on."""
_EXTENSION = "miniapp_api.pages"


@dataclass(frozen=True, slots=True)
class Page:
    """A drawn page and the mark by which a client asks whether its own copy is still this one."""

    body: bytes
    etag: str

    def said(self, known: str | None) -> Said:
        """Status, headers, body; 304 when the client has this page already (If-None-Match)."""
        headers = {"ETag": self.etag, "Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}
        if known is not None and (known == "*" or self.etag in known):
            return 304, headers, b""
        return 200, headers | {"Content-Type": JSON}, self.body


def page_of(words: BaseModel) -> Page:
    body = words.model_dump_json().encode()
    return Page(body, f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"')


class Pages:
    """The pages of one edition and day, and under which addresses they were asked for; a new edition forgets all of the old."""

    def __init__(self) -> None:
        self._now: tuple[Stand, dict[object, Page], dict[object, tuple[str, Page]]] = ((0, date.min), {}, {})

    def at(self, stand: Stand, address: object) -> tuple[str, Page] | None:
        """(route, page) last handed out at exactly this address, if it still stands."""
        of, _pages, addresses = self._now
        return addresses.get(address) if of == stand else None

    def page(self, stand: Stand, key: object, address: object, route: str, draw: Callable[[], Page]) -> Page:
        """The page of this key, drawn when it is not there. Two that draw at once draw the same."""
        of, pages, addresses = self._now
        if of != stand or len(pages) >= MOST:
            pages, addresses = {}, {}
            self._now = (stand, pages, addresses)
        page = pages.get(key)
        if page is None:
            page = pages[key] = draw()
        if len(addresses) < MOST:
            addresses[address] = (route, page)
        return page


def keep_for(flask: Flask) -> None:
    """Each application keeps pages of its own."""
    flask.extensions[_EXTENSION] = Pages()


def kept_by(flask: Flask) -> Pages:
    found: Pages = flask.extensions[_EXTENSION]
    return found


def stand_of(at: House) -> Stand:
    """One small read. It comes before the drawing: a change in between makes a page newer than its label, never older."""
    return at.database.edition(), local_day(at.now())


def public(*key: object, draw: Callable[[Session, datetime], BaseModel]) -> Response:
    """Answer with the page under `key`."""
    at = house()
    stand, now = stand_of(at), at.now()

    def drawn() -> Page:
        with at.database.reading() as db:
            return page_of(draw(db, now))

    environ = request.environ
    address = environ["PATH_INFO"], environ.get("QUERY_STRING", "")
    return answer(kept_by(current_app).page(stand, key, address, str(request.url_rule), drawn))


def passing(draw: Callable[[Session, datetime], BaseModel]) -> Response:
    """The same for what is not kept: a search has as many addresses as people have words."""
    at = house()
    with at.database.reading() as db:
        return answer(page_of(draw(db, at.now())))


def answer(page: Page) -> Response:
    return response(page.said(request.headers.get("If-None-Match")))
