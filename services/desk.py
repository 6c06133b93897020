"""工作台: what waits for me, most urgent first: gathered from the features; the console and the chat's 待办 read the same list."""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from sqlalchemy.orm import Session

from domain.actor import Actor
from domain.waiting import Waiting
from services import (
    cause_releases,
    extensions,
    flags,
    identity_requests,
    objection_desk,
    pledge_desk,
    rectification_list,
    seat_list,
    submissions,
    todos,
)

Source = Callable[[Session, Actor, datetime], Sequence[Waiting]]

SOURCES: tuple[Source, ...] = (
    rectification_list.waiting,
    pledge_desk.waiting,
    todos.waiting,
    submissions.waiting,
    extensions.waiting,
    identity_requests.for_desk,
    seat_list.waiting,
    cause_releases.waiting,
    objection_desk.waiting,
    flags.waiting,
)
"""Every feature that makes people wait adds its line here: `waiting(db, actor, now)`, in a bounded number of statements."""


def waiting(db: Session, actor: Actor, now: datetime) -> list[Waiting]:
    """All that waits for this person; what has no date stands last."""
    if actor.person_id is None:
        return []
    found = [one for source in SOURCES for one in source(db, actor, now)]
    return sorted(found, key=lambda one: (one.due or date.max, one.thing, one.number))
