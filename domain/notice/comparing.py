"""The draft beside a campaign made by hand: which dated tasks were found, which not, which nobody wrote (X6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rapidfuzz import fuzz

from domain.campaign.records import Campaign, Phase, Task
from domain.notice.records import DraftPhase, DraftSchedule, DraftTask

_ALIKE = 40
"""Least likeness of two titles (rapidfuzz partial ratio, 0 to 100) that name the same days."""
Days = tuple[date | None, date | None]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Dated tasks: (as written by hand, as drafted), those missing, those invented; and the phases likewise."""

    found: tuple[tuple[str, str], ...]
    missing: tuple[str, ...]
    invented: tuple[str, ...]
    phases_found: tuple[str, ...]
    phases_missing: tuple[str, ...]

    @property
    def share(self) -> float:
        """Found among the dated tasks written by hand."""
        expected = len(self.found) + len(self.missing)
        return len(self.found) / expected if expected else 1.0


def compare(draft: DraftSchedule, campaign: Campaign) -> Comparison:
    """Hold the draft against the campaign."""
    left = [task for task in draft.tasks if task.dated]
    found: list[tuple[str, str]] = []
    missing = []
    for task in campaign.tasks:
        if task.last_day is None:
            continue
        match = _nearest(task, left)
        if match is None:
            missing.append(task.title)
        else:
            left.remove(match)
            found.append((task.title, match.title))
    drafted = {(phase.starts_on, phase.ends_on) for phase in draft.phases}
    return Comparison(
        found=tuple(found),
        missing=tuple(missing),
        invented=tuple(task.title for task in left),
        phases_found=tuple(phase.name for phase in campaign.phases if _days(phase) in drafted),
        phases_missing=tuple(phase.name for phase in campaign.phases if _days(phase) not in drafted),
    )


def _nearest(task: Task, drafted: Sequence[DraftTask]) -> DraftTask | None:
    """The drafted task of the same days whose title is most like it."""
    same = [one for one in drafted if (one.starts_on, one.last_day) == (task.starts_on, task.last_day)]
    rated = [(fuzz.partial_ratio(task.title, one.title), -at) for at, one in enumerate(same)]
    best = max(rated, default=(0, 0))
    return same[-best[1]] if best[0] >= _ALIKE else None


def _days(phase: Phase | DraftPhase) -> Days:
    return phase.starts_on, phase.ends_on
