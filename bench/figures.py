"""Figures: medians of rounds, ratios to the yardstick, and whether the columns of the performance page are reached."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

__all__ = ["Figure", "Goal", "median", "table"]


@dataclass(frozen=True)
class Goal:
    """A row's columns. `more` says whether a larger ratio is the better one."""

    must: float
    ahead: float
    limit: str
    more: bool = False

    def reached(self, ratio: float) -> str:
        """The best column that the ratio meets."""
        for name, bound in (("ahead", self.ahead), ("must", self.must)):
            if ratio >= bound if self.more else ratio <= bound:
                return name
        return "NOT REACHED"


@dataclass(frozen=True)
class Figure:
    """One measured row: ours and the yardstick's median, in `unit`, and their ratio."""

    path: str
    measure: str
    ours: float
    yardstick: float
    unit: str
    goal: Goal

    @property
    def ratio(self) -> float:
        return self.ours / self.yardstick

    def cells(self) -> list[str]:
        sign = "≥" if self.goal.more else "≤"
        return [
            self.path, self.measure, f"{_short(self.ours)} {self.unit}", f"{_short(self.yardstick)} {self.unit}", f"{self.ratio:.2f}",
            f"{sign} {self.goal.must:g}", f"{sign} {self.goal.ahead:g}", self.goal.limit, self.goal.reached(self.ratio),
        ]  # fmt: skip


_HEAD = ["path", "measure", "ours", "yardstick", "ratio", "must", "ahead", "limit", "reached"]


def _short(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def table(figures: Iterable[Figure]) -> str:
    """The figures as a Markdown table that also reads well in a terminal."""
    rows = [_HEAD, *(figure.cells() for figure in figures)]
    widths = [max(len(row[at]) for row in rows) for at in range(len(_HEAD))]
    lines = [_line(row, widths) for row in rows]
    return "\n".join([lines[0], _line(["-" * width for width in widths], widths), *lines[1:]])


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "| " + " | ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)) + " |"
