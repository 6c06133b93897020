"""信件 letters: where one may stand, by which ways it may go, and what a doubtful outcome means (reliability.md 3.2)."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class LetterState(StrEnum):
    """From WAITING a letter goes to SENDING and comes back, or to one of its ends."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    TODO = "todo"
    FAILED = "failed"
    UNKNOWN = "unknown"
    CANCELLED = "cancelled"
    EXPIRED = "expired"

    @property
    def chinese(self) -> str:
        return _STATES[self]


_STATES = {
    LetterState.WAITING: "待发",
    LetterState.SENDING: "正在发送",
    LetterState.SENT: "微信已收下",
    LetterState.TODO: "微信送不到，留作待办",
    LetterState.FAILED: "发送失败",
    LetterState.UNKNOWN: "发送结果不明",
    LetterState.CANCELLED: "已取消",
    LetterState.EXPIRED: "过期未发",
}


class Channel(StrEnum):
    """Ways into WeChat, in the order in which they are tried; what none of them takes stays a to-do and goes on the call list."""

    SUBSCRIBE = "subscribe"
    TEMPLATE = "template"
    NOTICE = "notice"
    CHAT = "chat"

    @property
    def chinese(self) -> str:
        return _CHANNELS[self]

    @property
    def needs_consent(self) -> bool:
        return self in (Channel.SUBSCRIBE, Channel.NOTICE)


_CHANNELS = {
    Channel.SUBSCRIBE: "小程序订阅消息",
    Channel.TEMPLATE: "模板消息",
    Channel.NOTICE: "订阅通知",
    Channel.CHAT: "客服消息",
}


def unnumbered(mark: str, template_id: str) -> str:
    """What stands for the number of a message that WeChat took without giving it one: whose it is, by which template.

    Its result comes as an event that tells just these two (订阅通知; wechat-platform.md §4, §10).
    """
    return "?" + hashlib.blake2b(f"{mark}|{template_id}".encode(), digest_size=16).hexdigest()


MOST_DOUBTS = 2
"""A letter whose outcome is unknown is sent once more, never a third time: nobody gets more than two copies (R05)."""


def goes_again(kind: str, doubts: int) -> bool:
    """Whether a letter with so many unknown outcomes is sent again. A notice of a result is not: two results frighten people."""
    return doubts < MOST_DOUBTS and not kind.endswith("_result")


class Outcome(StrEnum):
    """What became of one attempt.

    PASSING is tried again later and slower, HELD when the quota is open again, UNKNOWN once more by rule; TODO and FAILED are ends.
    """

    SENT = "sent"
    PASSING = "passing"
    HELD = "held"
    UNKNOWN = "unknown"
    TODO = "todo"
    FAILED = "failed"


@dataclass(frozen=True)
class Used:
    """A consent: whose, to which template."""

    contact: str
    template_id: str


@dataclass(frozen=True)
class Closed:
    """A way that WeChat has closed for everybody until then; `daily` when the day's quota is used up."""

    way: str
    until: datetime
    daily: bool


@dataclass(frozen=True)
class Delivery:
    """How an attempt ended. SENT only with WeChat's own errcode 0; `refused` are consents that WeChat said are not there."""

    outcome: Outcome
    channel: str = ""
    words: str = ""
    message_id: str = ""
    used: Used | None = None
    refused: tuple[Used, ...] = ()
    closed: tuple[Closed, ...] = ()
    until: datetime | None = None


_RECEIPTS = {"success": "已送达", "0": "已送达", "failed:userblock": "对方拒收，没有送达", "failed:systemfailed": "微信出错，没有送达"}


def receipt_words(said: str) -> str:
    """What WeChat told later about a message it had taken (Status, ErrorStatus or ErrorCode; wechat-platform.md §4), as people read it."""
    return _RECEIPTS.get(said.replace(" ", "").lower(), f"没有送达（{said}）") if said else ""
