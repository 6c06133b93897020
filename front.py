"""The front: granian's RSGI. It reads every body itself, at most 64 KiB and not for long, before anybody works for it; forms with
files, on the few addresses that take them, go to the disk.

A slow or endless body costs a coroutine, never a thread: with WSGI 64 slow clients held all 32 threads of a worker and nobody
else was answered (tests/faults/test_floods.py). Messages of WeChat are answered on the loop, the rest by Flask in threads.
"""

import asyncio
import gc
import io
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from types import MappingProxyType
from typing import IO, Any, Protocol
from urllib.parse import unquote_to_bytes

import structlog
from granian._granian import RSGIHTTPProtocol as HTTPProtocol
from granian._granian import RSGIProtocolClosed as ProtocolClosed
from granian.rsgi import Scope

log = structlog.get_logger()
Wsgi = Callable[[dict[str, Any], Any], Iterable[bytes]]
LARGEST = 64 * 1024
LARGEST_UPLOAD = 22 * 1024 * 1024
"""Bytes of a form with files, on the few addresses that take them."""


class Callback(Protocol):
    """What answers on the loop: the bot's webhook."""

    async def respond(self, method: str, query_string: str, body: bytes) -> tuple[int, str, bytes]:
        """(status, content type, body)."""


Said = tuple[int, Mapping[str, str], bytes]
"""Status, headers, body."""


class Short(Protocol):
    """What answers one address on the loop, past Flask: the API's ratings."""

    async def respond(self, headers: Any, body: bytes) -> Said:
        """`headers` answers `get` by lower-case names."""


_DRAINED = 1024 * 1024
"""A body up to this size is read to its end and thrown away, so that its sender gets to read why; beyond, the line is cut."""
PATIENCE = 10.0
"""Seconds in which a body must have come: a phone on a bad line needs two."""
_PLAIN = [("content-type", "text/plain; charset=utf-8")]
_WORDS = {
    408: "内容传得太慢，没有收全，未作任何处理。请检查网络后再试。",
    413: "提交的内容太大，未作任何处理。文字请删减到 64 KB 以内，文件每个最多 20 MB。",
    503: "同时上传文件的人太多，未作任何处理。请一分钟后再试。",
}
_UPLOADS_AT_ONCE = 8
_UPLOAD_PATIENCE = 120.0
"""Seconds in which a form with files must have come: 20 MB from a phone at 1.5 Mbit/s."""
_SORRY = "系统出了点问题，请稍后再试。"


