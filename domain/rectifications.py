"""限期整改 rectification: the rater's verdict, how often it comes back, and who reads the rater's words (S1, F24, F28)."""

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


def shown_note(note: str, privacy: Privacy, *, handles: bool) -> str:
    """The rater's words as this reader may have them: whoever handles the order needs them, others read only what was public."""
    return masked_text(note) if handles or privacy is Privacy.PUBLIC else ""
