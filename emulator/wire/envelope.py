"""The body of a push: XML or JSON, clear or wrapped, with the platform's own oddities (wechat-platform.md §4)."""

import json
from collections.abc import Mapping
from typing import Any

Fields = dict[str, Any]


def cdata(text: str) -> str:
    return "<![CDATA[" + text.replace("]]>", "]]]]><![CDATA[>") + "]]>"


def _node(name: str, value: Any) -> str:
    if isinstance(value, list):
        return "".join(_node(name, item) for item in value)
    if isinstance(value, Mapping):
        return f"<{name}>{''.join(_node(key, item) for key, item in value.items())}</{name}>"
    return f"<{name}>{value}</{name}>" if isinstance(value, int | float) else f"<{name}>{cdata(str(value))}</{name}>"


def as_xml(fields: Mapping[str, Any]) -> str:
    """Numbers bare, texts in CDATA, a list as repeated nodes."""
    return f"<xml>{''.join(_node(key, value) for key, value in fields.items())}</xml>"


def as_json(fields: Mapping[str, Any]) -> str:
    """As the platform's JSON: an event's wrapper is unfolded to a top-level `List` of texts, an object when it has one element."""
    flat: Fields = {}
    for key, value in fields.items():
        inner = value.get("List") if isinstance(value, Mapping) else None
        if inner is None:
            flat[key] = value
            continue
        flat["CreateTime"] = str(flat["CreateTime"])  # the samples of exactly these events print a string
        rows = [{name: str(text) for name, text in row.items()} for row in inner]
        flat["List"] = rows[0] if len(rows) == 1 else rows
    return json.dumps(flat, ensure_ascii=False, separators=(",", ":"))


def wrapped(mode: str, data_format: str, fields: Fields, clear: str, encrypted: str) -> str:
    """What is sent: clear, both (compatible) or only the receiver and the ciphertext (safe)."""
    if mode == "plain":
        return clear
    if mode == "compatible":
        both = fields | {"Encrypt": encrypted}
        return as_xml(both) if data_format == "xml" else as_json(both)
    shell = {"ToUserName": fields["ToUserName"], "Encrypt": encrypted}
    return as_xml(shell) if data_format == "xml" else as_json(shell)
