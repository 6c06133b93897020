"""The front: one ASGI application. It reads every body itself, at most 64 KiB and not for long, before anybody works for it; forms with
files, on the few addresses that take them, go to the disk.

A slow or endless body costs a coroutine, never a thread: with WSGI 64 slow clients held all 32 threads of a worker and nobody
else was answered (tests/faults/test_floods.py). Messages of WeChat are answered on the loop, the rest by Flask in threads.
"""

import asyncio
import gc
import io
import sys
import tempfile
from collections.abc import Awaitable, Callable, Iterable, Mapping, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from types import MappingProxyType
from typing import IO, Any, Protocol
from urllib.parse import unquote_to_bytes

import structlog

log = structlog.get_logger()
Wsgi = Callable[[dict[str, Any], Any], Iterable[bytes]]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
LARGEST = 64 * 1024
LARGEST_UPLOAD = 22 * 1024 * 1024
"""Bytes of a form with files, on the few addresses that take them."""


class Callback(Protocol):
    """What answers on the loop: the bot's webhook."""

    async def respond(self, method: str, query_string: str, body: bytes) -> tuple[int, str, bytes]:
        """(status, content type, body)."""


Said = tuple[int, Mapping[str, str], bytes]
"""Status, headers, body."""
Answer = tuple[int, list[tuple[str, str]], bytes]
"""The same, where a header may come twice."""


class Short(Protocol):
    """What answers one address on the loop, past Flask: the API's ratings."""

    async def respond(self, headers: Any, body: bytes) -> Said:
        """`headers` answers `get` by lower-case names."""


_DRAINED = 1024 * 1024
"""A body up to this size is read to its end and thrown away, so that its sender gets to read why; beyond, the line is cut."""
PATIENCE = 10.0
"""Seconds in which a body must have come: a phone on a bad line needs two."""
_PLAIN = {"Content-Type": "text/plain; charset=utf-8"}
_WORDS = {
    408: "内容传得太慢，没有收全，未作任何处理。请检查网络后再试。",
    413: "提交的内容太大，未作任何处理。文字请删减到 64 KB 以内，文件每个最多 20 MB。",
    503: "同时上传文件的人太多，未作任何处理。请一分钟后再试。",
}
_UPLOADS_AT_ONCE = 8
_UPLOAD_PATIENCE = 120.0
"""Seconds in which a form with files must have come: 20 MB from a phone at 1.5 Mbit/s."""
_SORRY = "系统出了点问题，请稍后再试。"


class Gone(Exception):
    """The caller hung up before he was heard."""


class Heads:
    """A request's headers, by their lower-case names."""

    __slots__ = ("_lines",)

    def __init__(self, lines: Iterable[tuple[bytes, bytes]]) -> None:
        self._lines = lines

    def get(self, name: str) -> str | None:
        wanted = name.encode()
        return next((value.decode("latin-1") for key, value in self._lines if key == wanted), None)


class Front:
    """The whole service as one ASGI application."""

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

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        try:
            said = _said(await self._serve(scope, receive))
        except Gone:
            return
        except Exception:
            log.exception("front failed", path=scope["path"])
            said = _said((500, [*_PLAIN.items()], _SORRY.encode()))
        for message in said:
            await send(message)

    async def _serve(self, scope: Scope, receive: Receive) -> Answer:
        method, path = scope["method"], scope["path"]
        if method == "POST" and self._may_carry_files(scope):
            return await self._take_files(scope, receive)
        body = b""
        if method not in ("GET", "HEAD"):
            refusal, body = await _read(scope, receive)
            if refusal is not None:
                return self._refuse(path, refusal)
        webhook = self._webhooks.get(path)
        if webhook is not None:
            status, kind, answer = await webhook.respond(method, scope["query_string"].decode("latin-1"), body)
            return status, [("Content-Type", kind)], answer
        short = self._short.get((method, path))
        if short is not None:
            status, named, answer = await short.respond(Heads(scope["headers"]), body)
            return status, [*named.items()], answer
        return await self._answer(scope, io.BytesIO(body), len(body))

    async def _answer(self, scope: Scope, body: IO[bytes], length: int) -> Answer:
        environ = environ_of(scope, body, length)
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._ask_flask, environ)

    def _may_carry_files(self, scope: Scope) -> bool:
        return scope["path"].startswith(self._uploads) and (Heads(scope["headers"]).get("content-type") or "").startswith("multipart/form-data")

    async def _take_files(self, scope: Scope, receive: Receive) -> Answer:
        """A form with files goes to the disk, not into memory, and only a few at a time."""
        if self._hands.locked():
            return self._refuse(scope["path"], 503)
        async with self._hands:
            with tempfile.TemporaryFile() as file:
                refusal, length = await spool(scope, receive, file)
                if refusal is not None:
                    return self._refuse(scope["path"], refusal)
                file.seek(0)
                return await self._answer(scope, file, length)

    def _refuse(self, path: str, refusal: int) -> Answer:
        status, named, words = self._refusal(path, refusal)
        return status, [*named.items(), ("Connection", "close")], words

    def _refusal(self, path: str, status: int) -> Said:
        for beginning, words in self._refused.items():
            if path.startswith(beginning):
                return words(status)
        return status, _PLAIN, _WORDS[status].encode()

    def _ask_flask(self, environ: dict[str, Any]) -> Answer:
        said: list[Any] = []

        def start_response(status: str, headers: list[tuple[str, str]], _error: Any = None) -> None:
            said[:] = [int(status[:3]), headers]

        parts = self._flask(environ, start_response)
        try:
            body = b"".join(parts)
        finally:
            close = getattr(parts, "close", None)
            if close is not None:
                close()
        return said[0], said[1], body


