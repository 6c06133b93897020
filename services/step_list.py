"""查阅办理记录: the auditor reads all steps, everybody his own; told in the office's words, a page at a time (R31)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy.orm import Session

from domain import step_words
from domain.actor import Actor, Role
from domain.calendar import SHANGHAI
from domain.permissions import Can, ask
from models import people
from models import steps as table
from services import steps

MOST = 50
_PERSON = "person:"
_OTHERS = {"citizen": "群众", "public": "系统"}


@dataclass(frozen=True)
class Asked:
    """What is looked for; `name` is a person's whole name, days are those of Asia/Shanghai."""

    thing: str = ""
    name: str = ""
    since: date | None = None
    until: date | None = None
    before: int = 0


@dataclass(frozen=True)
class Told:
    """One step as it is read."""

    no: int
    at: datetime
    who: str
    seat: str
    thing: str
    thing_id: int
    verb: str
    source: str
    target: str
    why: str


def everyones(db: Session, actor: Actor, asked: Asked) -> list[Told]:
    """Raises `NotAllowed` for all but the auditor."""
    ask(actor, Can.READ_STEPS)
    labels = [f"{_PERSON}{person.id}" for person in people.people_named(db, asked.name)] if asked.name else []
    return _told(db, _found(db, asked, labels)) if labels or not asked.name else []


def own(db: Session, actor: Actor, asked: Asked) -> list[Told]:
    """What I did myself."""
    ask(actor, Can.SEE_DESK)
    return _told(db, _found(db, asked, [actor.label]))


def verify(db: Session, actor: Actor, key: bytes) -> steps.Verdict:
    """Walk the whole chain. Raises `NotAllowed` for all but the auditor."""
    ask(actor, Can.READ_STEPS)
    return steps.verify(db, key)


def _found(db: Session, asked: Asked, who: Sequence[str]) -> Sequence[table.Step]:
    since = _midnight(asked.since) if asked.since else None
    until = _midnight(asked.until + timedelta(days=1)) if asked.until else None
    return table.latest(db, thing=asked.thing, who=who, since=since, until=until, before=asked.before, most=MOST)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), SHANGHAI)


def _told(db: Session, rows: Sequence[table.Step]) -> list[Told]:
    ids = {int(row.who.removeprefix(_PERSON)) for row in rows if row.who.startswith(_PERSON)}
    names = {f"{_PERSON}{key}": person.name for key, person in people.people_by_id(db, sorted(ids)).items()}
    return [
        Told(
            no=row.no,
            at=row.at,
            who=names.get(row.who) or _OTHERS.get(row.who, "命令行"),
            seat=Role(row.seat).chinese if row.seat else "",
            thing=step_words.thing(row.thing),
            thing_id=row.thing_id,
            verb=step_words.verb(row.thing, row.verb),
            source=step_words.state(row.thing, row.source),
            target=step_words.state(row.thing, row.target),
            why=row.why,
        )
        for row in rows
    ]
