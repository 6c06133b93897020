"""限期整改 rectification: the rater's verdict, how often it comes back, and who reads the rater's words (S1, F24, F28)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.masking import masked_text
from domain.ratings import Privacy

MOST_RETURNS = 1
"""How often a rater's “不满意” sends an order back (二次督办); after that it is kept and counted, and the hall is the way."""


class Verdict(StrEnum):
    """What the rater says of the answer (整改满意率)."""

    SATISFIED = "satisfied"
    DISSATISFIED = "dissatisfied"

    @property
    def chinese(self) -> str:
        return {"satisfied": "满意", "dissatisfied": "不满意"}[self.value]


def verb_of(verdict: Verdict, returns: int) -> str:
    """The line of the flow: satisfied, sent back, or too late to be sent back."""
    if verdict is Verdict.SATISFIED:
        return "satisfy"
    return "dispute" if returns < MOST_RETURNS else "regret"


@dataclass(frozen=True)
class Rate:
    """A share with its N beside it; none without anything to count."""

    part: int
    n: int

    @property
    def share(self) -> float | None:
        return self.part / self.n if self.n else None


@dataclass(frozen=True)
class Shares:
    """按期整改率: closed in time among those whose day has come or that are closed; 整改满意率: satisfied among the verdicts."""

    on_time: Rate
    satisfied: Rate


def shares(orders: Iterable[tuple[str, date, date | None, str]], today: date) -> Shares:
    """Of (state, due day, day of the check, verdict). What was withdrawn by its rater counts nowhere."""
    closed = in_time = overdue = said = good = 0
    for state, due, checked_on, verdict in orders:
        if state == "closed":
            closed, in_time = closed + 1, in_time + (checked_on is None or checked_on <= due)
        elif state != "withdrawn" and due < today:
            overdue += 1
        said, good = said + bool(verdict), good + (verdict == Verdict.SATISFIED)
    return Shares(Rate(in_time, closed + overdue), Rate(good, said))


def shown_note(note: str, privacy: Privacy, *, handles: bool) -> str:
    """The rater's words as this reader may have them: whoever handles the order needs them, others read only what was public."""
    return masked_text(note) if handles or privacy is Privacy.PUBLIC else ""
