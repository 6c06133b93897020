"""会议记录 meeting: level, organiser, time, place, who was there, what was said; written down in under a minute (A4, F61)."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from domain.schedule.refusals import MeetingIncomplete, WordsTooLong

LEVELS = ("党支部党员大会", "支部委员会", "党小组会", "科室（单位）会议", "局机关动员大会")
_NEEDED = {"level": "会议层次", "held_at": "时间", "place": "地点", "attendees": "参加人员", "minutes": "会议内容"}
_NAMES = {**_NEEDED, "organiser": "召集人"}
_MOST = {"level": 40, "organiser": 40, "held_at": 40, "place": 60, "attendees": 500, "minutes": 3000}


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting as it was written down. No sign-in, no study time, a photo only if somebody wants one (S11)."""

    level: str
    held_at: str
    place: str
    attendees: str
    minutes: str
    organiser: str = ""

    def kept(self) -> dict[str, str]:
        """As it is stored."""
        return asdict(self)

    @property
    def lines(self) -> list[tuple[str, str]]:
        """(heading, words) in the order of the official record."""
        return [(_NAMES[key], getattr(self, key)) for key in ("level", "organiser", "held_at", "place", "attendees", "minutes")]

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> "Meeting":
        """Raises `MeetingIncomplete`, `WordsTooLong`."""
        words = {key: " ".join(str(said.get(key) or "").split()) if key != "minutes" else str(said.get(key) or "").strip() for key in _MOST}
        missing = [name for key, name in _NEEDED.items() if not words[key]]
        if missing:
            raise MeetingIncomplete(missing="、".join(missing))
        for key, most in _MOST.items():
            if len(words[key]) > most:
                raise WordsTooLong(what=_NAMES[key], most=most, length=len(words[key]))
        return cls(**words)
