"""What people see on their phones: the chat with an account (会话) and the service notices (服务通知)."""

from collections import Counter, deque
from dataclasses import dataclass
from itertools import islice
from typing import Any

from emulator.record import KEPT

CHAT, NOTICE = "chat", "notice"
UNAVAILABLE = {"service": "该公众号暂时无法提供服务，请稍后再试", "mini": "该小程序客服暂时无法提供服务，请稍后再试"}


@dataclass(slots=True)
class Message:
    """`sender`: person, account (passive reply), server (message by API) or system (the grey line)."""

    id: int
    at: float
    appid: str
    person: str
    box: str
    sender: str
    kind: str
    body: dict[str, Any]
    ms: float = 0.0
    push: int = 0

    def public(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}


class Inboxes:
    """Every message by person; bounded like the record."""

    def __init__(self) -> None:
        self._by_person: dict[str, deque[Message]] = {}
        self._made = 0
        self._kept: deque[Message] = deque()
        self.counts: Counter[str] = Counter()

    def put(
        self, person: str, *, at: float, appid: str, box: str, sender: str, kind: str, body: dict[str, Any], ms: float = 0.0, push: int = 0
    ) -> Message:
        self._made += 1
        message = Message(self._made, at, appid, person, box, sender, kind, body, ms, push)
        self._by_person.setdefault(person, deque()).append(message)
        self._kept.append(message)
        if len(self._kept) > KEPT:
            self._by_person[self._kept.popleft().person].popleft()
        self.counts[f"{box}.{sender}.{kind}"] += 1
        return message

    def of(self, person: str, *, appid: str = "", box: str = "", after: int = 0, last: int = 0) -> list[Message]:
        """A person's messages, oldest first, with an id above `after`; only the `last` ones unless 0."""
        found: list[Message] = []
        for message in reversed(self._by_person.get(person, ())):
            if message.id <= after or (last and len(found) == last):
                break
            if appid in ("", message.appid) and box in ("", message.box):
                found.append(message)
        return found[::-1]

    def sent(self, after: int, most: int) -> list[Message]:
        """Messages by API to anybody, oldest first, with an id above `after`."""
        begin = max(0, after + 1 - self._kept[0].id) if self._kept else 0
        by_server = (message for message in islice(self._kept, begin, None) if message.sender == "server")
        return list(islice(by_server, most))

    def find(self, person: str, message_id: int) -> Message | None:
        return next((m for m in reversed(self._by_person.get(person, ())) if m.id == message_id), None)
