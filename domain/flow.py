"""Flow: the office rule of one thing as a table: verb, from, to, who may, who hears (design.md 2)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from domain.errors import NotNow
from domain.permissions import Can


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the rule. `hears` names those who get a letter: author, reviewer, window_head, office …"""

    verb: str
    chinese: str
    sources: frozenset[StrEnum]
    target: StrEnum
    who: Can
    hears: tuple[str, ...] = ()


def row(verb: str, chinese: str, sources: Sequence[StrEnum], target: StrEnum, who: Can, *hears: str) -> Row:
    return Row(verb, chinese, frozenset(sources), target, who, hears)


@dataclass(frozen=True)
class Flow:
    """All lines of one thing. `names` gives each state its Chinese word."""

    thing: str
    chinese: str
    start: StrEnum
    names: Mapping[StrEnum, str]
    rows: tuple[Row, ...]

    def line(self, verb: str, state: str) -> Row:
        """The line for this verb from this state; raises `NotNow` with the state and verb in Chinese."""
        for line in self.rows:
            if line.verb == verb and state in line.sources:
                return line
        spoken = next((line.chinese for line in self.rows if line.verb == verb), verb)
        raise NotNow(state=self.name(state), verb=spoken)

    def name(self, state: str) -> str:
        return next((word for key, word in self.names.items() if key == state), state)

    def verbs_from(self, state: str) -> list[Row]:
        return [line for line in self.rows if state in line.sources]
