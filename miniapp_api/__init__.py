"""DOOR: JSON for the mini-program under /api/v1, described by OpenAPI 3.1 at /api/openapi.json (design.md 4)."""

from flask_openapi3.openapi import OpenAPI

from miniapp_api import errors, pages, pledges, posts, progress, ratings, sessions, shortcut, spec, windows
from miniapp_api.spec import INFO

__all__ = ["INFO", "hang"]

BLUEPRINTS = (sessions.blueprint, posts.blueprint, windows.blueprint, ratings.blueprint, progress.blueprint, pledges.blueprint)


def hang(flask: OpenAPI) -> None:
    """Hang this door into its frame: routes, the answer to lost requests, kept pages, the description."""
    pages.keep_for(flask)
    flask.before_request(errors.lost)
    for blueprint in BLUEPRINTS:
        flask.register_api(blueprint)
    spec.hang(flask)
    flask.wsgi_app = shortcut.Shortcut(flask)  # type: ignore[method-assign]
