"""改配档表: by page or by workbook; first shown with what changes and who will be told what, then applied to what was shown (F03)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from domain.actor import Actor
from domain.calendar import local_day
from domain.campaign.records import Campaign, Task
from domain.campaign.writing import write_campaign
from domain.campaign_file import read_campaign, render_findings
from domain.errors import LostRace
from domain.flows.campaigns import CampaignState
from domain.flows.todos import DONE, TodoState
from domain.permissions import Can, ask
from domain.quoting import inner
from domain.roster.records import Grid, Note
from domain.schedule import edits, sheet
from domain.schedule.edits import Differences
from domain.schedule.refusals import ChangeUnsound, NothingChanged
from models import people
from models import todos as todos_table
from models.campaigns import CampaignRow
from services import accountable, campaigns, definitions
from services.campaigns import Loaded


@dataclass(frozen=True)
class Told:
    """One person and the sentence he would get."""

    person_id: int
    name: str
    words: str


@dataclass(frozen=True)
class Proposal:
    """A change before it is made. `version` is of the table it was made for; `faults` and `findings` keep it from being applied."""

    key: str
    version: int
    differences: Differences
    told: tuple[Told, ...]
    faults: tuple[Note, ...]
    findings: str
    missing: tuple[Task, ...]
    campaign: Campaign | None

    @property
    def sound(self) -> bool:
        return not self.faults and self.campaign is not None and not self.differences.none


def of_row(db: Session, actor: Actor, key: str, task_key: str, values: Mapping[str, Any], now: datetime) -> Proposal:
    """One row changed by page: `values` are of `edits.FIELDS`. Raises `NoSuchCampaign`, `NoSuchTask`, `NotAllowed`."""
    ask(actor, Can.KEEP_SCHEDULE)
    row = definitions.row(db, key)
    before = definitions.of_row(row)
    return _proposed(db, row, before, edits.edited(before, task_key, values), now)


def of_sheet(db: Session, actor: Actor, key: str, grids: Sequence[Grid], drop_missing: bool, now: datetime) -> Proposal:
    """A workbook that came back. Rows it lacks are named, and dropped only when that was asked for."""
    ask(actor, Can.KEEP_SCHEDULE)
    row = definitions.row(db, key)
    before = definitions.of_row(row)
    reading = sheet.read_table(grids, before, drop_missing)
    return _proposed(db, row, before, reading.campaign, now, tuple(reading.faults), reading.missing)


def sheet_rows(db: Session, actor: Actor, key: str) -> list[tuple[str, ...]]:
    """The rows that go out to be changed, under `domain.schedule.sheet.HEADINGS`."""
    ask(actor, Can.SEE_SCHEDULE)
    return sheet.rows_of(definitions.of_row(definitions.row(db, key)))


def apply(db: Session, actor: Actor, proposal: Proposal, version: int, now: datetime) -> Loaded:
    """Make the change that was shown. Raises `LostRace` when the table has changed since, `ChangeUnsound`, `NothingChanged`."""
    ask(actor, Can.KEEP_SCHEDULE)
    if not proposal.version == version == definitions.row(db, proposal.key).version:
        raise LostRace()
    if proposal.faults or proposal.campaign is None:
        raise ChangeUnsound()
    if proposal.differences.none:
        raise NothingChanged()
    return campaigns.load(db, actor, proposal.campaign, now)


def _proposed(
    db: Session,
    row: CampaignRow,
    before: Campaign,
    after: Campaign,
    now: datetime,
    faults: tuple[Note, ...] = (),
    missing: tuple[Task, ...] = (),
) -> Proposal:
    """What stands in the changed file is read again, as if it had been typed: nothing gets in that a file could not hold."""
    sound, findings = read_campaign(write_campaign(after), "配档表")
    difference = edits.differences(before, sound or after)
    told = _told(db, row, difference, sound, now) if sound and row.state == CampaignState.RUNNING else ()
    errors = render_findings([one for one in findings if one.severity == "error"]) if sound is None else ""
    return Proposal(row.key, row.version, difference, tuple(told), faults, errors, missing, sound)


def _told(db: Session, row: CampaignRow, difference: Differences, after: Campaign, now: datetime) -> list[Told]:
    """Who hears what: those who owe what moves or goes. Whoever has a day of his own, or is done, is left in peace."""
    days = {task.id: task.last_day for task in after.tasks if task.id in difference.moved()}
    gone = {task.id for task in difference.removed}
    at, found = accountable.on(db, local_day(now)), dict[tuple[int, str], None]()
    for todo, task, _ in todos_table.page_of_campaign(db, row.id, _WITHOUT_END):
        words = _sentence(task.title, days.get(task.key), task.key in gone, todo.own_day, task.key in days)
        for person_id in at.behind(todo) if words else ():
            found[person_id, words] = None
    names = {one.id: one.name for one in people.people_by_id(db, sorted({person_id for person_id, _ in found})).values()}
    return [Told(person_id, names.get(person_id, ""), words) for person_id, words in found]


_WITHOUT_END = frozenset(TodoState) - DONE


def _sentence(title: str, day: date | None, gone: bool, own_day: bool, moved: bool) -> str:
    if gone:
        return f"“{inner(title)}”已从配档表撤销，不用再报送。"
    if not moved or own_day:
        return ""
    return f"“{inner(title)}”的截止日期改为{day.isoformat()}。" if day else f"“{inner(title)}”不再有单独的期限。"
