"""机构: the tree of bodies: add, rename, move, close; a body that people still hang on is not closed (F10)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from domain import bodies as rules
from domain.actor import Actor
from domain.bodies import BodyInUse, BodyNameTaken, NoSuchBody
from domain.calendar import local_day
from domain.permissions import Can, ask
from models import bodies as table
from models import editions, windows
from models.people import Body
from services import steps


@dataclass(frozen=True, slots=True)
class Node:
    """A body in the tree, `depth` steps below the top; a window stands under its section or branch."""

    id: int
    kind: str
    chinese: str
    name: str
    depth: int
    people: int
    parent_id: int | None
    track: str


def tree(db: Session, day: date) -> tuple[Node, ...]:
    """The whole tree, each body above those below it; windows last under their body."""
    rows, people = table.standing(db, day), table.members(db, day)
    below: dict[int | None, list[Body]] = {}
    known = {row.id for row in rows}
    for row in rows:
        below.setdefault(row.parent_id if row.parent_id in known else None, []).append(row)
    served: dict[int | None, list[windows.ServiceWindow]] = {}
    for window in windows.open_windows(db):
        served.setdefault(window.section_id or window.branch_id, []).append(window)
    return tuple(_walk(None, 0, below, served, people))


def _walk(
    parent: int | None, depth: int, below: dict[int | None, list[Body]], served: dict[int | None, list[windows.ServiceWindow]], people: dict[int, int]
) -> Iterator[Node]:
    for row in below.get(parent, []):
        yield Node(row.id, row.kind, rules.KINDS.get(row.kind, ""), row.name, depth, people.get(row.id, 0), row.parent_id, row.track or "")
        yield from _walk(row.id, depth + 1, below, served, people)
    for window in served.get(parent, []) if parent else []:
        name = f"{window.number}号窗口（{window.name}）" if window.number else window.name
        yield Node(window.id, "service_window", "窗口", name, depth, 0, parent, "")


def node_of(nodes: Sequence[Node], body_id: int) -> Node:
    """Raises `NoSuchBody`."""
    found = next((node for node in nodes if node.id == body_id and node.kind in rules.KINDS), None)
    if found is None:
        raise NoSuchBody()
    return found


def add(db: Session, actor: Actor, kind: str, name: str, parent_id: int | None, now: datetime, track: str = "") -> int:
    """A new body below its parent. Raises `NotAllowed`, `WrongParent`, `BodyNameMissing`, `BodyNameTaken`, `NoSuchBody`."""
    ask(actor, Can.KEEP_REGISTER)
    parent = _standing(db, parent_id, now) if parent_id else None
    rules.check_parent(kind, parent.kind if parent else None)
    body = Body(kind=kind, name=rules.plain_name(name), parent_id=parent_id, track=track.strip()[:40] or None)
    _flush_named(db, body, new=True)
    _record(db, actor, body.id, "add", now, target=f"body:{parent_id or 0}")
    editions.grow(db)
    return body.id


def rename(db: Session, actor: Actor, body_id: int, name: str, now: datetime) -> None:
    """Raises as `add`."""
    ask(actor, Can.KEEP_REGISTER)
    body = _standing(db, body_id, now)
    plain = rules.plain_name(name)
    if plain == body.name:
        return
    before, body.name = body.name, plain
    _flush_named(db, body)
    _record(db, actor, body.id, "rename", now, why=f"{before} → {plain}")
    editions.grow(db)


def move(db: Session, actor: Actor, body_id: int, parent_id: int, now: datetime) -> None:
    """Below another parent; never below itself. Raises `UnderItself`, `WrongParent`, `NoSuchBody`."""
    ask(actor, Can.KEEP_REGISTER)
    body, parent = _standing(db, body_id, now), _standing(db, parent_id, now)
    rules.check_move(body.id, parent.id, {row.id: row.parent_id for row in table.standing(db, local_day(now))})
    rules.check_parent(body.kind, parent.kind)
    before, body.parent_id = body.parent_id, parent.id
    _record(db, actor, body.id, "move", now, source=f"body:{before or 0}", target=f"body:{parent.id}")


def close(db: Session, actor: Actor, body_id: int, now: datetime) -> None:
    """撤销: it takes nobody any more; its past stays. Raises `BodyInUse`."""
    ask(actor, Can.KEEP_REGISTER)
    body = _standing(db, body_id, now)
    left = table.hangs_on(db, body.id, local_day(now))
    if left:
        raise BodyInUse(name=body.name, what="、".join(f"{what}{n}{'人' if what == '人员' else '个'}" for what, n in left.items()))
    body.closed_on = local_day(now)
    _record(db, actor, body.id, "close", now)
    editions.grow(db)


def _standing(db: Session, body_id: int | None, now: datetime) -> Body:
    body = table.body(db, body_id) if body_id else None
    if body is None or (body.closed_on is not None and body.closed_on <= local_day(now)):
        raise NoSuchBody()
    return body


def _flush_named(db: Session, body: Body, new: bool = False) -> None:
    """The name is a unique row: the constraint's answer is the refusal."""
    name = body.name
    try:
        with db.begin_nested():
            if new:
                db.add(body)
            db.flush()
    except IntegrityError:
        raise BodyNameTaken(name=name) from None


def _record(db: Session, actor: Actor, body_id: int, verb: str, now: datetime, source: str = "", target: str = "", why: str = "") -> None:
    steps.record(db, actor, "body", body_id, verb, now, source=source, target=target, why=why, seat=actor.seats[0].role if actor.seats else None)
