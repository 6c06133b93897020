"""A short way for scans, boards and the screen: a page that is drawn already is handed out before Flask begins its work.

The page's route does the same and more; this only skips what a kept page has no need of: contexts, routing, response objects
(performance.md, landing page). What is not on the shelf for this edition and day, or is asked for in any other way, goes on to Flask.
"""

from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

from flask import Flask

from domain.calendar import local_day
from web import metrics
from web.errors import told
from web.headers import ALWAYS
from web.sheets import Sheet, said

_SCANNED = "/p/"
"""Below it a query says nothing."""
_WINDOW = "/windows/"
_SHOWN = frozenset({"/", "/board", "/works", "/screen", "/windows"})
"""Pages that hang on walls and lie open all day. Single pledges go the long way: there somebody who walks through all is slowed down."""
_HEADERS = list(ALWAYS.items())
_STATUS = {status: f"{status} {HTTPStatus(status).phrase}" for status in (200, 304)}


class Shortcut:
    """Stands in front of `flask.wsgi_app`."""

    def __init__(self, flask: Flask) -> None:
        self._flask, self._onward = flask, flask.wsgi_app

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        sheet = told(lambda: self._kept(environ)) if environ["REQUEST_METHOD"] == "GET" else None
        if sheet is None:
            return self._onward(environ, start_response)
        status, headers, body = said(sheet, environ.get("HTTP_IF_NONE_MATCH"), environ.get("HTTP_ACCEPT_ENCODING"))
        start_response(_STATUS[status], [*headers, *_HEADERS, ("Content-Length", str(len(body)))])
        metrics.count("web", sheet.route, status)
        return [body]

    def _kept(self, environ: dict[str, Any]) -> Sheet | None:
        path, shelf = environ["PATH_INFO"], self._flask.extensions["web_shelf"]
        plain = (path in _SHOWN or path.startswith(_WINDOW)) and not environ.get("QUERY_STRING")
        if not (plain or path.startswith(_SCANNED)) or path not in shelf:
            return None
        house = self._flask.extensions["house"]
        found: Sheet | None = shelf.kept((house.database.edition(), local_day(house.now())), path)
        return found
