"""党支部 as lists call it: the same branch under its short and its full name; which ones are new."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from domain.numerals import compact
from domain.roster.cells import shown

LONGEST = 60
_PARTY = re.compile("^(中国共产党|中共)")
_COUNCIL = re.compile("(?<=支部)(委员会|支委会)$")
_HOUSE = re.compile(r"^.{2,25}?局(?=.+支部)")


@dataclass
class Branches:
    """`ids`: what the list says → branch; a new one has a number below 0 until it is written down, and its name in `new`."""

    ids: dict[str, int] = field(default_factory=dict)
    new: dict[int, str] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)
    doubts: dict[int, str] = field(default_factory=dict)


def key_of(name: str) -> str:
    """“中共窗口支部委员会” and “窗口党支部” are one branch."""
    bare = _COUNCIL.sub("", _PARTY.sub("", compact(name)))
    return bare.removesuffix("党支部").removesuffix("支部") + "支部" if bare.endswith("支部") else bare


@lru_cache(maxsize=512)
def _short(key: str) -> str:
    """Without the bureau's own name in front."""
    return _HOUSE.sub("", key)


def settle(said: Iterable[str], known: Mapping[int, str], others: Iterable[str]) -> Branches:
    """Find each branch the list speaks of. `known`: id → name of branches, `others`: names of bodies that are none."""
    found = Branches()
    by_key = {key_of(name): branch for branch, name in known.items()}
    by_short = _alone((_short(key), branch) for key, branch in by_key.items())
    names = list(dict.fromkeys(said))
    shorts = Counter(_short(key) for key in {key_of(name) for name in names})
    elsewhere = {compact(name) for name in others}
    new: dict[str, int] = {}
    for name in names:
        key = key_of(name)
        if key in by_key:
            found.ids[name] = by_key[key]
        elif shorts[_short(key)] == 1 and _short(key) in by_short:
            found.ids[name] = by_short[_short(key)]
        elif fault := _fault(name, elsewhere):
            found.faults[name] = fault
        else:
            branch = found.ids[name] = new.setdefault(key, -1 - len(new))
            if len(name) > len(found.new.get(branch, "")):
                found.new[branch] = name
    for branch, name in found.new.items():
        if near := _near(name, known.values()):
            found.doubts[branch] = f"与已有的{shown(near)}只差一个字，如是同一支部，请改成一样的写法"
    return found


def _alone(pairs: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Only the keys that lead to one branch."""
    several: dict[str, set[int]] = defaultdict(set)
    for key, branch in pairs:
        several[key].add(branch)
    return {key: branches.pop() for key, branches in several.items() if len(branches) == 1}


def _fault(name: str, elsewhere: set[str]) -> str:
    if compact(name) in elsewhere:
        return f"{shown(name)}不是党支部，请写所在支部的名称"
    if not name.isprintable():
        return "党支部名称里有不能显示的字符，请重新写"
    if len(name) > LONGEST:
        return f"党支部名称最多{LONGEST}个字，请写简称"
    if len(compact(name)) < 2 or compact(name).isdecimal() or compact(name) in ("支部", "党支部"):
        return f"{shown(name)}不像党支部名称，请写全称"
    return ""


def _near(name: str, others: Iterable[str]) -> str:
    """A name of the same length that differs in one character, which is no numeral (第一支部 and 第二支部 are two)."""
    for other in others:
        apart = [pair for pair in zip(key_of(name), key_of(other), strict=False) if pair[0] != pair[1]]
        if len(key_of(name)) == len(key_of(other)) and len(apart) == 1 and not any(sign.isnumeric() for sign in apart[0]):
            return other
    return ""
