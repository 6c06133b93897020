"""下一年从今年开始: a campaign copied with its texts and lessons, its days shifted, its people and document number left behind (B24, F07)."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from domain.campaign.parts import Basis, Chain, Step
from domain.campaign.records import Campaign, Phase, Task

Shift = Callable[[date], date]
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?=年)")
_LONGEST_NOTE = 2000


def next_year(campaign: Campaign, key: str, title: str, years: int, lessons: Mapping[str, str]) -> Campaign:
    """The same days `years` later, in the same words; the last day of February stays the last."""

    def shift(day: date) -> date:
        return _years_later(day, years)

    def wording(words: str, _first: date | None, _last: date | None) -> str:
        return _YEAR.sub(lambda found: str(int(found[1]) + years), words)

    return _Copy(shift, wording, lessons).of(campaign, key, title, campaign.year + years)


def from_day(campaign: Campaign, key: str, title: str, first: date, lessons: Mapping[str, str]) -> Campaign:
    """The same course from another first day: every day moves alike, and words that named a day name the new one."""
    by = first - (campaign.starts_on or first)

    def shift(day: date) -> date:
        return day + by

    def wording(words: str, start: date | None, last: date | None) -> str:
        return _named(start, last) if start or last else words

    return _Copy(shift, wording, lessons).of(campaign, key, title, first.year)


class _Copy:
    """One way of moving every day of a campaign."""

    def __init__(self, shift: Shift, wording: Callable[[str, date | None, date | None], str], lessons: Mapping[str, str]) -> None:
        self._shift, self._wording, self._lessons = shift, wording, lessons

    def of(self, campaign: Campaign, key: str, title: str, year: int) -> Campaign:
        return replace(
            campaign,
            id=key,
            title=title,
            year=year,
            year_in_source=0,
            starts_on=self._moved(campaign.starts_on),
            ends_on=self._moved(campaign.ends_on),
            basis=Basis(issuer=campaign.basis.issuer, upper_title=campaign.basis.upper_title),
            roles=tuple(replace(role, holder="") for role in campaign.roles),
            phases=tuple(map(self._phase, campaign.phases)),
            tasks=tuple(map(self._task, campaign.tasks)),
            chains=tuple(map(self._chain, campaign.chains)),
            inferred="",
            text="",
        )

    def _moved(self, day: date | None) -> date | None:
        return self._shift(day) if day else None

    def _phase(self, phase: Phase) -> Phase:
        starts, ends = self._moved(phase.starts_on), self._moved(phase.ends_on)
        return replace(phase, starts_on=starts, ends_on=ends, when=self._wording(phase.when, starts, ends) if phase.when else "", inferred="")

    def _task(self, task: Task) -> Task:
        starts, ends, due = self._moved(task.starts_on), self._moved(task.ends_on), self._moved(task.due_on)
        note = "；".join(part for part in (task.note, self._lessons.get(task.id, "")) if part)[:_LONGEST_NOTE]
        when = self._wording(task.when, starts, due or ends) if task.when else ""
        return replace(task, starts_on=starts, ends_on=ends, due_on=due, when=when, note=note, inferred="", uncertain="")

    def _chain(self, chain: Chain) -> Chain:
        return replace(chain, steps=tuple(map(self._step, chain.steps)))

    def _step(self, step: Step) -> Step:
        due = self._moved(step.due_on)
        return replace(step, due_on=due, when=self._wording(step.when, None, due) if step.when else "")


def _years_later(day: date, years: int) -> date:
    year = day.year + years
    if (day.month, (day + timedelta(days=1)).month) == (2, 3):
        return date(year, 3, 1) - timedelta(days=1)
    return date(year, day.month, day.day)


def _named(first: date | None, last: date | None) -> str:
    if first and last and first != last:
        return f"{_day(first)}至{_day(last)}"
    return f"{_day(last or first)}前" if last and not first else _day(first)


def _day(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""
