"""配档表草稿 draft schedule: what was read out of a notice, for a person to correct before it becomes a campaign (X6)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class DraftPhase:
    """A phase as the notice names it. `doubt` says what could not be read and what was taken instead."""

    name: str
    when: str
    starts_on: date | None
    ends_on: date | None
    whole_course: bool
    source: str
    place: int
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class DraftTask:
    """A task. `by`, `report_to`, `approver` are roles; `phase` is the index of its phase, None outside all of them."""

    title: str
    when: str
    starts_on: date | None
    ends_on: date | None
    due_on: date | None
    by: str
    report_to: str
    approver: str
    deliverable: str
    where: str
    phase: int | None
    source: str
    place: int

    @property
    def dated(self) -> bool:
        return self.last_day is not None

    @property
    def last_day(self) -> date | None:
        return self.due_on or self.ends_on


@dataclass(frozen=True, slots=True)
class DraftSchedule:
    """The whole draft. `year` is what dates without a year were read by; `roles` is role → the words of the notice for it."""

    title: str
    document_no: str
    year: int
    phases: tuple[DraftPhase, ...]
    tasks: tuple[DraftTask, ...]
    roles: Mapping[str, str] = field(default_factory=dict)
