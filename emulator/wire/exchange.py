"""One delivery explained step by step: signature, ciphertext, clear text, answer (for the page's panel)."""

from typing import Any
from urllib.parse import parse_qsl, urlsplit

from emulator.accounts import Account
from emulator.record import Attempt
from emulator.wire import crypto, replies


def _step(title: str, text: str, good: bool | None = None) -> dict[str, Any]:
    return {"title": title, "text": text, "good": good}


def _sealed_in(text: str) -> str:
    try:
        return str((replies.parse_xml(text) if text.startswith("<") else {}).get("Encrypt", ""))
    except replies.Garbage:
        return ""


def explained(account: Account, attempt: Attempt) -> dict[str, Any]:
    """Head of the attempt and its steps; only the head when the bytes are no longer kept."""
    head = {"at": attempt.at, "ms": attempt.ms, "status": attempt.status, "outcome": attempt.outcome, "why": attempt.why, "fault": attempt.fault}
    if attempt.wire is None:
        return head | {"steps": [_step("原文", "原始内容已不再保留")]}
    return head | {"steps": _asked(account, attempt.wire.url, attempt.wire.sent) + _answered(account, attempt.wire.answer)}


def _asked(account: Account, url: str, sent: str) -> list[dict[str, Any]]:
    query = dict(parse_qsl(urlsplit(url).query))
    stamp, nonce = query.get("timestamp", ""), query.get("nonce", "")
    right = crypto.signature(account.token, stamp, nonce)
    steps = [
        _step("请求地址", f"POST {url}"),
        _step("排序后拼接 token、timestamp、nonce", "".join(sorted([account.token, stamp, nonce]))),
        _step("sha1 得 signature", right, right == query.get("signature")),
        _step("请求体", sent),
    ]
    sealed = _sealed_in(sent) or (sent.partition('"Encrypt":"')[2].partition('"')[0] if sent.startswith("{") else "")
    if sealed:
        right = crypto.signature(account.token, stamp, nonce, sealed)
        steps.append(_step("连同 Encrypt 排序、sha1 得 msg_signature", right, right == query.get("msg_signature")))
        steps += _decrypted(account, sealed)
    return steps


def _decrypted(account: Account, sealed: str) -> list[dict[str, Any]]:
    key = account.encoding_aes_key
    steps = [_step("EncodingAESKey（补“=”后 base64 解码得 32 字节密钥，前 16 字节为 IV）", key)]
    for candidate in [one for one in (key, account.previous_aes_key) if one]:
        try:
            clear, random16 = crypto.decrypt(candidate, account.appid, sealed)
        except crypto.CryptoError as error:
            steps.append(_step("AES-256-CBC 解密", str(error), False))
            continue
        length = len(clear.encode())
        return [
            *steps,
            _step("随机 16 字节（十六进制）", random16.hex()),
            _step("正文长度（4 字节，大端）", f"{length} = 0x{length:08x}"),
            _step("正文", clear, True),
            _step("末尾 appid", account.appid, True),
        ]
    return steps


def _answered(account: Account, answer: bytes) -> list[dict[str, Any]]:
    text = answer.decode(errors="replace")
    steps = [_step("应答", text or "（空）")]
    sealed = _sealed_in(text)
    if sealed:
        fields = replies.parse_xml(text)
        right = crypto.signature(account.token, str(fields.get("TimeStamp")), str(fields.get("Nonce")), sealed)
        steps.append(_step("核对应答的 MsgSignature", right, right == fields.get("MsgSignature")))
        steps += _decrypted(account, sealed)
    return steps
