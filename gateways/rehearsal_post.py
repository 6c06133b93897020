"""The rehearsal's post: the same `Post` as every day, over HTTP, to an emulated WeChat with the bureau's people, accounts and templates."""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, TypeVar

from domain.letters import Channel, Delivery
from domain.rehearsals import Arrived, Subscriber
from domain.sealing import Sealer
from domain.templates import Template
from gateways.emulated import PATIENT, Emulated, emulated
from gateways.post import Letter, Post, Spoken
from gateways.store import LocalStore
from gateways.wechat import Wechat

_HANDS = 4
_AT_ONCE = 500
_ONE_TIME, _LONG_TERM = 2, 3
L = TypeVar("L", bound=Letter)
Templates = Mapping[str, Sequence[Template]]


class RehearsalPost:
    """What `services.rehearsal` sends by. `templates` is account → its templates; the emulated ones ask for just these keys."""

    def __init__(self, wechat: Emulated, templates: Templates, sealer: Sealer, spoken: Spoken, brief: Spoken, hands: ThreadPoolExecutor) -> None:
        self._wechat, self._templates, self._sealer, self._spoken, self._brief, self._hands = wechat, templates, sealer, spoken, brief, hands
        self._persons: dict[str, int] = {}
        self._channels = {one.id: one.channel.value for some in templates.values() for one in some}
        for account in wechat.accounts:
            for template in templates.get(account, ()):
                self._put(account, template)

    def _put(self, account: str, template: Template) -> None:
        content = "\n".join(f"{key}:{{{{{key}.DATA}}}}" for key in template.values)
        kind = _LONG_TERM if template.long_term else _ONE_TIME
        if content and template.id:
            self._wechat.control("/templates", {"account": account, "id": template.id, "title": "演练", "content": content, "type": kind})

    def move_in(self, subscribers: Sequence[Subscriber]) -> Mapping[str, bytes]:
        """Everybody gets a phone there, with the same follows and consents; address → its sealed openid there."""
        by_person: dict[int, list[Subscriber]] = {}
        for one in subscribers:
            if one.account in self._wechat.accounts:
                by_person.setdefault(one.person_id, []).append(one)
        sealed: dict[str, bytes] = {}
        everybody = list(by_person.items())
        for begin in range(0, len(everybody), _AT_ONCE):
            some = everybody[begin : begin + _AT_ONCE]
            made = self._wechat.control("/people", {"people": [self._phone(theirs) for _, theirs in some]})["people"]
            for (person_id, theirs), phone in zip(some, made, strict=True):
                self._persons[phone["key"]] = person_id
                for one in theirs:
                    openid = phone["accounts"][self._wechat.accounts[one.account].appid]["openid"]
                    sealed[one.mark] = self._sealer.seal(openid)
        return sealed

    def _phone(self, theirs: Sequence[Subscriber]) -> dict[str, Any]:
        known = {account: {one.id for one in some if one.values} for account, some in self._templates.items()}
        consents = {one.account: {id: n for id, n in one.consents.items() if id in known.get(one.account, ())} for one in theirs}
        return {"subscribed": any(one.follows for one in theirs if one.account == "service"), "consents": consents}

    def deliver(self, letters: Sequence[L], now: datetime) -> list[tuple[L, Delivery]]:
        """Carry them at this moment of the emulated time. A token lives two hours there too, so each moment fetches its own."""
        self._wechat.control("/clock", {"now": now.timestamp(), "speed": 0})
        store = LocalStore()
        accounts = {kind: Wechat(account, store, patience=PATIENT) for kind, account in self._wechat.accounts.items()}
        post = Post(accounts, self._templates, self._sealer, self._spoken, self._brief)
        return list(zip(letters, self._hands.map(lambda letter: post.send(letter, now), letters), strict=True))

    def arrived(self) -> list[Arrived]:
        """What the phones show."""
        return sorted(self._arrived())

    def _arrived(self) -> Iterator[Arrived]:
        after = 0
        while some := self._wechat.control(f"/record/sent?after={after}&limit={_AT_ONCE}")["messages"]:
            for one in some:
                channel = self._channels.get(one["body"].get("template_id"), Channel.CHAT.value)
                yield Arrived(datetime.fromtimestamp(one["at"], UTC), self._persons.get(one["person"], 0), channel)
            after = some[-1]["id"]


@contextmanager
def rehearsal_post(appids: Mapping[str, str], templates: Templates, sealer: Sealer, spoken: Spoken, brief: Spoken) -> Iterator[RehearsalPost]:
    """`appids` is kind of account → appid, only those that are set up. Raises `NoEmulator`."""
    with emulated(appids) as wechat, ThreadPoolExecutor(_HANDS, "rehearsal") as hands:
        yield RehearsalPost(wechat, templates, sealer, spoken, brief, hands)
