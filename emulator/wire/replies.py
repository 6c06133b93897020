"""Passive replies (被动回复): what the account's server answered to a push, understood as the platform would."""

import json
import xml.etree.ElementTree as ET  # noqa: S405  (declarations are refused before parsing)
from dataclasses import dataclass, field
from typing import Any

from emulator.wire import crypto

KINDS = ("text", "image", "voice", "video", "music", "news", "transfer_customer_service")
SILENT = (b"", b"success")
MOST_NODES = 800  # tags of a reply; ten articles need about a hundred
TEXT_BYTES = 2048  # unconfirmed cap, see wechat-platform.md §3


class Garbage(ValueError):
    """An answer the platform cannot use (“异常数据”); the person is told that the service is unavailable."""


@dataclass(slots=True)
class Reply:
    """`kind` is empty when the server chose to say nothing."""

    kind: str = ""
    body: dict[str, Any] = field(default_factory=dict)
    clear: str = ""
    encrypted: bool = False


def parse_xml(text: str) -> dict[str, Any]:
    """A flat or nested dict; repeated nodes become a list."""
    if text.count("<") > MOST_NODES:
        raise Garbage("XML 的节点太多")
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise Garbage("XML 里不能有 DOCTYPE 或实体")
    try:
        root = ET.fromstring(text)  # noqa: S314
    except ET.ParseError as error:
        raise Garbage("不是合法的 XML") from error
    if root.tag != "xml":
        raise Garbage("XML 的根节点不是 xml")
    inside = _value(root)
    if not isinstance(inside, dict):
        raise Garbage("XML 里没有字段")
    return inside


def _value(node: ET.Element) -> Any:
    if not len(node):
        return node.text or ""
    out: dict[str, Any] = {}
    for child in node:
        value = _value(child)
        if child.tag not in out:
            out[child.tag] = value
            continue
        seen = out[child.tag]
        out[child.tag] = [*seen, value] if isinstance(seen, list) else [seen, value]
    return out


def _open(body: bytes, token: str, keys: list[str], appid: str) -> tuple[str, bool]:
    """Undo the encryption when there is one; (clear text, was encrypted)."""
    try:
        text = body.decode()
    except UnicodeDecodeError as error:
        raise Garbage("回复不是 UTF-8") from error
    outer = json.loads(text) if text.lstrip().startswith("{") and '"Encrypt"' in text else {}
    outer = outer or (parse_xml(text) if "<Encrypt>" in text else {})
    if not outer:
        return text, False
    sealed, stamp, nonce = (str(outer.get(name, "")) for name in ("Encrypt", "TimeStamp", "Nonce"))
    if crypto.signature(token, stamp, nonce, sealed) != outer.get("MsgSignature"):
        raise Garbage("回复的 MsgSignature 不对")
    for key in keys:
        try:
            return crypto.decrypt(key, appid, sealed)[0], True
        except crypto.CryptoError as error:
            reason = str(error)
    raise Garbage(f"回复解不开：{reason}")


def read(body: bytes, *, mode: str, token: str, keys: list[str], appid: str, to: str, sender: str, json_too: bool = False) -> Reply:
    """The reply in this body. `to` is the person's openid, `sender` the account's original id; JSON is a reply only where pushes are JSON.

    Raises Garbage."""
    if body.strip() in SILENT:
        return Reply()
    try:
        clear, sealed = _open(body, token, keys, appid)
    except (json.JSONDecodeError, AttributeError, RecursionError) as error:
        raise Garbage("回复既不是 XML 也不是 success") from error
    if clear.strip() in ("", "success"):
        return Reply(clear=clear, encrypted=sealed)
    fields = _json_fields(clear) if json_too and clear.lstrip().startswith("{") else parse_xml(clear)
    if mode == "safe" and not sealed:
        raise Garbage("安全模式下收到了明文回复")
    _check(fields, to, sender)
    return Reply(str(fields["MsgType"]), fields, clear, sealed)


def _json_fields(text: str) -> dict[str, Any]:
    try:
        fields = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Garbage("不是合法的 JSON") from error
    return fields if isinstance(fields, dict) else {}


def _check(fields: dict[str, Any], to: str, sender: str) -> None:
    kind = fields.get("MsgType")
    if not isinstance(kind, str) or kind not in KINDS:
        raise Garbage(f"MsgType“{kind}”不是被动回复的类型")
    if fields.get("ToUserName") != to or fields.get("FromUserName") != sender:
        raise Garbage("ToUserName、FromUserName 没有对调")
    if not str(fields.get("CreateTime", "")).isdigit():
        raise Garbage("CreateTime 应为整数秒")
    if kind == "text":
        text = fields.get("Content")
        if not isinstance(text, str) or not text:
            raise Garbage("文本回复没有 Content")
        if len(text.encode()) > TEXT_BYTES:
            raise Garbage(f"文本超过 {TEXT_BYTES} 字节")
    if kind == "news" and not isinstance(fields.get("Articles"), dict):
        raise Garbage("图文回复没有 Articles")
