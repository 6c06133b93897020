"""A mini-program in somebody's hand, and the one server of WeChat's it needs."""

import json
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask

from domain.ports import House
from tests.bureau import Bureau
from tests.frames import flask_of

MINIPROGRAM = {
    "appid": "wxfedcba0987654321",
    "secret": "s" * 32,
    "token": "bureau-token",
    "encoding_aes_key": "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
}
PHONES = {"own": "13800138000", "shared": "13800138001", "nobody": "13900000000"}
ERRORS = {"used": 40163, "bad": 40029, "often": 45011, "busy": -1}


class Jscode2Session(BaseHTTPRequestHandler):
    """Vouches for `code-NAME` as the openid of NAME; `used`, `bad`, `often` and `busy` are refused as WeChat refuses."""

    def do_GET(self) -> None:
        code = parse_qs(urlsplit(self.path).query)["js_code"][0]
        answer: dict[str, Any] = {"openid": f"o-{code.removeprefix('code-')}", "session_key": "c2Vzc2lvbi1rZXk="}
        if code in ERRORS:
            answer = {"errcode": ERRORS[code], "errmsg": "refused"}
        self._say(answer)

    def do_POST(self) -> None:
        """The token, and the number behind `phone-KEY`; a code of any other form is nobody's number."""
        said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        number = PHONES.get(said.get("code", "").removeprefix("phone-"), PHONES["nobody"])
        told = {"purePhoneNumber": number, "countryCode": 86, "watermark": {"appid": MINIPROGRAM["appid"]}}
        answers: dict[str, Any] = {"code-used": {"errcode": 40163, "errmsg": "code been used"}}
        token = {"access_token": "t", "expires_in": 7200}
        self._say(token if "token" in self.path.partition("?")[0] else answers.get(said["code"], {"errcode": 0, "phone_info": told}))

    def _say(self, answer: dict[str, Any]) -> None:
        raw = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, format: str, *args: Any) -> None:
        """Quietly."""


class Mini:
    """Somebody's mini-program: each call names the status it expects."""

    def __init__(self, flask: Flask) -> None:
        self.client = flask.test_client()
        self.headers: dict[str, str] = {}
        self.last: Any = None

    def sign_in(self, name: str) -> "Mini":
        token = self.ask(201, "POST", "/sessions", {"code": f"code-{name}"})["token"]
        self.headers = {"Authorization": f"Bearer {token}"}
        return self

    def ask(self, status: int, method: str, path: str, words: Any = None, *, headers: dict[str, str] | None = None, **more: Any) -> Any:
        """Send `words` as JSON (or `data=` as it is); the answer's JSON."""
        if words is not None:
            more |= {"data": json.dumps(words), "content_type": "application/json"}
        self.last = self.client.open(f"/api/v1{path}", method=method, headers=self.headers | (headers or {}), **more)
        assert self.last.status_code == status, (self.last.status_code, self.last.text)
        return self.last.json if self.last.data else None

    def rate(self, window_id: int, level: int, status: int = 201, *, headers: dict[str, str] | None = None, **more: Any) -> Any:
        return self.ask(status, "POST", "/ratings", {"window_id": window_id, "level": level, **more}, headers=headers)


@pytest.fixture(scope="session")
def jscode2session() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Jscode2Session)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def given(jscode2session: str) -> dict[str, Any]:
    return {"miniprogram": MINIPROGRAM | {"api_base": jscode2session}}


@pytest.fixture
def flask(house: House) -> Flask:
    return flask_of(house)


@pytest.fixture
def mini(flask: Flask, bureau: Bureau) -> Callable[[str], Mini]:
    """`mini("wang")` is Wang's mini-program, signed in; `mini("")` is a stranger's."""
    return lambda name: Mini(flask).sign_in(name) if name else Mini(flask)
