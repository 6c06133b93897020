"""A small bot on wechatpy's crypto: what a test tells it to answer, it answers, and it keeps what it heard."""

import asyncio
import json
import threading
import time
from collections.abc import Callable
from typing import Any

import xmltodict  # type: ignore[import-untyped]
from aiohttp import web
from wechatpy.crypto import WeChatCrypto
from wechatpy.utils import check_signature

Heard = dict[str, Any]


def echo(heard: Heard) -> str:
    return f"收到 {heard.get('Content', heard.get('Event', heard['MsgType']))}"


class Bot:
    """`behave` gets a message's fields and gives a text, bytes for a raw body, a dict of reply fields, or None for success."""

    def __init__(self) -> None:
        self.url = ""
        self.heard: list[Heard] = []
        self.queries: list[dict[str, str]] = []
        self.raw: list[bytes] = []
        self._accounts: dict[str, dict[str, Any]] = {}

    def begin(self, accounts: dict[str, dict[str, Any]]) -> None:
        self.heard.clear()
        self.queries.clear()
        self.raw.clear()
        self._accounts = accounts
        self.behave: Callable[[Heard], Any] = echo
        self.delay = 0.0
        self.status = 200
        self.silent_for = threading.Event()

    def application(self, url: str) -> web.Application:
        self.url = url
        app = web.Application()
        app.router.add_post("/{way:wechat|mini}", self._hear)
        app.router.add_get("/{way:wechat|mini}", self._verify)
        return app

    async def _verify(self, request: web.Request) -> web.Response:
        query = request.query
        check_signature(self._accounts[request.path]["token"], query["signature"], query["timestamp"], query["nonce"])
        return web.Response(text=query["echostr"])

    async def _hear(self, request: web.Request) -> web.Response:
        body, query, account = await request.read(), dict(request.query), self._accounts[request.path]
        self.raw.append(body)
        self.queries.append(query)
        check_signature(account["token"], query["signature"], query["timestamp"], query["nonce"])
        fields = self._opened(account, body, query)
        self.heard.append(fields)
        if self.delay:
            await asyncio.sleep(self.delay)
        return web.Response(body=self._sealed(account, fields, query), status=self.status)

    @staticmethod
    def _crypto(account: dict[str, Any]) -> WeChatCrypto:
        return WeChatCrypto(account["token"], account["encoding_aes_key"], account["appid"])

    def _opened(self, account: dict[str, Any], body: Any, query: dict[str, str]) -> Heard:
        if query.get("encrypt_type") == "aes":
            envelope = json.loads(body) if body.startswith(b"{") else body
            body = self._crypto(account).decrypt_message(envelope, query["msg_signature"], query["timestamp"], query["nonce"])
        text = body.decode() if isinstance(body, bytes) else body
        return json.loads(text) if text.startswith("{") else dict(xmltodict.parse(text)["xml"])

    def _sealed(self, account: dict[str, Any], heard: Heard, query: dict[str, str]) -> bytes:
        said = self.behave(heard)
        if said is None or isinstance(said, bytes):
            return bytes(said or b"success")
        fields = said if isinstance(said, dict) else {"MsgType": "text", "Content": said}
        reply = {"ToUserName": heard["FromUserName"], "FromUserName": heard["ToUserName"], "CreateTime": int(time.time())} | fields
        clear = xmltodict.unparse({"xml": reply}, full_document=False)
        if query.get("encrypt_type") != "aes":
            return str(clear).encode()
        sealed: str = self._crypto(account).encrypt_message(clear, query["nonce"], query["timestamp"])
        return sealed.encode()
