"""Listening: HTTP by uvicorn and llhttp, with the patience that those leave to a proxy: a head must come whole, small and soon."""

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

PATIENCE = 30.0
"""Seconds for the head of a request, and for the first one of a connection to begin."""
LARGEST = 32 * 1024
"""Bytes of a head: WeChat's have 500, a browser's 2,000."""
_UNREADABLE = "没有看懂这个请求。请在浏览器里重新打开页面；由程序发出的，请检查 HTTP 格式。"
_TOO_LARGE = "请求的头部太大，未作任何处理。请清除本网站的 Cookie 后再试。"


class TooLarge(Exception):
    """A head that came at one go, and is larger than any browser's."""


class Listener(HttpToolsProtocol):
    """One connection."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._late: asyncio.TimerHandle | None = None
        self._heading, self._came, self._large = False, 0, False

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._late = self.loop.call_later(PATIENCE, self._hang_up)

    def connection_lost(self, exc: Exception | None) -> None:
        self._in_time()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        self._large = len(data) > LARGEST
        super().data_received(data)
        if self.transport.is_closing():
            return
        if not self._heading:
            self._in_time()
            return
        self._came += len(data)
        if self._came > LARGEST:
            self._refuse(431, _TOO_LARGE)
        elif self._late is None:
            self._late = self.loop.call_later(PATIENCE, self._hang_up)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._heading, self._came = True, 0

    def on_headers_complete(self) -> None:
        self._heading = False
        if self._large and sum(len(name) + len(value) for name, value in self.headers) > LARGEST:
            raise TooLarge()  # the parser stops, and says so by `send_400_response`
        self._large = False
        super().on_headers_complete()

    def send_400_response(self, _msg: str) -> None:
        self._refuse(*((431, _TOO_LARGE) if self._large and not self._heading else (400, _UNREADABLE)))

    def _refuse(self, status: int, words: str) -> None:
        body = words.encode()
        head = f"HTTP/1.1 {status} -\r\ncontent-type: text/plain; charset=utf-8\r\ncontent-length: {len(body)}\r\nconnection: close\r\n\r\n"
        self.transport.write(head.encode() + body)
        self.transport.close()

    def _in_time(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None

    def _hang_up(self) -> None:
        self.transport.close()
