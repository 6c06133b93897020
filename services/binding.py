"""启动活动: a campaign that runs binds units and people; what was overdue before the start is asked, not chased (A1, A20, F02, F05)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from domain.actor import About, Actor
from domain.calendar import local_day
from domain.flows.campaigns import CAMPAIGNS, CampaignState
from domain.flows.todos import DONE, TODOS, TodoState
from domain.permissions import Can, ask
from domain.schedule.binding import Subject, bound
from domain.schedule.due import Frame, TaskDue, task_due
from models import campaigns
from models import todos as table
from models.campaigns import CampaignRow, PhaseRow, TaskRow
from models.todos import Todo
from services import accountable, definitions, letters
from services.accountable import Accountable
from services.moves import move


@dataclass(frozen=True)
class Binding:
    """One task of the table, its due day, and whom it binds; `overdue` when the day is over before the campaign runs."""

    task: TaskRow
    due: TaskDue
    subjects: tuple[Subject, ...]
    overdue: bool


@dataclass(frozen=True)
class Started:
    """What starting did: new todos, those that wait for the office's word, tasks that bind nobody."""

    opened: int
    asked: int
    unbound: tuple[str, ...]


def preview(db: Session, actor: Actor, key: str, now: datetime) -> list[Binding]:
    """What `start` would do, task by task. Raises `NoSuchCampaign`, `NotAllowed`."""
    ask(actor, Can.LOAD_CAMPAIGN)
    return _bindings(db, definitions.row(db, key), local_day(now), accountable.on(db, local_day(now)))


def start(db: Session, actor: Actor, key: str, now: datetime) -> Started:
    """From now on the campaign binds. Whoever has something to do hears of it once. Raises `NotNow` when it runs already."""
    row = definitions.row(db, key)
    row.started_on = local_day(now)
    move(db, actor, CAMPAIGNS, row, "start", now, about=About())
    bindings, at, _ = _bind(db, row, now)
    todos = table.of_campaign(db, row.id)
    _announce(db, row, todos, at, now)
    asked = sum(todo.state == TodoState.ASKED for todo in todos)
    return Started(len(todos) - asked, asked, tuple(one.task.title for one in bindings if not one.subjects))


def close(db: Session, actor: Actor, key: str, now: datetime) -> None:
    """结束: nobody is reminded any more; what was handed in stays."""
    move(db, actor, CAMPAIGNS, definitions.row(db, key), "close", now, about=About())


def keep_up(db: Session, actor: Actor, key: str, now: datetime) -> None:
    """Bring the todos of a running campaign in line with its table and with who is there: new ones, moved days, dropped tasks."""
    row = definitions.row(db, key)
    if row.state != CampaignState.RUNNING:
        return
    bindings, at, new = _bind(db, row, now)
    by_task = {one.task.id: one for one in bindings}
    keys = {one.task.id: {subject.key for subject in one.subjects} for one in bindings}
    todos = table.of_campaign(db, row.id)
    _tell_of_new(db, [todo for todo in todos if todo.id in new], by_task, at, now)
    for todo in todos:
        binding = by_task.get(todo.task_id)
        if binding is None:
            _drop(db, actor, todo, at, now)
        else:
            if todo.state == TodoState.DROPPED and todo.subject in keys[todo.task_id]:
                words = {"task": binding.task.title}
                move(db, actor, TODOS, todo, "revive", now, about=About(), hearers=first_behind(at, todo), words=words)
            _follow(db, todo, binding, at, now)


def keep_up_all(db: Session, now: datetime) -> int:
    """Every running campaign, for those who joined since: what the clock does each day. How many there are."""
    rows = campaigns.in_state(db, CampaignState.RUNNING)
    for row in rows:
        bindings, at, new = _bind(db, row, now)
        if new:
            added = [todo for todo in table.of_campaign(db, row.id) if todo.id in new]
            _tell_of_new(db, added, {one.task.id: one for one in bindings}, at, now)
    return len(rows)


def due_of(task: TaskRow, phase: PhaseRow | None, campaign: CampaignRow) -> TaskDue:
    """When the task is due, in words."""
    frame = Frame(campaign.starts_on, campaign.ends_on)
    if phase is not None:
        frame = Frame(campaign.starts_on, campaign.ends_on, phase.name, phase.starts_on, phase.ends_on)
    return task_due(task.wording, task.starts_on, task.last_day, frame)


def _bindings(db: Session, row: CampaignRow, today: date, at: Accountable) -> list[Binding]:
    roles = {role.id: role for role in definitions.of_row(row).roles}
    phases: Mapping[int | None, PhaseRow] = {phase.id: phase for phase in campaigns.phases(db, row.id)}
    units = accountable.units(db, at, today)
    found = []
    for task in campaigns.tasks(db, row.id):
        if not task.standing:
            due = due_of(task, phases.get(task.phase_id), row)
            found.append(Binding(task, due, tuple(bound(task.by, task.tracks, roles, units)), due.due_on < today))
    return found


