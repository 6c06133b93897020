"""Door for browsers: the public pages behind printed codes, the front page, the console, health and meters."""

from flask import Flask

from web import (
    assets,
    console,
    drawing,
    errors,
    files,
    headers,
    health,
    home,
    invitations,
    landing,
    metrics,
    objections,
    pledges,
    ratings,
    rectifications,
    screen,
    sheets,
    shortcut,
    statics,
    works,
)

UPLOADS = "/console/"
"""Below this address forms may carry files; a page takes them by `web.files.take`."""
_MODULES = (
    drawing,
    headers,
    metrics,
    errors,
    statics,
    home,
    landing,
    ratings,
    pledges,
    objections,
    works,
    screen,
    invitations,
    rectifications,
    files,
    health,
)
_BLUEPRINTS = tuple(module.pages for module in _MODULES)


def hang(flask: Flask) -> None:
    """Hang this door into the application. The house must stand under `extensions["house"]`."""
    flask.extensions["web_shelf"] = sheets.Shelf()
    flask.extensions["web_assets"] = assets.gather()
    for blueprint in _BLUEPRINTS:
        flask.register_blueprint(blueprint)
    console.hang(flask)
    flask.wsgi_app = shortcut.Shortcut(flask)  # type: ignore[method-assign]
