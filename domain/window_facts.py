"""窗口的内容: what may be said of a window, how its services are typed line by line, and what is wrong with it (亮标准)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from domain.window_refusals import NameNeeded, NumberUnreadable, ServiceUnreadable, TextTooLong, TooManyServices

_LONGEST = {"name": 40, "place": 60, "hours": 60, "phone": 20}
_SERVICE = (60, 200, 40)
_MOST_SERVICES, _MOST_ALIASES = 30, 10
_BAR = re.compile(r"\s*[|｜\t]\s*")
_LIST = re.compile(r"[、，,;；\s]+")
_CHINESE = {
    "name": "名称",
    "number": "窗口号",
    "aliases": "别名",
    "place": "位置",
    "hours": "时间",
    "phone": "电话",
    "services": "服务事项",
}

Service = tuple[str, str, str]
"""Name, standard, promised limit."""


@dataclass(frozen=True)
class Facts:
    """All that citizens are told of a window."""

    name: str
    number: int | None
    aliases: tuple[str, ...]
    place: str
    hours: str
    phone: str
    services: tuple[Service, ...]

    def changed(self, other: "Facts") -> Iterator[str]:
        """Which of these are different, in Chinese."""
        return (chinese for name, chinese in _CHINESE.items() if getattr(self, name) != getattr(other, name))


def check(facts: Facts) -> None:
    """Raises `NameNeeded`, `TextTooLong`, `TooManyServices`."""
    if not facts.name:
        raise NameNeeded(most=_LONGEST["name"])
    for name, most in _LONGEST.items():
        _short(getattr(facts, name), most)
    for alias in facts.aliases:
        _short(alias, _LONGEST["name"])
    if len(facts.services) > _MOST_SERVICES:
        raise TooManyServices(most=_MOST_SERVICES, n=len(facts.services))
    for service in facts.services:
        for words, most in zip(service, _SERVICE, strict=True):
            _short(words, most)


def _short(words: str, most: int) -> None:
    if len(words) > most:
        raise TextTooLong(said=f"{words[:10]}…", most=most)


def read_number(said: str) -> int | None:
    """“3” or nothing. Raises `NumberUnreadable`."""
    plain = said.strip().removesuffix("窗口").removesuffix("号")
    if not plain:
        return None
    if not (plain.isdecimal() and len(plain) <= 3 and int(plain)):
        raise NumberUnreadable()
    return int(plain)


def read_aliases(said: str) -> tuple[str, ...]:
    """“综窗、一窗通”."""
    return tuple(dict.fromkeys(word for word in _LIST.split(said) if word))[:_MOST_ALIASES]


def read_services(said: str) -> tuple[Service, ...]:
    """One line each: 事项｜标准｜承诺时限; the last two may be missing. Raises `ServiceUnreadable`."""
    found = []
    for number, line in enumerate(said.splitlines(), 1):
        parts = [part.strip() for part in _BAR.split(line.strip())]
        if not any(parts):
            continue
        if len(parts) > 3 or not parts[0]:
            raise ServiceUnreadable(n=number)
        found.append((parts[0], *(*parts[1:], "", "")[:2]))
    return tuple(found)  # type: ignore[arg-type]


def typed(services: tuple[Service, ...]) -> str:
    """The same as they are typed."""
    return "\n".join("｜".join(service).rstrip("｜") for service in services)
