"""分类指导: a branch's track changes: tasks of the new one begin, open tasks of the old one end; seen before it is done (B22, F05)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from domain.actor import About, Actor
from domain.bodies import NoSuchBody, NoTrack, SameTrack, check_track, track_words
from domain.calendar import local_day
from domain.campaign.parts import Role
from domain.flows.campaigns import CampaignState
from domain.flows.todos import DONE, TODOS, TodoState
from domain.permissions import Can, ask
from domain.schedule.binding import Subject, Unit, bound
from models import bodies, campaigns, editions
from models import todos as table
from models.campaigns import CampaignRow, TaskRow
from models.people import Body
from models.todos import Todo
from services import accountable, binding, definitions, steps
from services.moves import move

_KEPT = frozenset({TodoState.HANDED_IN, *DONE})
"""Handed in or done: a change of track takes nothing away from what somebody has worked on."""


@dataclass(frozen=True)
class Effect:
    """What a change does to one task: `begins` and `ends` are how many units it comes to bind and lets go of."""

    campaign: str
    task: str
    begins: int
    ends: int


@dataclass(frozen=True)
class _Change:
    """One task with the subjects it comes to bind and lets go of."""

    campaign: CampaignRow
    task: TaskRow
    begins: frozenset[Subject]
    ends: frozenset[Subject]


def preview(db: Session, actor: Actor, body_id: int, track: str, now: datetime) -> list[Effect]:
    """Task by task, for running campaigns. Raises `NotAllowed`, `NoSuchBody`, `NoTrack`, `SameTrack`."""
    body = _branch(db, actor, body_id, track)
    return [_effect(db, one) for one in _changes(db, body, track or None, now)]


def change(db: Session, actor: Actor, body_id: int, track: str, now: datetime) -> list[Effect]:
    """Do it; whoever has a task more or less hears of it. Raises as `preview`."""
    body = _branch(db, actor, body_id, track)
    changes = list(_changes(db, body, track or None, now))
    effects = [_effect(db, one) for one in changes]
    why = f"分类指导：{track_words(body.track or '')} → {track_words(track)}"
    body.track = track or None
    db.flush()
    for one in changes:
        _let_go(db, actor, one, why, now)
    for row in {one.campaign.id: one.campaign for one in changes}.values():
        binding.keep_up(db, actor, row.key, now)
    steps.record(db, actor, "body", body.id, "change", now, why=why, seat=actor.acting)
    editions.grow(db)
    return effects


def _branch(db: Session, actor: Actor, body_id: int, track: str) -> Body:
    ask(actor, Can.KEEP_REGISTER)
    body = bodies.body(db, body_id)
    if body is None or body.closed_on is not None:
        raise NoSuchBody()
    if body.kind != "branch":
        raise NoTrack()
    check_track(track)
    if (body.track or "") == track:
        raise SameTrack(name=body.name, track=track_words(track))
    return body


def _changes(db: Session, body: Body, track: str | None, now: datetime) -> Iterator[_Change]:
    day = local_day(now)
    at = accountable.on(db, day)
    before, after = accountable.units(db, at, day), accountable.units(db, at, day, {body.id: track})
    for row in campaigns.in_state(db, CampaignState.RUNNING):
        roles = {role.id: role for role in definitions.of_row(row).roles}
        for task in campaigns.tasks(db, row.id):
            if not task.tracks or task.standing or task.closed_at is not None:
                continue
            was, will = _subjects(task, roles, before), _subjects(task, roles, after)
            if was != will:
                yield _Change(row, task, will - was, was - will)


def _subjects(task: TaskRow, roles: dict[str, Role], units: list[Unit]) -> frozenset[Subject]:
    return frozenset(bound(task.by, task.tracks, roles, units))


def _effect(db: Session, one: _Change) -> Effect:
    return Effect(one.campaign.title, one.task.title, len(one.begins), len(_ending(db, one)))


def _ending(db: Session, one: _Change) -> list[Todo]:
    keys = {subject.key for subject in one.ends}
    return [todo for todo in table.of_task(db, one.task.id) if todo.subject in keys and todo.state not in _KEPT]


def _let_go(db: Session, actor: Actor, one: _Change, why: str, now: datetime) -> None:
    at = accountable.on(db, local_day(now))
    for todo in _ending(db, one):
        hearers, words = binding.first_behind(at, todo), {"task": one.task.title}
        move(db, actor, TODOS, todo, "drop", now, about=About(), why=why, hearers=hearers, words=words)