def settle() -> None:
    """What was loaded lives as long as the worker, and what a request makes goes by itself: the collector looks a tenth as often."""
    sys.setswitchinterval(0.001)
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


def _said(answer: Answer) -> tuple[dict[str, Any], dict[str, Any]]:
    """As ASGI says it. Raises `UnicodeEncodeError` where a header cannot be put on the wire."""
    status, named, body = answer
    heads = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in named]
    if status >= 200 and status not in (204, 304) and not any(name == b"content-length" for name, _ in heads):
        heads.append((b"content-length", b"%d" % len(body)))
    return {"type": "http.response.start", "status": status, "headers": heads}, {"type": "http.response.body", "body": body}


async def _read(scope: Scope, receive: Receive) -> tuple[int | None, bytes]:
    """(None, body), or (status that refuses it, what came so far)."""
    given = Heads(scope["headers"]).get("content-length") or ""
    if given == "0":
        return None, b""
    if given.isdigit() and int(given) > _DRAINED:
        return 413, b""
    try:
        async with asyncio.timeout(PATIENCE):
            return await _gather(receive)
    except TimeoutError:
        return 408, b""


async def _gather(receive: Receive) -> tuple[int | None, bytes]:
    body, came, more = b"", 0, True
    while more and came <= _DRAINED:
        part, more = await _part(receive)
        came += len(part)
        body = body + part if came <= LARGEST else b""
    return (None, body) if came <= LARGEST else (413, b"")


async def _part(receive: Receive) -> tuple[bytes, bool]:
    """What has come, and whether more will. Raises `Gone`."""
    heard = await receive()
    if heard["type"] != "http.request":
        raise Gone()
    return heard.get("body", b""), heard.get("more_body", False)


async def spool(scope: Scope, receive: Receive, file: IO[bytes]) -> tuple[int | None, int]:
    """The body into `file`: (None, its length), or (status that refuses it, 0). What is too large is read on a while and thrown away."""
    given = Heads(scope["headers"]).get("content-length") or ""
    if given.isdigit() and int(given) > 3 * LARGEST_UPLOAD:
        return 413, 0
    try:
        async with asyncio.timeout(_UPLOAD_PATIENCE):
            came = await _pour(receive, file)
    except TimeoutError:
        return 408, 0
    except OSError:
        return 503, 0
    return (None, came) if came <= LARGEST_UPLOAD else (413, 0)


async def _pour(receive: Receive, file: IO[bytes]) -> int:
    """How much came; only what may be kept is written."""
    came, more = 0, True
    while more and came <= 3 * LARGEST_UPLOAD:
        part, more = await _part(receive)
        came += len(part)
        if came <= LARGEST_UPLOAD:
            file.write(part)
    return came


def environ_of(scope: Scope, body: IO[bytes], length: int) -> dict[str, Any]:
    """The request as WSGI has it (PEP 3333)."""
    server, client = scope["server"] or ("", 0), scope["client"] or ("", 0)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(scope["raw_path"]).decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": server[0],
        "SERVER_PORT": str(server[1]),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": client[0],
        "CONTENT_LENGTH": str(length),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, value in scope["headers"]:
        if name == b"content-type":
            environ["CONTENT_TYPE"] = value.decode("latin-1")
        elif name != b"content-length":
            key, said = f"HTTP_{name.decode('latin-1').upper().replace('-', '_')}", value.decode("latin-1")
            environ[key] = f"{environ[key]},{said}" if key in environ else said
    return environ
