"""A short way for public pages: one that is drawn already is handed out before Flask begins its work (performance.md, post JSON).

The routes do the same and more; this only skips what a kept page has no need of: contexts, routing, response objects.
"""

from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

from flask import Flask

from miniapp_api.answers import Counted
from miniapp_api.errors import DATABASE_AWAY, PREFIX
from miniapp_api.pages import Page, kept_by, stand_of

_STATUS = {status: f"{status} {HTTPStatus(status).phrase}" for status in (200, 304)}


class Shortcut:
    """Stands in front of `flask.wsgi_app`."""

    def __init__(self, flask: Flask, counted: Counted) -> None:
        self._flask, self._onward, self._counted = flask, flask.wsgi_app, counted

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        found = self._kept(environ) if environ["REQUEST_METHOD"] == "GET" and environ["PATH_INFO"].startswith(PREFIX) else None
        if found is None:
            return self._onward(environ, start_response)
        route, page = found
        status, headers, body = page.said(environ.get("HTTP_IF_NONE_MATCH"))
        start_response(_STATUS[status], [*headers.items(), ("Content-Length", str(len(body)))])
        self._counted(route, status)
        return [body]

    def _kept(self, environ: dict[str, Any]) -> tuple[str, Page] | None:
        """The page at this address; None when it must be drawn, and when the database does not answer: the routes know the words for that."""
        try:
            stand = stand_of(self._flask.extensions["house"])
        except DATABASE_AWAY:
            return None
        return kept_by(self._flask).at(stand, (environ["PATH_INFO"], environ.get("QUERY_STRING", "")))
