"""活动 campaigns: a checked file becomes rows, twice the same file changes nothing (F01); what is open today (A2)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from domain.actor import Actor
from domain.campaign.parts import Theme
from domain.campaign.records import Campaign, Phase, Task
from domain.errors import LostRace
from domain.permissions import Can, ask
from models import campaigns as table
from models import editions
from services import binding, definitions, steps

Verb = Literal["add", "change", "close"]
_VERBS: dict[Verb, str] = {"add": "新增", "change": "修改", "close": "关闭"}


@dataclass(frozen=True)
class Change:
    """One row that the file added, changed or closed. `fields` holds (column, before, after) of a change."""

    verb: Verb
    thing: str
    key: str
    title: str
    row_id: int
    fields: tuple[tuple[str, Any, Any], ...] = ()

    @property
    def why(self) -> str:
        """“due_on：2010-08-24 → 2010-08-31”, for the record of steps."""
        return "；".join("文件内容" if name == "text" else f"{name}：{_word(before)} → {_word(after)}" for name, before, after in self.fields)


@dataclass(frozen=True)
class Loaded:
    """What loading a file did; no changes when the same file is loaded again."""

    key: str
    row_id: int
    changes: tuple[Change, ...]

    def of(self, verb: Verb) -> list[Change]:
        return [change for change in self.changes if change.verb == verb]

    @property
    def summary(self) -> str:
        """“新增33项、修改0项、关闭0项”."""
        return "、".join(f"{word}{len(self.of(verb))}项" for verb, word in _VERBS.items())


@dataclass
class _Sync:
    """Brings the rows of one campaign in line with its file, and remembers what it did."""

    db: Session
    campaign_id: int
    now: datetime
    changes: list[Change] = field(default_factory=list)

    def bring(self, kind: type[table.Part], thing: str, wanted: Mapping[str, Mapping[str, Any]], title: str) -> dict[str, int]:
        """Add, change and close rows of one kind; key → row id. A row that is no longer wanted keeps its history."""
        there = table.parts(self.db, kind, self.campaign_id)
        for key, values in wanted.items():
            if key not in there:
                there[key] = row = kind(campaign_id=self.campaign_id, key=key, closed_at=None, **values)
                self.db.add(row)
                self.db.flush()
                self.changes.append(Change("add", thing, key, values[title], row.id))
            else:
                self._change(there[key], thing, {**values, "closed_at": None}, title)
        for key in there.keys() - wanted.keys():
            self._close(there[key], thing, title)
        return {key: row.id for key, row in there.items()}

    def _change(self, row: Any, thing: str, values: Mapping[str, Any], title: str) -> None:
        fields = _set(row, values)
        if fields:
            self.changes.append(Change("change", thing, row.key, getattr(row, title), row.id, fields))

    def _close(self, row: Any, thing: str, title: str) -> None:
        if row.closed_at is None:
            row.closed_at = self.now
            self.changes.append(Change("close", thing, row.key, getattr(row, title), row.id))


def load(db: Session, actor: Actor, campaign: Campaign, now: datetime) -> Loaded:
    """Bring the rows in line with a checked campaign (`domain.campaign_file.read_campaign`), by its id.

    Rows that the file no longer holds are closed, never deleted. Raises `NotAllowed`, and `LostRace` when another load
    of the same campaign was faster.
    """
    ask(actor, Can.LOAD_CAMPAIGN)
    try:
        loaded = _load(db, campaign, now)
    except (StaleDataError, IntegrityError) as lost:
        raise LostRace() from lost
    if loaded.changes:
        _record(db, actor, loaded, now)
        binding.keep_up(db, actor, loaded.key, now)
        editions.grow(db)
    return loaded


def current(db: Session, today: date) -> Sequence[table.CampaignRow]:
    """Every campaign whose course holds today, the newest first."""
    return table.running(db, today)


def latest(db: Session, most: int = 5) -> Sequence[table.CampaignRow]:
    """The newest campaigns, whether they run or not."""
    return table.every(db)[:most]


def titles(db: Session) -> dict[str, str]:
    """key → title of every campaign."""
    return {row.key: row.title for row in table.every(db)}


def open_phases(db: Session, key: str, today: date) -> Sequence[table.PhaseRow]:
    """Every phase of the campaign that is open today: two on 25 August 2010. Raises `NoSuchCampaign`."""
    return table.open_phases(db, definitions.row(db, key).id, today)


def definition(db: Session, key: str) -> Campaign:
    """The whole campaign as its file says: roles, chains, tracks, form, limits. Raises `NoSuchCampaign`.

    Raises `CampaignUnreadable` when the file was loaded by an older version and no longer passes the check.
    """
    return definitions.of_row(definitions.row(db, key))


def _load(db: Session, campaign: Campaign, now: datetime) -> Loaded:
    row, changes = _campaign(db, campaign)
    sync = _Sync(db, row.id, now, changes)
    phase_ids = sync.bring(table.PhaseRow, "phase", {phase.id: _phase(phase) for phase in campaign.phases}, "name")
    sync.bring(table.TaskRow, "task", {task.id: _task(rank, task, phase_ids) for rank, task in enumerate(campaign.tasks, 1)}, "title")
    sync.bring(table.ThemeRow, "theme", {theme.id: _theme(rank, theme) for rank, theme in enumerate(campaign.themes, 1)}, "text")
    db.flush()
    return Loaded(campaign.id, row.id, tuple(sync.changes))


def _campaign(db: Session, campaign: Campaign) -> tuple[table.CampaignRow, list[Change]]:
    """The campaign's own row, flushed first: of two loads at the same time one stops here."""
    values = {name: getattr(campaign, name) for name in ("title", "kind", "starts_on", "ends_on", "text")}
    row = table.campaign(db, campaign.id)
    fields: tuple[tuple[str, Any, Any], ...] = ()
    verb: Verb = "change"
    if row is None:
        verb, row = "add", table.CampaignRow(key=campaign.id, **values)
        db.add(row)
    else:
        fields = _set(row, values)
    db.flush()
    changed = [Change(verb, "campaign", campaign.id, campaign.title, row.id, fields)] if fields or verb == "add" else []
    return row, changed


