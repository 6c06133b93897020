"""窗口: the list to choose from, and the office's keeping of windows, their services and promised limits (亮标准, B9, B14)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from domain.actor import About, Actor
from domain.bodies import NoSuchBody
from domain.calendar import local_day
from domain.errors import LostRace, NoSuchWindow, ReasonMissing
from domain.identity_refusals import NoSuchPerson
from domain.permissions import Can, ask
from domain.schedule.binding import Subject
from domain.window_facts import Facts, check
from domain.window_refusals import HeadStands, HonourStands, NameTaken, NumberTaken, WindowInUse
from models import people
from models import windows as table
from services import binding, register, steps


@dataclass(frozen=True)
class Listed:
    """A window as a list shows it: `place` is where to find it in the hall."""

    id: int
    number: int | None
    name: str
    place: str


def listed(db: Session) -> tuple[Listed, ...]:
    """All windows that serve, in the order of their numbers."""
    return tuple(Listed(row.id, row.number, row.name, row.place) for row in table.open_windows(db))


def branches(db: Session) -> tuple[tuple[int, str], ...]:
    """(id, name) of all branches, to choose from."""
    return tuple((row.id, row.name) for row in people.bodies_of(db, "branch"))


def sections(db: Session) -> tuple[tuple[int, str], ...]:
    """(id, name) of all sections, to choose from."""
    return tuple((row.id, row.name) for row in people.bodies_of(db, "section"))


@dataclass(frozen=True)
class Kept:
    """A window as the office keeps it; whoever changes it says which `version` he saw."""

    id: int
    facts: Facts
    branch_id: int | None
    section_id: int | None
    head: str
    is_model: bool
    version: int


def kept(db: Session, window_id: int) -> Kept:
    """Raises `NoSuchWindow`."""
    row = _window(db, window_id)
    services = tuple((one.name, one.standard, one.promised_limit) for one in table.services_of(db, window_id))
    facts = Facts(row.name, row.number, tuple(row.aliases), row.place, row.hours, row.phone, services)
    head = people.person(db, row.head_id) if row.head_id else None
    return Kept(row.id, facts, row.branch_id, row.section_id, head.name if head else "", row.is_model, row.version)


def keep(db: Session, actor: Actor, window_id: int, facts: Facts, version: int, now: datetime) -> None:
    """Change what the pages and plates say of it. Raises the refusals of `domain.window_facts`, `NameTaken`, `NumberTaken`, `LostRace`."""
    row = _window(db, window_id)
    ask(actor, Can.KEEP_WINDOWS, _about(row))
    check(facts)
    if row.version != version:
        raise LostRace()
    _free(db, facts, window_id)
    before = kept(db, window_id).facts
    _write(db, row, facts)
    what = "、".join(before.changed(facts)) or "没有改动"
    steps.record(db, actor, "window", window_id, "keep", now, why=what, seat=actor.acting)
    register.grow(db)


def open_new(db: Session, actor: Actor, facts: Facts, branch_id: int | None, now: datetime) -> int:
    """A new window; its number. Raises as `keep`."""
    ask(actor, Can.KEEP_WINDOWS, About(branch_id=branch_id))
    _under(db, branch_id, "branch")
    check(facts)
    _free(db, facts, None)
    row = table.ServiceWindow(name=facts.name, branch_id=branch_id)
    db.add(row)
    db.flush()
    _write(db, row, facts)
    steps.record(db, actor, "window", row.id, "open", now, why=facts.name, seat=actor.acting)
    register.grow(db)
    return row.id


def name_model(db: Session, actor: Actor, window_id: int, wanted: bool, why: str, now: datetime) -> None:
    """命名或撤销党员示范窗口. Raises `NoSuchWindow`, `ReasonMissing`, `HonourStands`."""
    row = _window(db, window_id)
    ask(actor, Can.NAME_MODEL, _about(row))
    if not why.strip():
        raise ReasonMissing()
    if row.is_model == wanted:
        raise HonourStands()
    row.is_model = wanted
    verb = "name" if wanted else "unname"
    steps.record(db, actor, "window", window_id, verb, now, target="model_window", why=why.strip()[:300], seat=actor.acting)
    register.grow(db)


def place_under(
    db: Session, actor: Actor, window_id: int, branch_id: int | None, section_id: int | None, head_id: int | None, version: int, now: datetime
) -> None:
    """移到另一个党支部、科室下面; a head for a window that has none, else the head is handed over (F09).

    Raises `NoSuchWindow`, `NoSuchBody`, `NoSuchPerson`, `HeadStands`, `LostRace`.
    """
    row = _window(db, window_id)
    ask(actor, Can.KEEP_WINDOWS, _about(row))
    if row.version != version:
        raise LostRace()
    if head_id is not None and row.head_id not in (None, head_id):
        raise HeadStands()
    branch, section = _under(db, branch_id, "branch"), _under(db, section_id, "section")
    _present(db, head_id, now)
    source = f"branch:{row.branch_id or 0}"
    row.branch_id, row.section_id, row.head_id = branch, section, head_id if head_id is not None else row.head_id
    db.flush()
    steps.record(db, actor, "window", window_id, "move", now, source=source, target=f"branch:{branch or 0}", seat=actor.acting)
    register.grow(db)


def close(db: Session, actor: Actor, window_id: int, why: str, now: datetime) -> None:
    """撤销: nobody rates it any more; what was rated and promised there stays. Raises `NoSuchWindow`, `ReasonMissing`, `WindowInUse`."""
    row = _window(db, window_id)
    ask(actor, Can.KEEP_WINDOWS, _about(row))
    if not why.strip():
        raise ReasonMissing()
    left = table.in_use(db, window_id, local_day(now))
    if left:
        raise WindowInUse(name=row.name, what="、".join(f"{what}{n}个" for what, n in left.items()))
    binding.let_go(db, actor, [Subject(window_id=row.id)], f"{row.name}已撤销", now)
    row.closed_on = local_day(now)
    db.flush()
    steps.record(db, actor, "window", window_id, "close", now, why=why.strip()[:300], seat=actor.acting)
    register.grow(db)


def _under(db: Session, body_id: int | None, kind: str) -> int | None:
    if body_id is None:
        return None
    if body_id not in {body.id for body in people.bodies_of(db, kind)}:
        raise NoSuchBody()
    return body_id


def _present(db: Session, person_id: int | None, now: datetime) -> None:
    person = people.person(db, person_id) if person_id is not None else None
    if person_id is not None and (person is None or (person.left_on is not None and person.left_on <= local_day(now))):
        raise NoSuchPerson()


def _free(db: Session, facts: Facts, window_id: int | None) -> None:
    """Neither name nor number is another window's."""
    named = table.named(db, facts.name)
    if named is not None and named.id != window_id:
        raise NameTaken(said=facts.name)
    numbered = table.numbered(db, facts.number) if facts.number is not None else None
    if numbered is not None and numbered.id != window_id:
        raise NumberTaken(said=facts.number)


def _write(db: Session, row: table.ServiceWindow, facts: Facts) -> None:
    row.name, row.number, row.aliases = facts.name, facts.number, list(facts.aliases)
    row.place, row.hours, row.phone = facts.place, facts.hours, facts.phone
    table.set_services(db, row.id, facts.services)


def _window(db: Session, window_id: int) -> table.ServiceWindow:
    row = table.window(db, window_id)
    if row is None or row.closed_on is not None:
        raise NoSuchWindow(said=window_id)
    return row


def _about(row: table.ServiceWindow) -> About:
    return About(branch_id=row.branch_id, window_id=row.id)
