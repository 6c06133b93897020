"""Post: carries a letter to WeChat by the best way that is open, and says what became of it (design.md 2)."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Protocol

from domain.calendar import next_midnight
from domain.letters import Channel, Closed, Delivery, Outcome, Used, unnumbered
from domain.sealing import Sealer
from domain.templates import Template
from domain.ways import Address, Means, Way
from gateways.gate import Gate
from gateways.wechat import Wechat, WechatError
from gateways.wechat_codes import WORDS, Mood

_PATHS = {
    Channel.SUBSCRIBE: "/cgi-bin/message/subscribe/send",
    Channel.TEMPLATE: "/cgi-bin/message/template/send",
    Channel.NOTICE: "/cgi-bin/message/subscribe/bizsend",
    Channel.CHAT: "/cgi-bin/message/custom/send",
}
_NO_CONSENT = 43101
_ONE_MINUTE = timedelta(minutes=1)


Spoken = Callable[[str, dict[str, Any]], str]
"""A letter's kind and words → what is said."""


class Letter(Protocol):
    """What a claimed letter must tell. `spare` consents are to be kept for reminders that matter more."""

    @property
    def id(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def words(self) -> dict[str, Any]: ...
    @property
    def spare(self) -> int: ...
    @property
    def addresses(self) -> Sequence[Address]: ...


def _nothing() -> None:
    return None


class Post:
    """Sends letters. Never inside a transaction: who calls holds none. Thread-safe."""

    def __init__(
        self,
        accounts: Mapping[str, Wechat],
        templates: Mapping[str, Sequence[Template]],
        sealer: Sealer,
        spoken: Spoken,
        brief: Spoken,
        gate: Gate | None = None,
    ) -> None:
        """`templates` is account → its templates; `spoken` makes the words of a letter, `brief` those of a template's twenty characters."""
        self._accounts = {name: account for name, account in accounts.items() if account.account.appid}
        self._means = Means(self._accounts, templates)
        self._sealer, self._spoken, self._brief, self.gate = sealer, spoken, brief, gate or Gate()

    def send(self, letter: Letter, now: datetime, leaving: Callable[[], None] = _nothing) -> Delivery:
        """Try the open ways in turn until one took it, or none is left: then it stays a to-do. `leaving` is called before each request leaves."""
        attempt = _Attempt()
        for way in self._means.ways(letter.kind, letter.spare, letter.addresses, now):
            until = self.gate.shut_until(way.name, now)
            if until is not None:
                attempt.held.append(until)
                continue
            delivery = self._by(way, letter, attempt, now, leaving)
            if delivery is not None:
                return delivery
        return attempt.given_up()

    def _by(self, way: Way, letter: Letter, attempt: "_Attempt", now: datetime, leaving: Callable[[], None]) -> Delivery | None:
        """How it ended; None when the next way is to be tried."""
        if way.template is not None:
            self.gate.turn(way.template.id)
        try:
            answer = self._accounts[way.address.account].post(_PATHS[way.channel], self._message(way, letter), leaving)
        except WechatError as error:
            return self._refused(way, error, attempt, now)
        if answer.get("errcode") not in (0, "0"):
            return attempt.ended(Outcome.UNKNOWN, way, "微信没有确认收下")
        return attempt.ended(Outcome.SENT, way, "", _number(answer, way))

    def _refused(self, way: Way, error: WechatError, attempt: "_Attempt", now: datetime) -> Delivery | None:
        words = WORDS.get(error.code, f"微信返回 {error.code} {error.words}".strip())
        if error.mood in (Mood.PASSING, Mood.TOKEN):
            return attempt.ended(Outcome.PASSING, way, words)
        if error.mood is Mood.UNKNOWN:
            return attempt.ended(Outcome.UNKNOWN, way, "发出后没有收到微信的答复，结果不明")
        attempt.reasons.append(f"{way.channel.chinese}：{words}")
        if error.mood in (Mood.MINUTE, Mood.TOMORROW):
            daily = error.mood is Mood.TOMORROW
            until = next_midnight(now) if daily else now.replace(second=0, microsecond=0) + _ONE_MINUTE
            closed = Closed(way.name, until, daily)
            self.gate.shut([closed])
            attempt.closed.append(closed)
            attempt.held.append(until)
        if error.code == _NO_CONSENT and way.consent is not None:
            attempt.refused.append(way.consent)
        attempt.broken = attempt.broken or error.mood is Mood.PERMANENT
        return None

    def _message(self, way: Way, letter: Letter) -> dict[str, Any]:
        openid, text = self._sealer.open(way.address.openid_sealed), self._spoken(letter.kind, letter.words)
        if way.template is None:
            return {"touser": openid, "msgtype": "text", "text": {"content": text}}
        words = {"number": letter.id, **letter.words, "text": text, "brief": self._brief(letter.kind, letter.words)}
        body = {"touser": openid, "template_id": way.template.id, "data": way.template.filled(words)}
        if way.template.page:
            body["url" if way.channel is Channel.TEMPLATE else "page"] = way.template.page.format_map(words)
        return body | {"client_msg_id": f"liangnuo-{letter.id}"} if way.channel is Channel.TEMPLATE else body


def _number(answer: Mapping[str, Any], way: Way) -> str:
    """By which the receipt finds its letter."""
    if answer.get("msgid"):
        return str(answer["msgid"])
    return unnumbered(way.address.mark, way.template.id) if way.template is not None else ""


class _Attempt:
    """What was met on the way."""

    def __init__(self) -> None:
        self.reasons: list[str] = []
        self.refused: list[Used] = []
        self.closed: list[Closed] = []
        self.held: list[datetime] = []
        self.broken = False

    def ended(self, outcome: Outcome, way: Way, words: str, message_id: str = "") -> Delivery:
        told = "；".join([*self.reasons, words] if words else self.reasons)
        used = way.spent if outcome in (Outcome.SENT, Outcome.UNKNOWN) else None
        return Delivery(outcome, way.channel.value, told, message_id, used, tuple(self.refused), tuple(self.closed))

    def given_up(self) -> Delivery:
        """No way took it: later, when one opens again; else it failed by a setting, or it stays a to-do."""
        more = {"refused": tuple(self.refused), "closed": tuple(self.closed)}
        told = "；".join(self.reasons)
        if self.held:
            return Delivery(Outcome.HELD, "", told or "微信的调用次数已用完", until=min(self.held), **more)  # type: ignore[arg-type]
        if self.broken:
            return Delivery(Outcome.FAILED, "", told, **more)  # type: ignore[arg-type]
        return Delivery(Outcome.TODO, "", told or "没有可用的微信通道，保留为待办", **more)  # type: ignore[arg-type]
