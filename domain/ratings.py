"""评价 rating: what is said, by which way, under which privacy level; and what may be said (好差评, S1–S3)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from domain.actor import Actor
from domain.errors import NoteHasIdNumber, NoteTooLong
from domain.marks import Mark

MOST_NOTE = 500
"""Characters of a note; longer ones are asked to be shortened, never cut."""

_ID_NUMBER = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff\ufffe\uffff]")


class Privacy(StrEnum):
    """Who may learn who wrote; said before sending; the most private is the default (F28)."""

    ANONYMOUS = "anonymous"
    CONFIDENTIAL = "confidential"
    PUBLIC = "public"

    @property
    def chinese(self) -> str:
        return {"anonymous": "匿名", "confidential": "保密", "public": "公开"}[self.value]


class Channel(StrEnum):
    """By which door the rating came."""

    CHAT = "chat"
    MINIPROGRAM = "miniprogram"
    BROWSER = "browser"
    PAPER = "paper"


class Origin(StrEnum):
    """Who filled it in: defaults never enter 好评率 (design.md 5.1)."""

    PERSON = "person"
    ASSISTED = "assisted_entry"
    PAPER = "paper"
    DEFAULT = "default"


class Standing(StrEnum):
    """How a rating counts: staff of the bureau are set apart, browsers are counted and shown apart."""

    COUNTED = "counted"
    BROWSER = "browser"
    OWN_STAFF = "own_staff"
    DEFAULT = "default"


@dataclass(frozen=True, slots=True)
class RatingDeed:
    """One wish to rate. `place` is the window's id; `post_id` is known when a plate was scanned."""

    actor: Actor
    window_id: int
    mark: Mark
    note: str = ""
    tags: tuple[str, ...] = ()
    privacy: Privacy = Privacy.ANONYMOUS
    channel: Channel = Channel.CHAT
    origin: Origin = Origin.PERSON
    post_id: int | None = None


@dataclass(frozen=True, slots=True)
class Rated:
    """What became of it: `number` is the public number of a bad rating, `due` when its rectification ends."""

    rating_id: int
    window_id: int
    window: str
    mark: Mark
    changed: bool
    day: date
    number: str | None = None
    due: date | None = None


def standing_of(deed: RatingDeed) -> Standing:
    """How the rating counts, by facts only."""
    if deed.origin is Origin.DEFAULT:
        return Standing.DEFAULT
    if deed.actor.person_id is not None:
        return Standing.OWN_STAFF
    return Standing.BROWSER if deed.channel is Channel.BROWSER else Standing.COUNTED


def clean_note(note: str) -> str:
    """The note as it is stored: unprintable signs out, ends trimmed. Raises `NoteTooLong`, `NoteHasIdNumber` (P09)."""
    if not note:
        return ""
    note = _UNPRINTABLE.sub("", note).strip()
    if len(note) > MOST_NOTE:
        raise NoteTooLong(most=MOST_NOTE, length=len(note))
    if _ID_NUMBER.search(note):
        raise NoteHasIdNumber()
    return note


@dataclass(frozen=True, slots=True)
class Shares:
    """Honest figures: N beside every rate, no rate under the minimum group (F31; 本系统口径)."""

    n: int
    positive: int
    by_level: Mapping[Mark, int]
    minimum: int = 5

    @property
    def shown(self) -> bool:
        return self.n >= self.minimum

    @property
    def positive_rate(self) -> float | None:
        """(非常满意+满意+基本满意)/N, or None when N is under the minimum group."""
        return self.positive / self.n if self.shown else None


def shares(by_level: Mapping[Mark, int], minimum: int = 5) -> Shares:
    """Figures from counts by level."""
    total = sum(by_level.values())
    return Shares(total, total - sum(n for mark, n in by_level.items() if mark.is_negative), dict(by_level), minimum)


def may_change_on(rated_on: date, today: date, term_days: int) -> bool:
    """Whether a rating of that day may still be changed today."""
    return today <= rated_on + timedelta(days=term_days)
