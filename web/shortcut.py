"""A short way for scans: a landing page that is drawn already is handed out before Flask begins its work (performance.md, landing page).

The route in web/landing.py does the same and more; this only skips what a kept page has no need of: contexts, routing, response
objects. What is not on the shelf for this edition and day, or is asked for in any other way, goes on to Flask.
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

_ROUTE = "/p/<said>"
_HEADERS = list(ALWAYS.items())
_STATUS = {status: f"{status} {HTTPStatus(status).phrase}" for status in (200, 304)}


class Shortcut:
    """Stands in front of `flask.wsgi_app`."""

    def __init__(self, flask: Flask) -> None:
        self._flask, self._onward = flask, flask.wsgi_app

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        sheet = told(lambda: self._kept(path)) if path.startswith("/p/") and environ["REQUEST_METHOD"] == "GET" else None
        if sheet is None:
            return self._onward(environ, start_response)
        status, headers, body = said(sheet, environ.get("HTTP_IF_NONE_MATCH"), environ.get("HTTP_ACCEPT_ENCODING"))
        start_response(_STATUS[status], [*headers, *_HEADERS, ("Content-Length", str(len(body)))])
        metrics.count("web", _ROUTE, status)
        return [body]

    def _kept(self, path: str) -> Sheet | None:
        house = self._flask.extensions["house"]
        found: Sheet | None = self._flask.extensions["web_shelf"].kept((house.database.edition(), local_day(house.now())), path)
        return found
