"""承诺卷 record: one pledge with all that belongs to it, and one's own pledges as a list: what pages, API and chat show."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from domain import step_words
from domain.actor import Actor, Role
from domain.calendar import local_day
from domain.flow import Row
from domain.flows.amendments import AMENDMENTS
from domain.flows.pledges import PLEDGES
from domain.four_clears import Hint
from domain.permissions import may
from domain.pledge.standing import Standing, standing, standing_words
from domain.pledge.wording import Difference, Kind, Wording, differences
from models import amendments as amendment_table
from models import people
from models import pledges as table
from services import amendments, pledge_forms, pledge_progress, pledge_rows, pledge_works, steps
from services.pledge_forms import Form
from services.pledge_hands import about
from services.pledge_progress import Told

_IN_A_BATCH, _BEFORE_A_BATCH = frozenset({"approve", "return"}), frozenset({"give_back"})
"""Verbs that a chain with a batch does there, and that a chain without one does not know."""
_UNTOLD = frozenset({"save"})
"""Steps of writing are in the record of steps, not in the story that people read."""


@dataclass(frozen=True)
class Line:
    """A pledge in a list."""

    code: str
    key: int
    wording: Wording
    state: str
    unit: str
    standing: Standing | None
    percent: int
    opinion: str
    version: int

    @property
    def state_words(self) -> str:
        """Where it stands, in the words its author reads."""
        return standing_words(self.standing, self.state) or PLEDGES.name(self.state)


@dataclass(frozen=True)
class Version:
    """A published text; `changes` against the one before."""

    no: int
    published_on: date
    why: str
    wording: Wording
    changes: tuple[Difference, ...]


@dataclass(frozen=True)
class Change:
    """The amendment of the present version, if there is one."""

    state: str
    why: str
    opinion: str
    wording: Wording
    seen: int
    changes: tuple[Difference, ...]

    @property
    def state_words(self) -> str:
        return AMENDMENTS.name(self.state)


@dataclass(frozen=True)
class Happening:
    """One step of its story: when, who, as what, what, why."""

    at: datetime
    who: str
    seat: str
    what: str
    why: str


@dataclass(frozen=True)
class Record:
    """One pledge, whole. `verbs` are what this person may do now, as the flow's lines."""

    line: Line
    author: str
    kind: Kind
    meeting: str
    window_id: int | None
    form: Form
    is_own: bool
    hints: tuple[Hint, ...]
    verbs: tuple[Row, ...]
    versions: tuple[Version, ...]
    change: Change | None
    entries: tuple[Told, ...]
    story: tuple[Happening, ...]
    works: tuple[tuple[str, str], ...] = ()

    def may(self, verb: str) -> bool:
        return any(row.verb == verb for row in self.verbs)


def own(db: Session, actor: Actor, now: datetime, before: int = 0, most: int = 50) -> list[Line]:
    """One's own and one's units', the newest first; `before` is the last key of the page before."""
    units = pledge_forms.units_of(db, actor)
    rows = table.own(db, actor.person_id or 0, [unit.id for unit in units], before, most)
    return _lines(db, rows, local_day(now))


def one(db: Session, actor: Actor, code: str, now: datetime) -> Record:
    """A pledge that this person may read, whole. Raises `NoSuchPledge`."""
    pledge = _found(db, actor, code)
    form, wording = pledge_rows.form_of(db, pledge, now), pledge_rows.wording_of(pledge)
    author = people.person(db, pledge.author_id)
    amendment = amendment_table.latest(db, [pledge.id]).get(pledge.id)
    known, works = about(db, actor, pledge), pledge_works.of(db, pledge.id)
    elsewhere = _IN_A_BATCH if form.hands.compiled else _BEFORE_A_BATCH
    lines = pledge_rows.flow_of(form).verbs_from(pledge.state)
    return Record(
        line=_lines(db, [pledge], local_day(now))[0],
        author=author.name if author else "",
        kind=Kind(pledge.kind),
        meeting=pledge.meeting,
        window_id=pledge.window_id,
        form=form,
        is_own=pledge.author_id == actor.person_id or known.assigned,
        hints=form.hints(wording, linked=bool(works)),
        verbs=tuple(line for line in lines if line.verb not in elsewhere and may(actor, line.who, known)),
        versions=_versions(db, pledge.id),
        change=_change(amendment, wording),
        entries=tuple(pledge_progress.entries(db, pledge.id)),
        story=_story(db, pledge.id, amendment_table.ids_of(db, pledge.id)),
        works=works,
    )


def own_one(db: Session, actor: Actor, code: str, now: datetime) -> Record:
    """One's own or one's unit's, to be written on. Raises `NoSuchPledge`, to who may read it as well: only who may save opens the form."""
    pledge_rows.own_or_unknown(db, actor, code)
    return one(db, actor, code, now)


def _found(db: Session, actor: Actor, code: str) -> table.Pledge:
    """Own things are found as own, others' by the by-law; the two ways to say no look the same."""
    row = table.pledge(db, code)
    if row is not None and row.author_id == actor.person_id:
        return row
    return pledge_rows.readable(db, actor, code)


def _lines(db: Session, rows: Sequence[table.Pledge], today: date) -> list[Line]:
    changes = amendment_table.latest(db, [row.id for row in rows])
    units = people.bodies_by_id(db, [row.unit_id for row in rows if row.unit_id])
    return [
        Line(
            code=row.code,
            key=row.id,
            wording=pledge_rows.wording_of(row),
            state=row.state,
            unit=units[row.unit_id].name if row.unit_id else "",
            standing=standing(row.state, row.percent, row.deadline, today, amending=amendments.waits(changes.get(row.id))),
            percent=row.percent,
            opinion=row.opinion,
            version=row.version,
        )
        for row in rows
    ]


def _versions(db: Session, pledge_id: int) -> tuple[Version, ...]:
    rows = [(row, pledge_rows.wording_of(row)) for row in table.versions(db, pledge_id)]
    before = [None, *(wording for _, wording in rows)]
    return tuple(
        Version(row.no, row.published_on, row.why, wording, differences(earlier, wording) if earlier else ())
        for (row, wording), earlier in zip(rows, before, strict=False)
    )


def _change(row: amendment_table.Amendment | None, present: Wording) -> Change | None:
    if row is None or row.state == "published":
        return None
    after = pledge_rows.wording_of(row)
    return Change(row.state, row.why, row.opinion, after, row.version, differences(present, after))


def _story(db: Session, pledge_id: int, amendment_ids: Sequence[int]) -> tuple[Happening, ...]:
    """From the record of steps, the oldest first: the pledge's and its amendments'."""
    found = list(steps.history(db, PLEDGES.thing, pledge_id))
    found += [step for one in amendment_ids for step in steps.history(db, AMENDMENTS.thing, one)]
    told = sorted((step for step in found if step.verb not in _UNTOLD), key=lambda step: step.no)
    names = _names(db, [step.who for step in told])
    return tuple(
        Happening(
            at=step.at,
            who=names.get(step.who, "系统"),
            seat=Role(step.seat).chinese if step.seat else "",
            what=step_words.verb(step.thing, step.verb),
            why=step.why,
        )
        for step in told
    )


def _names(db: Session, marks: Iterable[str]) -> dict[str, str]:
    ids = {int(mark.removeprefix("person:")) for mark in marks if mark.startswith("person:")}
    return {f"person:{one.id}": one.name for one in people.people_by_id(db, tuple(ids)).values()}
