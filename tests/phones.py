"""A citizen's phone as WeChat's servers speak for it: signed, in safe mode sealed, XML or JSON; wechatpy is the other side."""

import json
import time
from collections.abc import Callable
from datetime import datetime
from itertools import count
from typing import Any
from urllib.parse import urlencode
from xml.sax.saxutils import escape

import xmltodict
from wechatpy.crypto import WeChatCrypto
from wechatpy.utils import random_string
from werkzeug.test import Client

from bot.envelope import signature_of

TOKEN, APPID, GH = "bureau-token", "wx1234567890abcdef", "gh_0123456789ab"
_IDS = count(23_000_000_000_000_000)


class Phone:
    """Writes to `/wechat` and reads what comes back. `last` is the raw response of the last message."""

    def __init__(
        self,
        application: Any,
        name: str,
        now: Callable[[], datetime],
        aes_key: str,
        *,
        sealed: bool = True,
        path: str = "/wechat",
        appid: str = APPID,
    ) -> None:
        self.client, self.now, self.sealed, self.path = Client(application), now, sealed, path
        self.openid = f"o{name:_<27}"
        self.crypto = WeChatCrypto(TOKEN, aes_key, appid)
        self.last: Any = None

    def say(self, text: str, **more: Any) -> str:
        """Send a text, get the words of the answer."""
        return self.send({"MsgType": "text", "Content": text, "MsgId": str(next(_IDS)), **more})

    def do(self, event: str, key: str = "", **more: Any) -> str:
        """Send an event."""
        return self.send({"MsgType": "event", "Event": event, "EventKey": key, **more})

    def send(self, fields: dict[str, Any]) -> str:
        self.last = self.post(*self.envelope(fields))
        return self.words()

    def envelope(self, fields: dict[str, Any], *, stamp: int | None = None, nonce: str | None = None) -> tuple[dict[str, str], bytes]:
        """(query, body) as WeChat would push them."""
        moment = int(self.now().timestamp()) if stamp is None else stamp
        full = {"ToUserName": GH, "FromUserName": self.openid, "CreateTime": str(moment), **fields}
        return self.signed(to_xml(full), str(moment), nonce or random_string(10))

    def signed(self, body: bytes, stamp: str, nonce: str) -> tuple[dict[str, str], bytes]:
        query = {"signature": signature_of(TOKEN, stamp, nonce), "timestamp": stamp, "nonce": nonce, "openid": self.openid}
        if not self.sealed:
            return query, body
        packet = xmltodict.parse(self.crypto.encrypt_message(body.decode("utf-8", "replace"), nonce, stamp))["xml"]
        query |= {"encrypt_type": "aes", "msg_signature": packet["MsgSignature"]}
        return query, f"<xml><ToUserName><![CDATA[{GH}]]></ToUserName><Encrypt><![CDATA[{packet['Encrypt']}]]></Encrypt></xml>".encode()

    def post(self, query: dict[str, str], body: bytes) -> Any:
        return self.client.post(f"{self.path}?{urlencode(query)}", data=body, content_type="text/xml")

    def words(self) -> str:
        """The words of the last answer, opened by wechatpy; “” for `success`."""
        assert self.last.status_code == 200, (self.last.status_code, self.last.text)
        if self.last.data in (b"success", b""):
            return ""
        fields = xmltodict.parse(self.last.data)["xml"]
        if "Encrypt" in fields:
            opened = self.crypto.decrypt_message(self.last.data, fields["MsgSignature"], fields["TimeStamp"], fields["Nonce"])
            fields = xmltodict.parse(opened)["xml"]
        assert fields["ToUserName"] == self.openid
        if fields["MsgType"] == "news":
            item = fields["Articles"]["item"]
            return f"{item['Title']}\n{item['Description']}\n{item['Url']}"
        return str(fields["Content"])


def to_xml(fields: dict[str, Any]) -> bytes:
    def one(name: str, value: Any) -> str:
        inner = "".join(one(key, child) for key, child in value.items()) if isinstance(value, dict) else escape(str(value))
        return f"<{name}>{inner}</{name}>"

    return ("<xml>" + "".join(one(name, value) for name, value in fields.items()) + "</xml>").encode()


def to_json(fields: dict[str, Any]) -> bytes:
    return json.dumps(fields, ensure_ascii=False).encode()


def wait_until(true: Callable[[], bool], seconds: float = 10) -> None:
    """Wait for something another process does."""
    for _ in range(int(seconds / 0.02)):
        if true():
            return
        time.sleep(0.02)
    raise AssertionError("it did not happen in time")
