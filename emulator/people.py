"""Fake users (粉丝和路人): one person has an openid in every account and, mostly, one unionid over all."""

from dataclasses import dataclass, field
from typing import Any

from emulator.accounts import Account, Refused
from emulator.seeds import OPENID, Seeds

# Clearly invented names; the first eight follow the service account at start.
NAMES = (
    "群众赵小满",
    "群众钱立夏",
    "群众孙谷雨",
    "书记李清明",
    "党员周白露",
    "党员吴秋分",
    "党员郑寒露",
    "群众王小雪",
    "路人冯大暑",
    "路人陈惊蛰",
    "路人褚芒种",
    "路人卫冬至",
)
FOLLOWERS_AT_START = 8
WITHOUT_UNIONID = 2  # the last people belong to no open-platform identity


@dataclass(slots=True)
class Tie:
    """What one account knows about one person."""

    openid: str
    subscribed: bool = False
    since: int = 0
    scene: str = "ADD_SCENE_SEARCH"
    qr_scene: int = 0
    qr_scene_str: str = ""
    remark: str = ""
    tags: list[int] = field(default_factory=list)
    last_seen: float = 0.0  # last use of the mini-program, for 61010


@dataclass(slots=True)
class Person:
    key: str
    name: str
    phone: str
    unionid: str
    ties: dict[str, Tie] = field(default_factory=dict)
    place: tuple[float, float, str] = (35.1061, 117.6708, "示范县政务服务中心")

    def public(self) -> dict[str, Any]:
        ties = {appid: {"openid": tie.openid, "subscribed": tie.subscribed} for appid, tie in self.ties.items()}
        return {"key": self.key, "name": self.name, "phone": self.phone, "unionid": self.unionid, "accounts": ties}


class People:
    """Everyone in this little world, found by key or by openid."""

    def __init__(self, seeds: Seeds, accounts: list[Account]) -> None:
        self._seeds = seeds
        self._accounts = accounts
        self.all: dict[str, Person] = {}
        self._owner: dict[str, Person] = {}
        self._named: dict[str, Person] = {}

    def populate(self, now: float) -> None:
        for number, name in enumerate(NAMES):
            with_union = number < len(NAMES) - WITHOUT_UNIONID
            self.add(name, now, subscribed=number < FOLLOWERS_AT_START, with_union=with_union)

    def add(self, name: str = "", now: float = 0.0, subscribed: bool = False, with_union: bool = True) -> Person:
        key = f"p{len(self.all) + 1:02d}"
        unionid = "o" + self._seeds.fixed("unionid", key, length=27, alphabet=OPENID) if with_union else ""
        person = Person(key, name or f"群众{key}", f"1380000{len(self.all) + 1:04d}", unionid)
        for account in self._accounts:
            tie = Tie("o" + self._seeds.fixed("openid", account.appid, key, length=27, alphabet=OPENID))
            tie.subscribed = subscribed and account.is_service
            tie.since = int(now) if tie.subscribed else 0
            person.ties[account.appid] = tie
            self._owner[tie.openid] = person
        self.all[key] = person
        self._named.setdefault(person.name, person)
        return person

    def need(self, key: str) -> Person:
        person = self.all.get(key) or self._named.get(key) or self._owner.get(key)
        if person is None:
            raise Refused(f"没有用户“{key}”")
        return person

    def by_openid(self, account: Account, openid: str) -> Person | None:
        person = self._owner.get(openid)
        return person if person and person.ties[account.appid].openid == openid else None

    def belongs_elsewhere(self, openid: str) -> bool:
        """True when the openid is somebody's; asked after `by_openid` found nobody of this account."""
        return openid in self._owner

    def followers(self, account: Account) -> list[Tie]:
        ties = (person.ties[account.appid] for person in self.all.values())
        return [tie for tie in ties if tie.subscribed]
