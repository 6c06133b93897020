"""Yardsticks: C, a constant by Flask; E, an echo by Flask and wechatpy that stores nothing. granian serves both, 2 workers × 1 thread."""

import os

from flask import Flask, abort, request
from wechatpy import parse_message
from wechatpy.crypto import WeChatCrypto
from wechatpy.exceptions import InvalidAppIdException, InvalidSignatureException
from wechatpy.replies import create_reply
from wechatpy.utils import check_signature

TOKEN = os.environ.get("BENCH_TOKEN", "")
AES_KEY = os.environ.get("BENCH_AES_KEY", "")
APPID = os.environ.get("BENCH_APPID", "")


def constant() -> Flask:
    """C: as little as Flask can do."""
    flask = Flask("constant")

    @flask.get("/")
    def answer() -> str:
        return "constant"

    return flask


def echo() -> Flask:
    """E: checks the signature, opens, parses, answers with the same words, seals. wechatpy's own example, its crypto built once."""
    flask = Flask("echo")
    crypto = WeChatCrypto(TOKEN, AES_KEY, APPID)

    @flask.post("/wechat")
    def answer() -> str:
        given = request.args
        stamp, nonce = given.get("timestamp", ""), given.get("nonce", "")
        try:
            check_signature(TOKEN, given.get("signature", ""), stamp, nonce)
            if given.get("encrypt_type", "raw") == "raw":
                return _echoed(request.data)
            opened = crypto.decrypt_message(request.data, given.get("msg_signature", ""), stamp, nonce)
        except (InvalidSignatureException, InvalidAppIdException):
            abort(403)
        sealed: str = crypto.encrypt_message(_echoed(opened), nonce, stamp)
        return sealed

    return flask


def _echoed(body: bytes | str) -> str:
    message = parse_message(body)
    rendered: str = create_reply(message.content, message).render()
    return rendered
