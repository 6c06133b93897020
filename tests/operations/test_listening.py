"""Whoever calls without saying what he wants is hung up on, and told why where he can be told (R19)."""

import asyncio
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import uvicorn

from front import Front
from operations import listening
from operations.serving import Worker


async def house(_scope: Any, receive: Any, send: Any) -> None:
    await receive()
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"6")]})
    await send({"type": "http.response.body", "body": "您好".encode()})


@pytest.fixture
def door(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    monkeypatch.setattr(listening, "PATIENCE", 0.3)
    server = uvicorn.Server(uvicorn.Config(house, log_config=None, **Worker.CONFIG_KWARGS))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=server.run, args=([listener],))
        thread.start()
        while not server.started:
            time.sleep(0.005)
        yield listener.getsockname()[1]
        server.should_exit = True
        thread.join(10)


def call(door: int, *said: bytes, pause: float = 0.0) -> bytes:
    """All that is answered until the line is cut or `pause` after the last word has passed twice."""
    with socket.create_connection(("127.0.0.1", door), timeout=2) as line:
        for part in said:
            line.sendall(part)
            time.sleep(pause)
        heard = b""
        while part := line.recv(65536):
            heard += part
            if heard.endswith("您好".encode()):
                break
        return heard


def test_a_silent_caller_is_hung_up_on(door: int) -> None:
    began = time.monotonic()
    assert call(door) == b""
    assert time.monotonic() - began < 1.5


def test_a_head_that_trickles_is_hung_up_on(door: int) -> None:
    with pytest.raises(OSError):  # noqa: PT011 -- reset or broken pipe, as the kernel likes
        call(door, *[b"G", b"E", b"T ", b"/ ", b"HTTP/1.1\r\n", *[b"X: y\r\n"] * 40], pause=0.02)


@pytest.mark.parametrize("end", [b"", b"\r\n\r\n"])
def test_a_head_without_measure_is_told_why(door: int, end: bytes) -> None:
    heard = call(door, b"GET / HTTP/1.1\r\nX: " + b"y" * 40_000 + end).decode()
    assert heard.startswith("HTTP/1.1 431 ")
    assert "清除本网站的 Cookie" in heard


def test_what_is_not_http_gets_a_sentence(door: int) -> None:
    heard = call(door, b"EHLO mail.example.com\r\n\r\n").decode()
    assert heard.startswith("HTTP/1.1 400 ")
    assert "没有看懂这个请求" in heard


def test_a_head_in_two_pieces_is_answered(door: int) -> None:
    assert call(door, b"GET / HTTP/1.1\r\nHost: ", b"x\r\n\r\n", pause=0.1).endswith("您好".encode())


def test_a_large_body_behind_a_small_head_is_answered(door: int) -> None:
    assert call(door, b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 60000\r\n\r\n" + b"y" * 60_000).endswith("您好".encode())


def test_an_answer_that_cannot_be_said_is_an_apology() -> None:
    def flask(_environ: Any, start: Any) -> list[bytes]:
        start("200 OK", [("X-Window", "三号窗口")])
        return [b""]

    said: list[Any] = []

    async def send(message: Any) -> None:
        said.append(message)

    scope = {"type": "http", "method": "GET", "path": "/", "raw_path": b"/", "query_string": b"", "headers": [], "server": None, "client": None}
    answering = Front(flask, {}, 1)({**scope, "http_version": "1.1", "scheme": "http"}, send, send)
    with ThreadPoolExecutor(1) as aside:  # a browser's story may have left a loop in this thread
        aside.submit(asyncio.run, answering).result(10)
    assert said[0]["status"] == 500
    assert "请稍后再试" in said[1]["body"].decode()
