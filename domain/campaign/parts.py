"""Parts of a campaign file as frozen records: 依据、角色、主题、承诺程序、分类指导、考核、时限 (A5–A8, B20–B22).

Texts are as the papers word them, "" where the file is silent. `lines` maps each key of a record to its line in the file.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal


@dataclass(frozen=True, kw_only=True)
class Record:
    """What every part of the file may carry: an office note, a doubtful reading, a value not in the source text."""

    note: str = ""
    uncertain: str = ""
    inferred: str = ""
    lines: Mapping[str, int] = field(default_factory=dict, compare=False, repr=False)

    def line(self, key: str = "") -> int:
        """Line of the key, or of the record itself when the key is not written."""
        return self.lines.get(key, self.lines.get("", 1))


@dataclass(frozen=True)
class Span:
    """A time limit: so many working days (State Council calendar) or calendar days."""

    count: int
    unit: Literal["working_day", "day"]

    @property
    def chinese(self) -> str:
        return f"{self.count}个工作日" if self.unit == "working_day" else f"{self.count}天"


@dataclass(frozen=True, kw_only=True)
class Basis(Record):
    """依据: the paper that opens the campaign and the higher paper above it."""

    document_no: str = ""
    issued_on: date | None = None
    issuer: str = ""
    upper_document: str = ""
    upper_title: str = ""


@dataclass(frozen=True, kw_only=True)
class Role(Record):
    """Who the papers name. `acts_as` is the vocabulary's word when the campaign uses its own id."""

    id: str = ""
    name: str = ""
    acts_as: str = ""
    holder: str = ""
    seat: str = ""
    duty: str = ""

    @property
    def kind(self) -> str:
        return self.acts_as or self.id


@dataclass(frozen=True, kw_only=True)
class Points(Record):
    """A named list, such as 六强化 or 三亮; also the standards a campaign measures itself by."""

    id: str = ""
    name: str = ""
    items: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Track(Record):
    """分类指导 track: a kind of organisation with its own theme and focus (B22)."""

    id: str = ""
    applies_to: str = ""
    theme: str = ""
    focus: tuple[str, ...] = ()
    role_text: str = ""


@dataclass(frozen=True, kw_only=True)
class Theme(Record):
    """承诺主题 offered by the pledge form (A5); `needs_schedule` asks for 工期 (A11)."""

    id: str = ""
    text: str = ""
    track: str = ""
    needs_schedule: bool = False


@dataclass(frozen=True, kw_only=True)
class FormField(Record):
    id: str = ""
    name: str = ""
    required: bool = False
    hint: str = ""


@dataclass(frozen=True, kw_only=True)
class PledgeForm(Record):
    """四明确 form (A6)."""

    name: str = ""
    fields: tuple[FormField, ...] = ()
    quality: tuple[str, ...] = ()
    template: str = ""


@dataclass(frozen=True, kw_only=True)
class Publication(Record):
    """公示 or 宣传: to whom and through what."""

    audience: str = ""
    channels: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Step(Record):
    by: str = ""
    act: str = ""
    when: str = ""
    due_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Chain(Record):
    """承诺程序: who pledges to whom, through which hands, and where it is made public (A7, A8, B6)."""

    id: str = ""
    name: str = ""
    by: str = ""
    addressees: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    content: str = ""
    dimensions: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    publicity: Publication | None = None
    promotion: Publication | None = None


@dataclass(frozen=True, kw_only=True)
class Heading(Record):
    """A carrier 载体 or a group of tasks: number and name."""

    id: str = ""
    no: int = 0
    name: str = ""
    group: str = ""


@dataclass(frozen=True, kw_only=True)
class Requirement(Record):
    id: str = ""
    title: str = ""
    points: tuple[Points, ...] = ()
    channels: tuple[str, ...] = ()
    tracks: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Indicator(Record):
    """考核指标 (B20): counts facts of the work, never activity in an app (S11)."""

    id: str = ""
    title: str = ""
    counts: str = ""
    weight: int = 0
    tracks: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Assessment(Record):
    """考核评价: principle, indicators, and what leads to 通报批评 and 表彰 (B20, B21)."""

    principle: str = ""
    part_of: str = ""
    circulated_criticism: tuple[str, ...] = ()
    commendation: tuple[str, ...] = ()
    indicators: tuple[Indicator, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RatingLimits(Record):
    """差评 to 整改; the defaults are examples, a bureau sets its own."""

    callback: Span = Span(1, "working_day")
    fix: Span = Span(5, "working_day")
    extend_once: Span = Span(5, "working_day")


@dataclass(frozen=True, kw_only=True)
class IssueLimits(Record):
    """党代表工作室 issues (B15)."""

    forward: Span = Span(5, "working_day")
    finish: Span = Span(30, "working_day")
    extend_once: Span = Span(15, "working_day")
    refuse_with_reason: Span = Span(5, "working_day")


@dataclass(frozen=True, kw_only=True)
class Limits(Record):
    reminders_before_due: tuple[Span, ...] = (Span(7, "day"), Span(3, "day"), Span(1, "day"))
    negative_rating: RatingLimits = field(default_factory=RatingLimits)
    delegate_issue: IssueLimits = field(default_factory=IssueLimits)
    publicity: Span = Span(5, "working_day")
    minimum_ballots_to_publish: int = 5
