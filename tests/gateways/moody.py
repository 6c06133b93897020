"""A server in WeChat's place that answers as told: over real HTTP, in every mood (reliability.md R09)."""

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Moody:
    """`mood` is what every call but the token's gets: a dict as JSON, bytes as they are, or a word for a misbehaviour.

    `moods` holds those of single paths; `wait` is how long every answer takes, `quota` how many calls are left of the day,
    `ahead` by how many seconds its clock is fast.
    """

    base: str = ""
    mood: Any = field(default_factory=dict)
    moods: dict[str, Any] = field(default_factory=dict)
    wait: float = 0
    quota: int | None = None
    ahead: float = 0
    refused: list[bytes] = field(default_factory=list)
    tokens: int = 0
    calls: list[str] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    token_mood: Any = None
    open: list[socket.socket] = field(default_factory=list)

    def hang_up(self) -> None:
        """Close every connection that is still kept."""
        for connection in self.open:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        self.open.clear()


class _Handler(BaseHTTPRequestHandler):
    state: Moody
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def setup(self) -> None:
        super().setup()
        self.state.open.append(self.connection)

    def date_time_string(self, timestamp: float | None = None) -> str:
        return super().date_time_string((timestamp or time.time()) + self.state.ahead)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.path.startswith("/cgi-bin/stable_token"):
            self.state.tokens += 1
            self._say(self.state.token_mood or {"access_token": f"T{self.state.tokens}", "expires_in": 7200})
            return
        time.sleep(self.state.wait)
        self.state.calls.append(self.path)
        if self.state.quota is not None and len(self.state.calls) > self.state.quota:
            self.state.refused.append(body)
            self._say({"errcode": 45009})
            return
        self.state.bodies.append(body)
        self._say(self.state.moods.get(self.path.partition("?")[0], self.state.mood))

    do_GET = do_POST

    def _say(self, mood: Any) -> None:
        if mood == "reset":
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
            self.rfile.close()
            self.connection.close()
            self.close_connection = True
            return
        if mood == "slow":
            time.sleep(1.5)
            mood = {"errcode": 0}
        status = mood if isinstance(mood, int) else 200
        text = mood if isinstance(mood, bytes) else json.dumps({} if isinstance(mood, int) else mood).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_words: Any) -> None:
        return


def _handler(state: Moody) -> type[BaseHTTPRequestHandler]:
    return type("Handler", (_Handler,), {"state": state})


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, _request: Any, _address: Any) -> None:
        """Whoever is killed hangs up in the middle: that is no fault of ours."""


@contextmanager
def moody() -> Iterator[Moody]:
    state = Moody()
    server = _Server(("127.0.0.1", 0), _handler(state))
    state.base = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield state
    finally:
        server.shutdown()
        state.hang_up()
        server.server_close()
