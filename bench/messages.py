"""Messages as WeChat pushes them: each its own MsgId, openid, nonce and signature, fresh, plain or sealed (wechat-platform.md §2)."""

import base64
import hashlib
import os
import struct
import time
from collections.abc import Iterator, Sequence
from itertools import count

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

from bench.load import post

TOKEN, APPID, GH = "bench-token", "wxbe0c5f1a2b3c4d5e", "gh_0123456789ab"
AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
YARDSTICK = {"BENCH_TOKEN": TOKEN, "BENCH_AES_KEY": AES_KEY, "BENCH_APPID": APPID}

_KEY = base64.b64decode(AES_KEY + "=")
_IDS = count(24_000_000_000_000_000 + int(time.time()) % 10**9 * 10**6)
_NONCES = count(int.from_bytes(os.urandom(4), "big"))
"""Never one twice: of 5,000 random ones a second two are alike in every fifth minute, and the second would be taken for a replay."""
_SAID = ("满意", "非常满意", "满意", "基本满意", "很满意 办得很快")
_BAD = "不满意 等了两个小时"
_ONE_BAD_IN = 20
"""One rating in twenty is bad: it opens a rectification and writes a letter."""


def ratings(n: int, windows: Sequence[int], *, sealed: bool) -> list[bytes]:
    """`n` requests that rate the windows of these numbers in turn."""
    return [_request(message, sealed=sealed) for _, message in zip(range(n), _messages(windows), strict=False)]


def _messages(windows: Sequence[int]) -> Iterator[tuple[str, bytes]]:
    """(openid, body) without end."""
    for number in _IDS:
        said = _BAD if number % _ONE_BAD_IN == 0 else _SAID[number % len(_SAID)]
        openid = "o" + base64.urlsafe_b64encode(os.urandom(21))[:27].decode()
        yield (
            openid,
            f"<xml><ToUserName><![CDATA[{GH}]]></ToUserName>\n<FromUserName><![CDATA[{openid}]]></FromUserName>\n"
            f"<CreateTime>{int(time.time())}</CreateTime>\n<MsgType><![CDATA[text]]></MsgType>\n"
            f"<Content><![CDATA[评价 {windows[number % len(windows)]}号窗口 {said}]]></Content>\n<MsgId>{number}</MsgId>\n</xml>".encode(),
        )


def _request(message: tuple[str, bytes], *, sealed: bool) -> bytes:
    openid, body = message
    stamp, nonce = str(int(time.time())), str(next(_NONCES))
    query = f"signature={_signature(stamp, nonce)}&timestamp={stamp}&nonce={nonce}&openid={openid}"
    if sealed:
        encrypted = _sealed(body)
        query += f"&encrypt_type=aes&msg_signature={_signature(stamp, nonce, encrypted)}"
        body = f"<xml>\n<ToUserName><![CDATA[{GH}]]></ToUserName>\n<Encrypt><![CDATA[{encrypted}]]></Encrypt>\n</xml>\n".encode()
    return post(f"/wechat?{query}", body)


def _signature(*parts: str) -> str:
    return hashlib.sha1("".join(sorted((TOKEN, *parts))).encode()).hexdigest()


def _sealed(message: bytes) -> str:
    body = os.urandom(16) + struct.pack(">I", len(message)) + message + APPID.encode()
    padding = 32 - len(body) % 32
    sealer = Cipher(AES(_KEY), CBC(_KEY[:16])).encryptor()
    return base64.b64encode(sealer.update(body + bytes([padding]) * padding) + sealer.finalize()).decode()
