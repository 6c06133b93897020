"""How a struck API answer leaves: late, cut off, nonsense or never (the answer kinds of reliability.md R09)."""

import asyncio
import json
import socket
import struct

from aiohttp import web

from emulator.faults import Fault

HUGE = 10 << 20
GATEWAY_PAGE = b"<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center></body></html>"
UNHEARD = ("timeout", "reset", "http_500", "http_502", "http_503")  # the request is not carried out


async def answered(request: web.Request, fault: Fault, data: bytes) -> web.StreamResponse:
    """The answer as the fault spoils it; `data` is what it would have been."""
    if fault.seconds:
        await asyncio.sleep(fault.seconds)
    if fault.kind in ("reset", "reset_after", "timeout"):
        _reset(request)
    if fault.kind.startswith("http_"):
        return web.Response(status=int(fault.kind[5:]), body=GATEWAY_PAGE, content_type="text/html")
    if fault.kind == "html":
        return web.Response(body=GATEWAY_PAGE.replace(b"502 Bad Gateway", b"WeChat"), content_type="text/html")
    return web.Response(body=_spoiled(fault, data), content_type="text/plain", charset="utf-8")


def _reset(request: web.Request) -> None:
    """Close with RST: linger of zero seconds."""
    transport = request.transport
    raw = transport.get_extra_info("socket") if transport else None
    if transport and raw:
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        transport.abort()


def _spoiled(fault: Fault, data: bytes) -> bytes:
    if fault.kind == "empty":
        return b""
    if fault.kind == "list":
        return b"[" + data + b"]"
    if fault.kind == "truncated":
        return data[: len(data) // 2]
    if fault.kind == "huge":
        return b'{"errcode":0,"errmsg":"' + b"o" * HUGE + b'"}'
    if fault.kind == "bad_errcode":
        return json.dumps({"errcode": "abc", "errmsg": "???"}).encode()
    if fault.kind == "string_errcode":
        return json.dumps({"errcode": str(fault.errcode), "errmsg": "system error"}).encode()
    return data
