"""Door for browsers: the public pages behind printed codes, the front page, health and meters."""

from flask import Flask

from web import assets, drawing, errors, headers, health, home, landing, metrics, pledges, ratings, rectifications, sheets, shortcut, statics

_BLUEPRINTS = tuple(module.pages for module in (drawing, headers, metrics, errors, statics, home, landing, ratings, pledges, rectifications, health))


def hang(flask: Flask) -> None:
    """Hang this door into the application. The house must stand under `extensions["house"]`."""
    flask.extensions["web_shelf"] = sheets.Shelf()
    flask.extensions["web_assets"] = assets.gather()
    for blueprint in _BLUEPRINTS:
        flask.register_blueprint(blueprint)
    flask.wsgi_app = shortcut.Shortcut(flask)  # type: ignore[method-assign]
