"""Door for browsers: the public pages behind printed codes, the front page, the console, health and meters."""

from functools import partial

from flask import Flask

from domain.late import Late
from web import (
    assets,
    drawing,
    errors,
    files,
    headers,
    health,
    home,
    invitations,
    landing,
    metrics,
    mounting,
    objections,
    pledges,
    ratings,
    rectifications,
    screen,
    sharing,
    sheets,
    shortcut,
    statics,
    works,
)

UPLOADS = "/console/"
"""Below this address forms may carry files; a page takes them by `web.files.take`."""
_CONSOLE = Late("web.console")
_EVERYWHERE = (drawing, headers, metrics, errors)
"""What pages of either application need: look, headers, meters, words for faults."""
_MODULES = (statics, home, landing, ratings, pledges, objections, works, screen, invitations, rectifications, files, health, sharing)


def hang(flask: Flask) -> None:
    """Hang this door into the application."""
    for module in (*_EVERYWHERE, *_MODULES):
        flask.register_blueprint(module.pages)
    flask.extensions["web_console"] = mounting.Mount(flask, partial(_console, flask))
    flask.wsgi_app = flask.extensions["web_console"]  # type: ignore[method-assign]
    flask.wsgi_app = shortcut.Shortcut(flask)  # type: ignore[method-assign]


def keep_for(flask: Flask) -> None:
    """What this door keeps of the house that stands under `extensions["house"]`, in the console too if somebody has opened it."""
    flask.extensions["web_shelf"] = sheets.Shelf()
    flask.extensions["web_assets"] = assets.gather()
    console = flask.extensions["web_console"].opened
    if console is not None:
        _furnish(console, flask)


def _furnish(console: Flask, public: Flask) -> None:
    """The settings, the house and the look of the public pages."""
    console.config.update(public.config)
    console.extensions.update(public.extensions)


def _console(public: Flask) -> Flask:
    flask = Flask(public.import_name, static_folder=None)
    _furnish(flask, public)
    for module in _EVERYWHERE:
        flask.register_blueprint(module.pages)
    _CONSOLE.hang(flask)
    return flask
