"""公示板 notice_board: what hangs on the wall, from the same published versions as the public page (A9, F15, X5)."""

from dataclasses import dataclass
from datetime import date

from domain.listings import Size


@dataclass(frozen=True)
class Entry:
    """A published pledge in the version that the public page has. `who` is the author in the form he chose, or the unit; `link` opens
    its own page.
    """

    number: str
    who: str
    where: str
    content: str
    measures: str
    standard: str
    deadline: date | None
    slogan: str
    state: str
    published_on: date | None
    version: int
    link: str


@dataclass(frozen=True)
class NoticeBoard:
    """A board of one branch, one window or the whole bureau. `link` is what its code opens."""

    bureau: str
    scope: str
    link: str
    edition: int
    day: date
    entries: tuple[Entry, ...]

    @property
    def title(self) -> str:
        """“窗口党支部承诺公示”."""
        return f"{self.scope}承诺公示"


@dataclass(frozen=True)
class Hanging:
    """How it is put on paper: which size, for which period it hangs (“” when nobody said)."""

    size: Size = Size.A4
    period: str = ""
