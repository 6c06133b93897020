"""One application a process, moved from house to house: to build one costs a tenth of a second, and most stories need one."""

from flask import Flask

import app
from domain.ports import House

_FRAMES: list[Flask] = []


def flask_of(house: House) -> Flask:
    """The application of this house, as if built for it; good until the next house moves in. Who adds routes builds one."""
    if house.settings.serve.trusted_proxies:
        return app.create_flask(house)
    if _FRAMES:
        app.move_in(_FRAMES[0], house)
    else:
        _FRAMES.append(app.create_flask(house))
    return _FRAMES[0]
