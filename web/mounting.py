"""The console stands beside the public pages as an application of its own, built when somebody first opens it (decision 17)."""

from collections.abc import Callable, Iterable
from threading import Lock
from typing import Any

from flask import Flask

_PATH = "/console"


class Mount:
    """Stands in front of `flask.wsgi_app` and hands all below /console on."""

    def __init__(self, flask: Flask, build: Callable[[], Flask]) -> None:
        self._onward, self._build, self._one = flask.wsgi_app, build, Lock()
        self.opened: Flask | None = None

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        if path.startswith(_PATH) and path[len(_PATH) : len(_PATH) + 1] in ("", "/"):
            return self.flask(environ, start_response)
        return self._onward(environ, start_response)

    @property
    def flask(self) -> Flask:
        """The console; whoever comes while it is being built waits for it."""
        with self._one:
            if self.opened is None:
                self.opened = self._build()
            return self.opened
