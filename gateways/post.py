"""Post: carries a letter to WeChat by the best channel that is open, and says what became of it (design.md 2)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from domain.sealing import Sealer
from gateways.wechat import Wechat, WechatError
from gateways.wechat_codes import WORDS, Mood

CHAT_OPEN = timedelta(hours=47)
"""WeChat takes customer messages for 48 hours after a citizen's message; our times are kept by the hour."""


class Letter(Protocol):
    """What a claimed letter must tell."""

    @property
    def id(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def words(self) -> dict[str, Any]: ...
    @property
    def addresses(self) -> Any: ...


@dataclass(frozen=True)
class Delivery:
    """What became of a letter: `mood` as WeChat meant it; ok only with WeChat's own errcode 0."""

    mood: Mood
    channel: str
    words: str


class Post:
    """Sends letters. Never inside a transaction: who calls holds none."""

    def __init__(
        self, accounts: Mapping[str, Wechat], templates: Mapping[str, Mapping[str, str]], sealer: Sealer, spoken: Callable[[str, dict[str, Any]], str]
    ) -> None:
        """`templates` is account → letter kind → template id; `spoken` makes the words of a letter."""
        self._accounts, self._templates, self._sealer, self._spoken = accounts, templates, sealer, spoken

    def send(self, letter: Letter, now: datetime) -> Delivery:
        """Try the open channels in turn: chat inside its window, then template or subscribe message; else it waits as a to-do."""
        outcome = Delivery(Mood.UNREACHABLE, "todo", "没有可用的微信通道，保留为待办")
        for channel, account, openid in self._ways(letter, now):
            outcome = self._try(channel, account, openid, letter)
            if outcome.mood is not Mood.UNREACHABLE:
                return outcome
        return outcome

    def _ways(self, letter: Letter, now: datetime) -> list[tuple[str, str, str]]:
        ways = []
        for address in letter.addresses:
            if address.account not in self._accounts or not self._accounts[address.account].account.appid:
                continue
            openid = self._sealer.open(address.openid_sealed)
            if address.heard_at is not None and now - address.heard_at < CHAT_OPEN:
                ways.append(("chat", address.account, openid))
            if letter.kind in self._templates.get(address.account, {}):
                ways.append(("template" if address.account == "service" else "subscribe", address.account, openid))
        return ways

    def _try(self, channel: str, account: str, openid: str, letter: Letter) -> Delivery:
        path, body = self._message(channel, account, openid, letter)
        try:
            answer = self._accounts[account].post(path, body)
        except WechatError as error:
            return Delivery(error.mood, channel, WORDS.get(error.code, f"微信返回 {error.code} {error.words}"))
        if answer.get("errcode") not in (0, "0"):
            return Delivery(Mood.PASSING, channel, "微信没有确认收下")
        return Delivery(Mood.OK, channel, str(answer.get("msgid", "")))

    def _message(self, channel: str, account: str, openid: str, letter: Letter) -> tuple[str, dict[str, Any]]:
        text = self._spoken(letter.kind, letter.words)
        if channel == "chat":
            return "/cgi-bin/message/custom/send", {"touser": openid, "msgtype": "text", "text": {"content": text}}
        data = {"thing1": {"value": thing(text)}, "character_string2": {"value": str(letter.words.get("number", letter.id))[:32]}}
        body = {"touser": openid, "template_id": self._templates[account][letter.kind], "data": data}
        if channel == "template":
            return "/cgi-bin/message/template/send", body | {"client_msg_id": f"liangnuo-{letter.id}"}
        return "/cgi-bin/message/subscribe/send", body


def thing(text: str) -> str:
    """A value by the rule of `thing`: at most 20 characters, no line break, never empty (wechat-platform.md §12)."""
    flat = " ".join(text.split()) or "—"
    return flat if len(flat) <= 20 else flat[:19] + "…"
