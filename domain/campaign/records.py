"""活动、阶段、任务: what a campaign file says, as frozen records (F01, F02, A25).

Dates are None where neither the file nor the wording gives a day.
"""

from dataclasses import dataclass, field
from datetime import date

from domain.campaign.parts import (
    Assessment,
    Basis,
    Chain,
    Heading,
    Limits,
    PledgeForm,
    Points,
    Record,
    Requirement,
    Role,
    Theme,
    Track,
)


@dataclass(frozen=True, kw_only=True)
class Phase(Record):
    """阶段: may overlap another and may run through the whole course (A2)."""

    id: str = ""
    no: int = 0
    name: str = ""
    when: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    whole_course: bool = False

    def open_on(self, day: date) -> bool:
        return self.starts_on is not None and self.ends_on is not None and self.starts_on <= day <= self.ends_on


@dataclass(frozen=True, kw_only=True)
class Task(Record):
    """任务: one row of the 配档表: who, what, when, what is handed in, to whom (A25, F03)."""

    id: str = ""
    title: str = ""
    phase: str = ""
    group: str = ""
    carrier: str = ""
    part_of: str = ""
    together_with: str = ""
    by: tuple[str, ...] = ()
    report_to: str = ""
    approver: str = ""
    when: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    due_on: date | None = None
    deliverable: str = ""
    place: str = ""
    channels: tuple[str, ...] = ()
    chains: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    tracks: tuple[str, ...] = ()
    electorate: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    points: tuple[Points, ...] = ()
    min_items: int | None = None
    max_items: int | None = None
    standing: bool = False
    opens: str = ""

    @property
    def last_day(self) -> date | None:
        """Until when it may be done; None for words only."""
        return self.due_on or self.ends_on


@dataclass(frozen=True, kw_only=True)
class Campaign(Record):
    """活动: one file. `text` is the file itself, kept so that the next year can start from it (F07)."""

    id: str = ""
    title: str = ""
    kind: str = ""
    source: str = ""
    year: int = 0
    year_in_source: int = 0
    starts_on: date | None = None
    ends_on: date | None = None
    duration_text: str = ""
    central_work: str = ""
    basis: Basis = field(default_factory=Basis)
    participants: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    methods: tuple[str, ...] = ()
    standards: tuple[Points, ...] = ()
    roles: tuple[Role, ...] = ()
    tracks: tuple[Track, ...] = ()
    themes: tuple[Theme, ...] = ()
    pledge_form: PledgeForm = field(default_factory=PledgeForm)
    chains: tuple[Chain, ...] = ()
    carriers: tuple[Heading, ...] = ()
    groups: tuple[Heading, ...] = ()
    phases: tuple[Phase, ...] = ()
    tasks: tuple[Task, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    assessment: Assessment = field(default_factory=Assessment)
    annexes: tuple[str, ...] = ()
    limits: Limits = field(default_factory=Limits)
    text: str = field(default="", compare=False, repr=False)

    def phase(self, phase_id: str) -> Phase | None:
        return next((phase for phase in self.phases if phase.id == phase_id), None)

    def outside_phase(self, task: Task) -> bool:
        """Whether the task's days leave its phase, as the papers themselves do (动员部署 8月中旬, 报送 8月24日前)."""
        phase = self.phase(task.phase)
        first, last = task.starts_on or task.last_day, task.last_day or task.starts_on
        if phase is None or phase.starts_on is None or phase.ends_on is None or first is None or last is None:
            return False
        return first < phase.starts_on or last > phase.ends_on
