"""配档表 schedule_table: task × who × when × deliverable × approver × state, per phase and for all; what is printed is what is shown (A25, F03)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy.orm import Session

from domain.actor import Actor
from domain.calendar import local_day
from domain.campaign.records import Campaign
from domain.flows.campaigns import CAMPAIGNS, CampaignState
from domain.flows.todos import OUTSTANDING, TodoState
from domain.permissions import Can, ask
from domain.schedule.due import TaskDue
from models import campaigns
from models import todos as todos_table
from models.campaigns import CampaignRow, PhaseRow, TaskRow
from services import binding, definitions


@dataclass
class Tally:
    """How far one task is, over all whom it binds."""

    bound: int = 0
    accepted: int = 0
    handed_in: int = 0
    missing: int = 0
    overdue: int = 0
    late: int = 0
    asked: int = 0
    paused: int = 0
    waived: int = 0

    @property
    def words(self) -> str:
        """“办结5、待审1、未报2（逾期1）”; “” when it binds nobody."""
        parts = [("办结", self.accepted), ("待审", self.handed_in), ("未报", self.missing), ("暂停", self.paused), ("免办", self.waived)]
        told = "、".join(f"{name}{n}{f'（逾期{self.overdue}）' if name == '未报' and self.overdue else ''}" for name, n in parts if n)
        waits = f"启动前过期待确认{self.asked}" if self.asked else ""
        return "；".join(part for part in (told, waits) if part)

    @property
    def done(self) -> bool:
        return self.bound > 0 and not (self.missing or self.handed_in or self.asked or self.paused)


@dataclass(frozen=True)
class Entry:
    """One row. `wording` is the document's, `due_on` what it resolves to; `firm` when the document itself names the day."""

    id: int
    key: str
    rank: int
    title: str
    phase_no: int
    phase: str
    who: str
    wording: str
    opens_on: date | None
    due_on: date | None
    firm: bool
    due_words: str
    deliverable: str
    report_to: str
    approver: str
    track: str
    carrier: str
    standing: bool
    lesson: str
    tally: Tally = field(default_factory=Tally)

    @property
    def state(self) -> str:
        return "经常性工作" if self.standing else self.tally.words


@dataclass(frozen=True)
class Band:
    """A phase and its days; tasks of no phase stand under number 0."""

    no: int
    name: str
    wording: str
    starts_on: date
    ends_on: date
    open_today: bool


@dataclass(frozen=True)
class Table:
    """The whole 配档表. `version` is what a change must still find."""

    id: int
    key: str
    title: str
    state: str
    chinese: str
    starts_on: date
    ends_on: date
    started_on: date | None
    document_no: str
    version: int
    bands: tuple[Band, ...]
    entries: tuple[Entry, ...]

    def of_phase(self, no: int) -> list[Entry]:
        return [entry for entry in self.entries if entry.phase_no == no]

    @property
    def running(self) -> bool:
        return self.state == CampaignState.RUNNING


def table(db: Session, actor: Actor, key: str, now: datetime) -> Table:
    """Raises `NoSuchCampaign`, `NotAllowed`."""
    ask(actor, Can.SEE_SCHEDULE)
    return drawn(db, definitions.row(db, key), local_day(now))


def drawn(db: Session, row: CampaignRow, today: date) -> Table:
    """The table of this campaign as of today, in five statements."""
    definition = definitions.of_row(row)
    phases = {phase.id: phase for phase in campaigns.phases(db, row.id)}
    tallies = _tallies(db, row.id, today)
    entries = [_entry(task, phases.get(task.phase_id or 0), row, definition, tallies) for task in campaigns.tasks(db, row.id)]
    return Table(
        id=row.id,
        key=row.key,
        title=row.title,
        state=row.state,
        chinese=CAMPAIGNS.name(row.state),
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        started_on=row.started_on,
        document_no=definition.basis.document_no,
        version=row.version,
        bands=tuple(_band(phase, today) for phase in phases.values()),
        entries=tuple(entries),
    )


def every(db: Session, actor: Actor) -> Sequence[CampaignRow]:
    """All campaigns, the newest course first. Raises `NotAllowed`."""
    ask(actor, Can.SEE_SCHEDULE)
    return campaigns.every(db)


def running(db: Session, actor: Actor) -> Sequence[CampaignRow]:
    """Those that run. Raises `NotAllowed`."""
    ask(actor, Can.SEE_SCHEDULE)
    return campaigns.in_state(db, CampaignState.RUNNING)


def _band(phase: PhaseRow, today: date) -> Band:
    return Band(phase.no, phase.name, phase.wording, phase.starts_on, phase.ends_on, phase.starts_on <= today <= phase.ends_on)


def _entry(task: TaskRow, phase: PhaseRow | None, row: CampaignRow, definition: Campaign, tallies: Mapping[int, Tally]) -> Entry:
    names = {role.id: role.name for role in definition.roles}
    due: TaskDue | None = None if task.standing else binding.due_of(task, phase, row)
    return Entry(
        id=task.id,
        key=task.key,
        rank=task.rank,
        title=task.title,
        phase_no=phase.no if phase else 0,
        phase=phase.name if phase else "",
        who="、".join(names.get(role, role) for role in task.by),
        wording=task.wording,
        opens_on=due.opens_on if due else None,
        due_on=due.due_on if due else None,
        firm=due.firm if due else False,
        due_words=due.words if due else "经常性工作，没有期限。",
        deliverable=task.deliverable,
        report_to=names.get(task.report_to, ""),
        approver=names.get(task.approver, ""),
        track="、".join(track.applies_to for track in definition.tracks if track.id in task.tracks),
        carrier=next((carrier.name for carrier in definition.carriers if carrier.id == task.carrier), ""),
        standing=task.standing,
        lesson=next((one.note for one in definition.tasks if one.id == task.key), ""),
        tally=tallies.get(task.id, Tally()),
    )


def _tallies(db: Session, campaign_id: int, today: date) -> dict[int, Tally]:
    tallies: dict[int, Tally] = {}
    for task_id, state, overdue, late, n in todos_table.counts(db, campaign_id, today):
        if state != TodoState.DROPPED:
            _count(tallies.setdefault(task_id, Tally()), state, bool(overdue), bool(late), n)
    return tallies


_COUNTED = {
    TodoState.ACCEPTED: "accepted",
    TodoState.HANDED_IN: "handed_in",
    TodoState.OPEN: "missing",
    TodoState.RETURNED: "missing",
    TodoState.ASKED: "asked",
    TodoState.PAUSED: "paused",
    TodoState.WAIVED: "waived",
}


def _count(tally: Tally, state: str, overdue: bool, late: bool, n: int) -> None:
    name = _COUNTED[TodoState(state)]
    setattr(tally, name, getattr(tally, name) + n)
    tally.bound += n
    tally.late += n * late
    tally.overdue += n * (overdue and state in OUTSTANDING)
