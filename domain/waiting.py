"""待办 waiting: one thing that waits for one person, as every feature tells it to the desk and the chat; alike ones on one line."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Waiting:
    """`thing` and `key` say what it is (a door knows where it opens), `words` what to do, `due` until when.

    What is asked of several alike names its `group`; then `who` tells one from the other, and `unit` counts them.
    """

    thing: str
    key: str
    words: str
    due: date | None = None
    number: str = ""
    group: str = ""
    who: str = ""
    unit: str = "件"


@dataclass(frozen=True, slots=True)
class Group:
    """Things on one line; most are alone on theirs."""

    members: tuple[Waiting, ...]

    @property
    def first(self) -> Waiting:
        return self.members[0]

    @property
    def several(self) -> bool:
        return len(self.members) > 1

    @property
    def words(self) -> str:
        """“报送“活动计划”，12个单位”."""
        return f"{self.first.group}，{len(self.members)}{self.first.unit}" if self.several else self.first.words


def grouped(waiting: Iterable[Waiting]) -> list[Group]:
    """In the same order, each group at the place of its first, which is its oldest."""
    found: dict[object, list[Waiting]] = {}
    for one in waiting:
        found.setdefault((one.thing, one.group) if one.group else object(), []).append(one)
    return [Group(tuple(some)) for some in found.values()]
