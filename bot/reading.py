"""Reading: a callback's body, XML or JSON, strictly into our own record; one pass by expat, no declarations (R17, T03)."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from xml.parsers import expat

DEEPEST = 20
"""Levels of nesting; WeChat's own messages have four."""
MOST_NODES = 2000
_NAME = re.compile(r"[A-Za-z0-9_@.\-]{1,64}\Z")


class Unreadable(Exception):
    """The body is not a message of WeChat."""


@dataclass(frozen=True, slots=True)
class Message:
    """What came, normalised: event names in lower case, numbers as text, `fields` the rest as given."""

    to: str
    sender: str
    created: int
    kind: str
    content: str = ""
    event: str = ""
    key: str = ""
    msg_id: str = ""
    fields: Mapping[str, Any] | None = None

    @property
    def identity(self) -> str:
        """What makes it this message: MsgId, or sender + time + event + key for events (wechat-platform.md §3).

        Time is in seconds, and of one second may come the receipts of two messages, or the answers to two popups: what they are
        about tells them apart.
        """
        if self.msg_id:
            return f"id|{self.to}|{self.msg_id}"
        known = f"event|{self.to}|{self.sender}|{self.created}|{self.kind}|{self.event}|{self.key}|{self.content}"
        fields = self.fields or {}
        about = [json.dumps(fields[name], sort_keys=True) for name in _ABOUT if name in fields] if self.kind == "event" else []
        return "|".join([known, *about])

    @property
    def age(self) -> int:
        """A number that grows with time and is the same in every copy: neighbours in time stand beside each other in the inbox."""
        return int(self.msg_id) >> 20 if self.msg_id.isascii() and self.msg_id.isdigit() and len(self.msg_id) <= 19 else self.created


_ABOUT = ("MsgID", "List", "SubscribeMsgPopupEvent", "SubscribeMsgChangeEvent", "SubscribeMsgSentEvent", "trace_id")
"""Fields of events that come without a key."""


_OF_SOMEBODY = frozenset({"user_authorization_revoke", "user_authorization_cancellation", "user_info_modified"})
"""Events that WeChat's own service sends, `FromUserName` is its name: whose they are stands in `OpenID`."""


class _Tree:
    """Collects one document into dictionaries; a repeated name becomes a list."""

    __slots__ = ("nodes", "root", "stack", "texts")

    def __init__(self) -> None:
        self.stack: list[tuple[str, dict[str, Any]]] = []
        self.texts: list[list[str]] = []
        self.root: tuple[str, Any] | None = None
        self.nodes = 0

    def start(self, name: str, _attributes: Any) -> None:
        self.nodes += 1
        if len(self.stack) >= DEEPEST or self.nodes > MOST_NODES:
            raise Unreadable("too deep or too many")
        self.stack.append((name, {}))
        self.texts.append([])

    def text(self, data: str) -> None:
        self.texts[-1].append(data)

    def end(self, _name: str) -> None:
        name, children = self.stack.pop()
        texts = self.texts.pop()
        value: Any = children or "".join(texts)
        if not self.stack:
            self.root = (name, value)
            return
        parent = self.stack[-1][1]
        if name in parent:
            held = parent[name]
            parent[name] = [*held, value] if isinstance(held, list) else [held, value]
        else:
            parent[name] = value


def _refuse(*_anything: Any) -> None:
    raise Unreadable("declarations are not taken")


def read_xml(body: bytes) -> dict[str, Any]:
    """The children of `<xml>`. Raises `Unreadable` for bad XML, any declaration, another root, or too much of it."""
    tree = _Tree()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = tree.start, tree.end, tree.text
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = parser.UnparsedEntityDeclHandler = _refuse
    try:
        parser.Parse(body, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise Unreadable(str(error)) from error
    if tree.root is None or tree.root[0] != "xml" or not isinstance(tree.root[1], dict):
        raise Unreadable("root is not xml")
    return tree.root[1]


def read_json(body: bytes) -> dict[str, Any]:
    """The object. Raises `Unreadable`."""
    try:
        found = json.loads(body, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise Unreadable(str(error)) from error
    if not isinstance(found, dict):
        raise Unreadable("not an object")
    return found


def fields_of(body: bytes) -> tuple[dict[str, Any], bool]:
    """(fields, whether it was JSON): the mini-program pushes JSON, the service account XML; both are taken at both."""
    start = body.lstrip()[:1]
    return (read_json(body), True) if start == b"{" else (read_xml(body), False)


def message_of(fields: Mapping[str, Any]) -> Message:
    """Our record of the fields. Raises `Unreadable` when one that every message has is missing or of the wrong shape."""
    sender, to, kind = (_word(fields, name) for name in ("FromUserName", "ToUserName", "MsgType"))
    created = _word(fields, "CreateTime")
    if not (_NAME.match(sender) and _NAME.match(to) and created.isascii() and created.isdigit() and len(created) <= 11):
        raise Unreadable("names or time")
    event = _word(fields, "Event", "").lower()
    if event in _OF_SOMEBODY and not _NAME.match(sender := _word(fields, "OpenID", "") or sender):
        raise Unreadable("OpenID")
    msg_id = _word(fields, "MsgId", "") if kind != "event" else ""
    content = _word(fields, "Content", "") or _word(fields, "Recognition", "")
    return Message(to, sender, int(created), kind.lower(), content, event, _word(fields, "EventKey", ""), msg_id, fields)


_MISSING = object()


def _word(fields: Mapping[str, Any], name: str, otherwise: Any = _MISSING) -> str:
    value = fields.get(name, otherwise)
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str) or (value == "" and otherwise is _MISSING):
        if value == {} or value == "":
            return ""
        raise Unreadable(name)
    return value
