"""Who in the list is whom in the register: sure pairs first, then those that a person must confirm (name variants, people moved)."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import date
from typing import NamedTuple, TypeVar


class Member(NamedTuple):
    """One member of the list, branch found. `phone_index` is the blind index of an own number; `phone` alone is somebody else's."""

    at: str
    name: str
    branch_id: int
    phone: str | None
    phone_index: bytes | None
    joined_on: date | None
    category: str | None


class Known(NamedTuple):
    """One person of the register."""

    id: int
    name: str
    branch_id: int | None
    category: str
    joined_on: date | None
    phone_sealed: bytes | None
    phone_index: bytes | None
    left_on: date | None
    version: int


class Held(NamedTuple):
    """A member who waits for a word. `known` is who it may be; accepting means yes, without one that he is somebody new."""

    member: Member
    known: Known | None
    why: str


class Matched(NamedTuple):
    """Pairs, newcomers, and those who wait. `lonely` are people of the register that nobody in the list is."""

    pairs: list[tuple[Member, Known]]
    new: list[Member]
    held: list[Held]
    lonely: list[Known]


_Person = Member | Known
_One = TypeVar("_One", Member, Known)
_Key = Callable[[_Person], Hashable]


def _by_phone(one: _Person) -> Hashable:
    return one.phone_index and (one.name, one.phone_index)


def _by_all(one: _Person) -> Hashable:
    return one.joined_on and (one.name, one.branch_id, one.joined_on)


def _by_place(one: _Person) -> Hashable:
    return one.name, one.branch_id


def _by_date(one: _Person) -> Hashable:
    return one.joined_on and (one.name, one.joined_on)


def _by_name(one: _Person) -> Hashable:
    return one.name


def _by_number(one: _Person) -> Hashable:
    return one.phone_index


_SURE: tuple[_Key, ...] = (_by_phone, _by_all, _by_place, _by_date)
_UNSURE: tuple[tuple[_Key, str], ...] = (
    (_by_name, "花名册里另一个支部有同名的党员。如是同一人转来，请确认；如是另一人，请写上手机号和入党时间"),
    (_by_number, "手机号与花名册里的{name}相同。如是同一人更名，请确认；如是另一人，请核对手机号"),
)
_CHANGED = "与同支部的同名党员手机号、入党时间都不一样。如是同一人，请确认；如是另一人，请先核对"
_UNCLEAR = "花名册里同支部有同名的党员，分不清是哪一位，请写上手机号和入党时间；如是新来的另一人，请确认"


def match(members: Sequence[Member], known: Iterable[Known]) -> Matched:
    """Pair them: by name and phone, name and branch and date, name and branch, name and date; those present before those who left."""
    table = _Table(members, known)
    for people in (table.here, table.gone):
        for key in _SURE if people else ():
            table.pair(people, key)
    if table.here:
        table.hold_unclear()
        for key, why in _UNSURE:
            table.hold(key, why)
    return Matched(table.pairs, table.members, table.held, table.here)


class _Table:
    """Members on one side, people of the register on the other; whoever is paired or held leaves it."""

    def __init__(self, members: Sequence[Member], known: Iterable[Known]) -> None:
        self.members, self.here, self.gone = list(members), list[Known](), list[Known]()
        self.pairs, self.held = list[tuple[Member, Known]](), list[Held]()
        for one in known:
            (self.here if one.left_on is None else self.gone).append(one)

    def pair(self, people: list[Known], key: _Key) -> None:
        """Pair those who alone have a key on both sides."""
        for member, known in self._meet(people, key):
            if _by_place is key and _is_another(member, known):
                self.held.append(Held(member, known, _CHANGED))
            else:
                self.pairs.append((member, known))

    def hold(self, key: _Key, why: str) -> None:
        """The same, but somebody must say so."""
        self.held += [Held(member, known, why.format(name=known.name)) for member, known in self._meet(self.here, key)]

    def hold_unclear(self) -> None:
        """Several of a name in one branch, and nothing that tells them apart."""
        there = {_by_place(one) for one in self.here}
        self.held += [Held(member, None, _UNCLEAR) for member in self.members if _by_place(member) in there]
        self.members = [member for member in self.members if _by_place(member) not in there]

    def _meet(self, people: list[Known], key: _Key) -> list[tuple[Member, Known]]:
        ours, theirs = _alone(self.members, key), _alone(people, key)
        met = [(member, theirs[mark]) for mark, member in ours.items() if mark in theirs]
        taken = {id(one) for pair in met for one in pair}
        self.members = [one for one in self.members if id(one) not in taken]
        people[:] = [one for one in people if id(one) not in taken]
        return met


def _is_another(member: Member, known: Known) -> bool:
    """Whether all that could tell two namesakes apart does."""
    phones = member.phone_index and known.phone_index and member.phone_index != known.phone_index
    return bool(phones and member.joined_on and known.joined_on and member.joined_on != known.joined_on)


def _alone(people: Iterable[_One], key: _Key) -> dict[Hashable, _One]:
    """Those whose key nobody else has."""
    seen: dict[Hashable, _One | None] = {}
    for one in people:
        mark = key(one)
        if mark:
            seen[mark] = None if mark in seen else one
    return {mark: one for mark, one in seen.items() if one is not None}
