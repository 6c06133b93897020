"""The golden vectors of the contract, bit for bit (wechat-platform.md §1, §2, §15)."""

import json

import pytest

from emulator.api import jssdk
from emulator.wire import crypto

TOKEN, KEY, APPID = "AAAAA", "A" * 43, "wxba5fad812f8e6fb9"
SEALED = (
    "+qdx1OKCy+5JPCBFWw70tm0fJGb2Jmeia4FCB7kao+/Q5c/ohsOzQHi8khUOb05JCpj0JB4RvQMkUyus8TPxLKJGQqcvZqzDpVzazhZv6JsXUnnR8XGT740X"
    "gXZUXQ7vJVnAG+tE8NUd4yFyjPy7GgiaviNrlCTj+l5kdfMuFUPpRSrfMZuMcp3Fn2Pede2IuQrKEYwKSqFIZoNqJ4M8EajAsjLY2km32IIjdf8YL/P50F7m"
    "StwntrA2cPDrM1kb6mOcfBgRtWygb3VIYnSeOBrebufAlr7F9mFUPAJGj04="
)
TICKET = "sM4AOVdWfPE4DxkXGEs8VMCPGGVi4C3VM0P37wVUCFvkVAy_90u5h9nbSlYy3-Sl-HhTdfl2fzFy1AOcHKP7qg"


SIGNATURES = [
    ("1714036504", "1514711492", "f464b24fc39322e44b38aa78f5edd27bd1441696"),
    ("1714037059", "486452656", "899cf89e464efb63f54ddac96b0a0a235f53aa78"),
    ("1714112445", "415670741", "6c5c811b55cc85e0e1b54100749188c20beb3f5d"),
]


@pytest.mark.parametrize(("stamp", "nonce", "signature"), SIGNATURES)
def test_signatures_of_the_documents(stamp: str, nonce: str, signature: str) -> None:
    assert crypto.signature(TOKEN, stamp, nonce) == signature


def test_the_documents_incoming_message_opens() -> None:
    assert crypto.signature(TOKEN, "1714112445", "415670741", SEALED) == "046e02f8204d34f8ba5fa3b1db94908f3df2e9b3"
    clear, random16 = crypto.decrypt(KEY, APPID, SEALED)
    fields = json.loads(clear)
    assert (len(clear.encode()), fields["Event"], fields["debug_str"], fields["CreateTime"]) == (167, "debug_demo", "hello world", 1714112445)
    assert crypto.encrypt(KEY, APPID, clear, random16) == SEALED


def test_the_documents_outgoing_message_seals() -> None:
    sealed = crypto.encrypt(KEY, APPID, '{"demo_resp":"good luck"}', b"707722b803182950")
    assert sealed == "ELGduP2YcVatjqIS+eZbp80MNLoAUWvzzyJxgGzxZO/5sAvd070Bs6qrLARC9nVHm48Y4hyRbtzve1L32tmxSQ=="
    assert crypto.signature(TOKEN, "1713424427", "415670741", sealed) == "1b9339964ed2e271e7c7b6ff2b0ef902fc94dea1"


@pytest.mark.parametrize(
    ("url", "signature"),
    [
        ("http://mp.weixin.qq.com?params=value", "0f9de62fce790f9a083d5c99e95740ceb90c27ed"),
        ("http://mp.weixin.qq.com", "f4d90daf4b3bca3078ab155816175ba34c443a7b"),
    ],
)
def test_js_sdk_signatures_of_the_documents(url: str, signature: str) -> None:
    assert jssdk.signature(TICKET, "Wm3WZYTPz0wzccnW", "1414587457", url) == signature


@pytest.mark.parametrize(
    ("sealed", "words"),
    [
        ("not base64!", "base64"),
        ("AAAA", "16"),
        (crypto.encrypt(KEY, "wx0", "x", b"0" * 16), "appid"),
        ("A" * 43 + "=", "填充"),
    ],
    ids=["base64", "length", "appid", "padding"],
)
def test_a_bad_ciphertext_is_named(sealed: str, words: str) -> None:
    with pytest.raises(crypto.CryptoError, match=words):
        crypto.decrypt(KEY, APPID, sealed)
