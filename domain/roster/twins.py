"""The same name or number twice in one list: written twice, two people, or somebody to be asked."""

from collections import defaultdict
from collections.abc import Hashable, Sequence
from typing import NamedTuple

from domain.roster.matching import Member
from domain.roster.records import Note


class Sifted(NamedTuple):
    """The members that are left, and what was found about the others."""

    members: list[Member]
    doubts: list[Note]
    faults: list[Note]


def sift(members: Sequence[Member]) -> Sifted:
    """Leave out what is written twice, keep out who stands in two branches, tell who shares a number or a name."""
    sifted = Sifted(list(members), [], [])
    if len({(one.name, one.branch_id) for one in members}) < len(members):
        _namesakes(sifted)
    numbers = [one.phone_index for one in sifted.members if one.phone_index]
    if len(set(numbers)) < len(numbers):
        _shared_numbers(sifted)
    return sifted


def _groups(members: Sequence[Member], kind: str) -> list[list[int]]:
    """Places of members that share a name and branch, or a number."""
    groups: dict[Hashable, list[int]] = defaultdict(list)
    for place, one in enumerate(members):
        mark = (one.name, one.branch_id) if kind == "name" else one.phone_index
        if mark:
            groups[mark].append(place)
    return [places for places in groups.values() if len(places) > 1]


def _namesakes(sifted: Sifted) -> None:
    gone: set[int] = set()
    for first, *others in _groups(sifted.members, "name"):
        kept = [first]
        for place in others:
            same = next((other for other in kept if not _are_two(sifted.members[other], sifted.members[place])), None)
            one = sifted.members[place]
            if same is None:
                kept.append(place)
                sifted.doubts.append(Note(one.at, f"与{sifted.members[first].at}同支部同名，按两人登记，请核对"))
                continue
            gone.add(place)
            sifted.doubts.append(Note(one.at, f"与{sifted.members[same].at}同支部同名，按一人登记；如是两人，请写明各自的手机号和入党时间"))
            sifted.members[same] = _filled(sifted.members[same], one)
    _drop(sifted, gone)


def _are_two(one: Member, other: Member) -> bool:
    """Two people of one name: by their numbers, unless they joined on the same day; else by the days."""
    days = one.joined_on and other.joined_on and one.joined_on != other.joined_on
    if one.phone_index and other.phone_index:
        return one.phone_index != other.phone_index and (bool(days) or not (one.joined_on and other.joined_on))
    return bool(days)


def _filled(one: Member, other: Member) -> Member:
    """The first line, with what only the second says."""
    number = (one.phone, one.phone_index) if one.phone else (other.phone, other.phone_index)
    joined, category = one.joined_on or other.joined_on, one.category or other.category
    return one._replace(phone=number[0], phone_index=number[1], joined_on=joined, category=category)


def _shared_numbers(sifted: Sifted) -> None:
    gone: set[int] = set()
    for places in _groups(sifted.members, "number"):
        for place in places:
            one = sifted.members[place]
            other = next(sifted.members[there] for there in places if there != place)
            if one.name == other.name:
                gone.add(place)
                sifted.faults.append(Note(one.at, f"与{other.at}同名同手机号，却写在两个支部，请只留一处"))
            else:
                sifted.doubts.append(Note(one.at, f"与{other.at}的手机号相同，请核对是谁的号码"))
    _drop(sifted, gone)


def _drop(sifted: Sifted, gone: set[int]) -> None:
    sifted.members[:] = [one for place, one in enumerate(sifted.members) if place not in gone]
