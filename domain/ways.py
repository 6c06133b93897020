"""通道 ways: by which ways a letter may reach somebody, the best first; the clock sends by them, the office sees them beforehand (F42)."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from domain.letters import Channel, Used
from domain.templates import Template

CHAT_OPEN = timedelta(hours=47)
"""WeChat takes customer messages for 48 hours after a person's message; our times are kept by the hour."""
_ORDER = {channel: at for at, channel in enumerate(Channel)}


@dataclass(frozen=True)
class Address:
    """One address of a person: account, the sealed openid behind it, and how many messages each template still allows."""

    mark: str
    account: str
    openid_sealed: bytes
    follows: bool
    heard_at: datetime | None
    consents: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Way:
    """One channel of one account to one address."""

    channel: Channel
    address: Address
    template: Template | None = None

    @property
    def name(self) -> str:
        """What WeChat's quota counts: the call, for each account."""
        return f"{self.address.account}:{self.channel.value}"

    @property
    def consent(self) -> Used | None:
        """What allows it, if it needs to be allowed."""
        return Used(self.address.mark, self.template.id) if self.template is not None and self.channel.needs_consent else None

    @property
    def spent(self) -> Used | None:
        """What a message costs: one consent, nothing where the consent is for good."""
        return self.consent if self.template is not None and not self.template.long_term else None


class Means:
    """The accounts that are set up, with their templates by the kind of letter."""

    def __init__(self, accounts: Collection[str], templates: Mapping[str, Sequence[Template]]) -> None:
        """`templates` is account → its templates."""
        self._accounts = frozenset(accounts)
        self._templates: dict[tuple[str, str], list[Template]] = {}
        for name, some in templates.items():
            for template in some:
                for kind in template.kinds:
                    self._templates.setdefault((name, kind), []).append(template)

    def ways(self, kind: str, spare: int, addresses: Sequence[Address], now: datetime) -> list[Way]:
        """The ways open to a letter of this kind that must leave `spare` consents alone, the best first."""
        found = [way for address in addresses if address.account in self._accounts for way in self._to(address, kind, spare, now)]
        return sorted(found, key=lambda way: _ORDER[way.channel])

    def _to(self, address: Address, kind: str, spare: int, now: datetime) -> Iterator[Way]:
        for template in self._templates.get((address.account, kind), ()):
            least = 0 if template.long_term else spare
            if address.consents.get(template.id, 0) > least if template.channel.needs_consent else address.follows:
                yield Way(template.channel, address, template)
        if address.follows and address.heard_at is not None and now - address.heard_at < CHAT_OPEN:
            yield Way(Channel.CHAT, address)

    def why_none(self, addresses: Sequence[Address]) -> str:
        """What a person without an open way is told of on the call list."""
        if not addresses:
            return "没有绑定微信"
        if not any(address.follows for address in addresses):
            return "已取消关注"
        return "订阅次数已用完，近两天也没有来信"