def _bind(db: Session, row: CampaignRow, now: datetime) -> tuple[list[Binding], Accountable, set[int]]:
    """Write down the todos that are not there yet; (all bindings, who stands behind, ids of the new todos)."""
    at = accountable.on(db, local_day(now))
    bindings = _bindings(db, row, local_day(now), at)
    there = table.keys_of(db, row.id)
    wanted = [(one, subject) for one in bindings for subject in one.subjects if (one.task.id, subject.key) not in there]
    new = table.add_missing(db, [_row(row.id, one, subject) for one, subject in wanted])
    return bindings, at, set(new)


def _row(campaign_id: int, binding: Binding, subject: Subject) -> dict[str, Any]:
    due = binding.due
    return {
        "campaign_id": campaign_id,
        "task_id": binding.task.id,
        "subject": subject.key,
        "body_id": subject.body_id,
        "window_id": subject.window_id,
        "person_id": subject.person_id,
        "state": (TodoState.ASKED if binding.overdue else TODOS.start).value,
        "opens_on": due.opens_on,
        "due_on": due.due_on,
        "firm": due.firm,
        "due_words": due.words,
        "own_day": False,
        "late": False,
        "version": 1,
    }


def _announce(db: Session, row: CampaignRow, todos: Sequence[Todo], at: Accountable, now: datetime) -> None:
    """One letter for each person, whatever number of tasks."""
    owed: dict[int, list[Todo]] = {}
    for todo in todos:
        for person_id in at.behind(todo) if todo.state == TodoState.OPEN else ():
            owed.setdefault(person_id, []).append(todo)
    drafts = []
    for person_id, mine in owed.items():
        words = {"campaign": row.title, "n": len(mine), "due": min(todo.due_on for todo in mine).isoformat()}
        drafts.append(letters.Draft(f"campaign:{row.id}:start:{person_id}", "campaign_start", words, person_id=person_id))
    letters.write_many(db, drafts, now)


def _tell_of_new(db: Session, todos: Sequence[Todo], by_task: Mapping[int, Binding], at: Accountable, now: datetime) -> None:
    """What came into the table after the start; of what is overdue already nobody hears before the office has spoken."""
    drafts = []
    for todo in todos:
        words = {"task": by_task[todo.task_id].task.title, "due": todo.due_on.isoformat()}
        for person_id in at.behind(todo) if todo.state == TodoState.OPEN else ():
            drafts.append(letters.Draft(f"todo:{todo.id}:new:{person_id}", "todo_new", words, person_id=person_id))
    letters.write_many(db, drafts, now)


def _drop(db: Session, actor: Actor, todo: Todo, at: Accountable, now: datetime) -> None:
    if todo.state in DONE:
        return
    task = campaigns.task(db, todo.task_id)
    words = {"task": task.title if task else ""}
    move(db, actor, TODOS, todo, "drop", now, about=About(), why="配档表撤销了这项任务", hearers=first_behind(at, todo), words=words)


def _follow(db: Session, todo: Todo, binding: Binding, at: Accountable, now: datetime) -> None:
    """Take over the table's day, unless this todo has a day of its own (an extension) or is done."""
    if todo.own_day or todo.state in DONE or todo.due_on == binding.due.due_on:
        return
    before = todo.due_on
    todo.opens_on, todo.due_on, todo.firm, todo.due_words = binding.due.opens_on, binding.due.due_on, binding.due.firm, binding.due.words
    db.flush()
    words = {"task": binding.task.title, "before": before.isoformat(), "due": todo.due_on.isoformat()}
    for person_id in at.behind(todo):
        letters.write(db, letters.Draft(f"todo:{todo.id}:moved:{todo.version}:{person_id}", "todo_moved", words, person_id=person_id), now)


def let_go(db: Session, actor: Actor, subjects: Sequence[Subject], why: str, now: datetime) -> int:
    """Nobody is left to do it: what these bodies, windows or persons have not handed in is dropped; how many."""
    if not subjects:
        return 0
    at = accountable.on(db, local_day(now))
    open_states = [state.value for state in TodoState if state not in DONE and state is not TodoState.HANDED_IN]
    found = table.of_subjects(db, [subject.key for subject in subjects], open_states)
    for todo, task, _ in found:
        move(db, actor, TODOS, todo, "drop", now, about=About(), why=why, hearers=first_behind(at, todo), words={"task": task.title})
    return len(found)


def take_up(db: Session, actor: Actor, now: datetime) -> None:
    """Somebody is there again: what was dropped for want of him comes back, in every running campaign."""
    for row in campaigns.in_state(db, CampaignState.RUNNING):
        keep_up(db, actor, row.key, now)


def first_behind(at: Accountable, todo: Todo) -> dict[str, int | None]:
    """Who hears of a move."""
    return {"accountable": next(iter(at.behind(todo)), None)}
