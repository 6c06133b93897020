"""DOOR: JSON for the mini-program under /api/v1, described by OpenAPI 3.1 at /api/openapi.json (design.md 4)."""

from flask import Flask, Response

from domain.late import Late
from miniapp_api import (
    batches,
    errors,
    files,
    identity,
    invitations,
    limits,
    me,
    message_consents,
    objections,
    own_pledges,
    pages,
    pledge_forms,
    pledges,
    posts,
    progress,
    ratings,
    reviews,
    sessions,
    todos,
    windows,
    works,
)
from miniapp_api.answers import Counted
from miniapp_api.errors import PREFIX, refused
from miniapp_api.on_the_loop import Ratings
from miniapp_api.shortcut import Shortcut

__all__ = ["PREFIX", "UPLOADS", "Ratings", "hang", "refused"]

UPLOADS = "/api/v1/files"
"""Where a body may be larger than 64 KiB."""

_SPEC = Late("miniapp_api.spec")
_ROOMS = (
    sessions,
    posts,
    windows,
    ratings,
    progress,
    pledges,
    pledge_forms,
    own_pledges,
    reviews,
    batches,
    files,
    objections,
    works,
    me,
    message_consents,
    identity,
    invitations,
    todos,
)
BLUEPRINTS = tuple(room.blueprint for room in _ROOMS)


def hang(flask: Flask, counted: Counted = lambda _route, _status: None) -> None:
    """Hang this door into its frame: routes, the answer to lost requests, the description."""
    flask.before_request(errors.lost)
    for blueprint in BLUEPRINTS:
        flask.register_blueprint(blueprint)
    flask.add_url_rule(f"{PREFIX}openapi.json", "miniapp_api.openapi", _description)
    flask.wsgi_app = Shortcut(flask, counted)  # type: ignore[method-assign]


def keep_for(flask: Flask) -> None:
    """What this door keeps of the house that stands under `extensions["house"]`."""
    pages.keep_for(flask)
    limits.keep_for(flask)


def _description() -> Response:
    return Response(_SPEC.drawn(), content_type="application/json")