class Front:
    """The whole service as one RSGI application."""

    def __init__(
        self,
        flask: Wsgi,
        webhooks: Mapping[str, Callback],
        threads: int,
        short: Mapping[tuple[str, str], Short] = MappingProxyType({}),
        refused: Mapping[str, Callable[[int], Said]] = MappingProxyType({}),
        uploads: tuple[str, ...] = (),
    ) -> None:
        """`short` is (method, path) → what answers it; `refused` is the beginning of a path → its door's own words for 408, 413 and 503;
        `uploads` are beginnings of paths whose forms may carry files.
        """
        self._flask, self._webhooks, self._short, self._refused, self._uploads = flask, webhooks, short, refused, uploads
        self._threads = ThreadPoolExecutor(threads, "flask")
        self._hands = asyncio.Semaphore(_UPLOADS_AT_ONCE)

    def __rsgi_init__(self, _loop: asyncio.AbstractEventLoop) -> None:
        """What was loaded lives as long as the worker, and what a request makes goes by itself: the collector looks a tenth as often."""
        sys.setswitchinterval(0.001)
        gc.freeze()
        gc.set_threshold(10_000, 20, 20)

    async def __rsgi__(self, scope: Scope, proto: HTTPProtocol) -> None:
        try:
            await self._serve(scope, proto)
        except ProtocolClosed:
            return
        except Exception:
            log.exception("front failed", path=scope.path)
            proto.response_str(500, _PLAIN, _SORRY)

    async def _serve(self, scope: Scope, proto: HTTPProtocol) -> None:
        if scope.method == "POST" and self._may_carry_files(scope):
            await self._take_files(scope, proto)
            return
        body = b""
        if scope.method not in ("GET", "HEAD"):
            refusal, body = await _read(scope, proto)
            if refusal is not None:
                self._refuse(scope, proto, refusal)
                return
        webhook = self._webhooks.get(scope.path)
        if webhook is not None:
            status, kind, answer = await webhook.respond(scope.method, scope.query_string, body)
            proto.response_bytes(status, [("content-type", kind)], answer)
            return
        short = self._short.get((scope.method, scope.path))
        if short is not None:
            status, named, answer = await short.respond(scope.headers, body)
            proto.response_bytes(status, [(name.lower(), value) for name, value in named.items()], answer)
            return
        await self._answer(scope, proto, io.BytesIO(body), len(body))

    async def _answer(self, scope: Scope, proto: HTTPProtocol, body: IO[bytes], length: int) -> None:
        environ = environ_of(scope, body, length)
        status, headers, answer = await asyncio.get_running_loop().run_in_executor(self._threads, self._ask_flask, environ)
        proto.response_bytes(status, headers, answer)

    def _may_carry_files(self, scope: Scope) -> bool:
        return scope.path.startswith(self._uploads) and (scope.headers.get("content-type") or "").startswith("multipart/form-data")

    async def _take_files(self, scope: Scope, proto: HTTPProtocol) -> None:
        """A form with files goes to the disk, not into memory, and only a few at a time."""
        if self._hands.locked():
            self._refuse(scope, proto, 503)
            return
        async with self._hands:
            with tempfile.TemporaryFile() as file:
                refusal, length = await spool(scope, proto, file)
                if refusal is not None:
                    self._refuse(scope, proto, refusal)
                else:
                    file.seek(0)
                    await self._answer(scope, proto, file, length)

    def _refuse(self, scope: Scope, proto: HTTPProtocol, refusal: int) -> None:
        status, named, words = self._refusal(scope.path, refusal)
        proto.response_bytes(status, [*((name.lower(), value) for name, value in named.items()), ("connection", "close")], words)

    def _refusal(self, path: str, status: int) -> Said:
        for beginning, words in self._refused.items():
            if path.startswith(beginning):
                return words(status)
        return status, dict(_PLAIN), _WORDS[status].encode()

    def _ask_flask(self, environ: dict[str, Any]) -> tuple[int, list[tuple[str, str]], bytes]:
        said: list[Any] = []

        def start_response(status: str, headers: list[tuple[str, str]], _error: Any = None) -> None:
            said[:] = [int(status[:3]), [(name.lower(), value) for name, value in headers]]

        parts = self._flask(environ, start_response)
        try:
            body = b"".join(parts)
        finally:
            close = getattr(parts, "close", None)
            if close is not None:
                close()
        return said[0], said[1], body


async def _read(scope: Scope, proto: HTTPProtocol) -> tuple[int | None, bytes]:
    """(None, body), or (status that refuses it, what came so far). A body of known, small size comes in one piece: 50 µs less."""
    given = scope.headers.get("content-length") or ""
    if given == "0":
        return None, b""
    if given.isdigit() and int(given) > _DRAINED:
        return 413, b""
    try:
        async with asyncio.timeout(PATIENCE):
            return (None, await proto()) if given.isdigit() and int(given) <= LARGEST else await _gather(proto)
    except TimeoutError:
        return 408, b""


async def _gather(proto: HTTPProtocol) -> tuple[int | None, bytes]:
    body, came = b"", 0
    async for part in proto:
        came += len(part)
        body = body + part if came <= LARGEST else b""
        if came > _DRAINED:
            break
    return (None, body) if came <= LARGEST else (413, b"")


async def spool(scope: Scope, proto: HTTPProtocol, file: IO[bytes]) -> tuple[int | None, int]:
    """The body into `file`: (None, its length), or (status that refuses it, 0). What is too large is read on a while and thrown away."""
    given = scope.headers.get("content-length") or ""
    if given.isdigit() and int(given) > 3 * LARGEST_UPLOAD:
        return 413, 0
    try:
        async with asyncio.timeout(_UPLOAD_PATIENCE):
            came = await _pour(proto, file)
    except TimeoutError:
        return 408, 0
    except OSError:
        return 503, 0
    return (None, came) if came <= LARGEST_UPLOAD else (413, 0)


async def _pour(proto: HTTPProtocol, file: IO[bytes]) -> int:
    """How much came; only what may be kept is written."""
    came = 0
    async for part in proto:
        came += len(part)
        if came <= LARGEST_UPLOAD:
            file.write(part)
        elif came > 3 * LARGEST_UPLOAD:
            break
    return came


def environ_of(scope: Scope, body: IO[bytes], length: int) -> dict[str, Any]:
    """The request as WSGI has it (PEP 3333)."""
    host, _, port = scope.server.rpartition(":")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(scope.path).decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "SERVER_NAME": host,
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
        "CONTENT_LENGTH": str(length),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, value in scope.headers.items():
        if name == "content-type":
            environ["CONTENT_TYPE"] = value
        elif name != "content-length":
            key = f"HTTP_{name.upper().replace('-', '_')}"
            environ[key] = f"{environ[key]},{value}" if key in environ else value
    return environ