def _phase(phase: Phase) -> dict[str, Any]:
    return {name: getattr(phase, name) for name in ("no", "name", "starts_on", "ends_on", "whole_course")} | {"wording": phase.when}


_TASK_FIELDS = ("title", "report_to", "approver", "starts_on", "ends_on", "due_on", "last_day", "deliverable", "carrier", "standing")


def _task(rank: int, task: Task, phase_ids: Mapping[str, int]) -> dict[str, Any]:
    values = {name: getattr(task, name) for name in _TASK_FIELDS}
    lists = {"by": list(task.by), "tracks": list(task.tracks)}
    return values | lists | {"rank": rank, "wording": task.when, "phase_id": phase_ids.get(task.phase)}


def _theme(rank: int, theme: Theme) -> dict[str, Any]:
    return {"rank": rank, "text": theme.text, "track": theme.track, "needs_schedule": theme.needs_schedule}


def _set(row: Any, values: Mapping[str, Any]) -> tuple[tuple[str, Any, Any], ...]:
    """Set what differs; (column, before, after) of each."""
    different = tuple((name, getattr(row, name), value) for name, value in values.items() if getattr(row, name) != value)
    for name, _before, after in different:
        setattr(row, name, after)
    return different


def _record(db: Session, actor: Actor, loaded: Loaded, now: datetime) -> None:
    """One step for the load, and one for each row that was there before and is different now."""
    seat = actor.seats[0].role if actor.seats else None
    steps.record(db, actor, "campaign", loaded.row_id, "load", now, why=loaded.summary, seat=seat)
    for change in loaded.changes:
        if change.verb != "add" and change.thing != "campaign":
            steps.record(db, actor, change.thing, change.row_id, change.verb, now, why=change.why, seat=seat)


def _word(value: Any) -> str:
    return "无" if value in (None, "", []) else str(value)[:60]
