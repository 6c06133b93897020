"""移交: what is in a person's hands goes to the successor in one deed: windows headed, posts served, open rectifications (F09, X14).

Pledges to review and todos of bodies follow the seat by themselves: who answers is asked by the day (services/accountable.py).
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from domain.actor import Actor
from domain.calendar import local_day
from domain.flows.rectifications import RECTIFICATIONS, RectificationState
from domain.numbers import format_number
from models import editions, rectifications, windows
from models import seats as table
from models.windows import Duty
from services import steps

_OPEN = (RectificationState.OPEN.value, RectificationState.REOPENED.value)


@dataclass(frozen=True, slots=True)
class Held:
    """What a person has in hand: names of windows headed, of posts served, numbers of open rectifications."""

    windows: tuple[str, ...]
    posts: tuple[str, ...]
    rectifications: tuple[str, ...]

    @property
    def lines(self) -> list[str]:
        """For a page: one sentence a kind."""
        said = {"窗口负责人": self.windows, "值守岗位": self.posts, "未办结的整改": self.rectifications}
        return [f"{what}：{'、'.join(found)}" for what, found in said.items() if found]


def held(db: Session, person_id: int, day: date) -> Held:
    """What would go with him."""
    titles = {post.id: post.title for post in windows.posts(db)}
    return Held(
        windows=tuple(f"{row.number}号窗口" if row.number else row.name for row in table.windows_headed(db, person_id)),
        posts=tuple(titles[duty.post_id] for duty in table.duties_of(db, person_id, day)),
        rectifications=tuple(format_number(row.id) for row in rectifications.owned_by(db, person_id, _OPEN)),
    )


def carry_over(db: Session, actor: Actor, person_id: int, successor_id: int, now: datetime) -> None:
    """All of it, in this transaction; every thing that changes hands leaves a step."""
    day = local_day(now)

    def note(thing: str, thing_id: int) -> None:
        steps.record(db, actor, thing, thing_id, "hand_over", now, source=f"person:{person_id}", target=f"person:{successor_id}")

    for window in table.windows_headed(db, person_id):
        window.head_id = successor_id
        note("window", window.id)
    for duty in table.duties_of(db, person_id, day):
        _take_duty(db, duty, successor_id, day)
        note("post", duty.post_id)
    for number in table.give_rectifications(db, person_id, successor_id, _OPEN):
        note(RECTIFICATIONS.thing, number)
    db.flush()
    editions.grow(db)


def end_duties(db: Session, actor: Actor, person_id: int, successor_id: int | None, now: datetime) -> None:
    """Whoever leaves stands at no post from today on: the successor does, or nobody; the codes stay."""
    day = local_day(now)
    for duty in table.duties_of(db, person_id, day):
        if successor_id is not None:
            _take_duty(db, duty, successor_id, day)
        else:
            duty.to_day = max(day, duty.from_day) - timedelta(days=1)
        target = f"person:{successor_id}" if successor_id is not None else ""
        steps.record(db, actor, "post", duty.post_id, "hand_over", now, source=f"person:{person_id}", target=target)
    db.flush()
    editions.grow(db)


def _take_duty(db: Session, duty: Duty, successor_id: int, day: date) -> None:
    """The post and its code stay; from `day` on another stands there. A duty that had not begun simply changes its person."""
    if duty.from_day >= day:
        duty.person_id = successor_id
        return
    db.add(Duty(post_id=duty.post_id, person_id=successor_id, from_day=day, to_day=duty.to_day))
    duty.to_day = day - timedelta(days=1)
