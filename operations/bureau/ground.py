"""Ground: what every part of the founding stands on: the transaction, the dice, the days, and who is who so far."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml
from sqlalchemy.orm import Session

from domain.actor import Actor
from domain.calendar import CALENDAR, SHANGHAI, local_day
from domain.ports import House
from services import people
from services import register as registers

_HERE = Path(__file__).parent
OFFICE = "叶知秋"
"""Acts for the leading group's office."""


@cache
def plan(name: str) -> Any:
    """The bureau's facts as data: people, windows, pledges, notes, answers."""
    return yaml.safe_load((_HERE / f"{name}.yaml").read_text(encoding="utf-8"))


@dataclass
class Ground:
    """Names lead to ids: `people` and `bodies` by name, `windows` by number, `posts` by window, `pledges` by slogan to codes; `rest` holds
    each branch's invented members.
    """

    house: House
    db: Session
    now: datetime
    dice: Random
    bodies: dict[str, int] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)
    rest: dict[str, list[str]] = field(default_factory=dict)
    windows: dict[int, int] = field(default_factory=dict)
    posts: dict[int, list[int]] = field(default_factory=dict)
    pledges: dict[str, str] = field(default_factory=dict)
    _actors: dict[str, Actor] = field(default_factory=dict)

    def day(self, ago: int) -> date:
        """The day in Asia/Shanghai, `ago` days back (negative: ahead)."""
        return local_day(self.now) - timedelta(days=ago)

    def moment(self, ago: int, hour: int = 10, minute: int = 0) -> datetime:
        """That day at this time of the clock on the wall."""
        return datetime.combine(self.day(ago), time(hour, minute), SHANGHAI).astimezone(UTC)

    @property
    def last_worked(self) -> int:
        """How many days ago the hall was last open before today."""
        return next(ago for ago in range(1, 15) if CALENDAR.is_working(self.day(ago)))

    def actor(self, name: str) -> Actor:
        """Somebody of the staff with today's seats; only when the windows stand."""
        if name not in self._actors:
            person = people.person_actor(self.db, self.people[name], registers.current(self.db, local_day(self.now)))
            if person is None:
                raise LookupError(f"{name} does not serve today")
            self._actors[name] = person
        return self._actors[name]

    def citizen(self, number: int) -> Actor:
        """A citizen without a name: only the mark of his ratings."""
        return Actor(rater=self.house.pseudonyms.rater(f"demo-citizen-{number}"))

    def as_citizen(self, name: str) -> Actor:
        """One of the staff who rates as everybody may."""
        return replace(self.actor(name), rater=self.house.pseudonyms.rater(f"demo-staff-{name}"))
