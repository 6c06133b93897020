"""现成的活动文件: the campaigns that come with the house, for the office to start from (F01)."""

from dataclasses import dataclass
from pathlib import Path

_FOLDER = Path(__file__).parent.parent / "campaigns"


@dataclass(frozen=True)
class Ready:
    """One file: its name without ending, and its text."""

    name: str
    text: str


def ready() -> list[Ready]:
    """All of them, by name."""
    return [Ready(path.stem, path.read_text(encoding="utf-8")) for path in sorted(_FOLDER.glob("*.yaml"))]
