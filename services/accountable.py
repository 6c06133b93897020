"""直接责任人 accountable_person: who stands behind a body, a window or a person today, and above them (A20, F09).

Asked by the day: when a seat changes hands, what its body owes goes with it, and nothing has to be moved.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from domain.actor import About, Actor, Role
from domain.schedule.binding import Subject, Unit
from models import people, windows
from models.people import Body
from models.todos import Todo
from models.windows import ServiceWindow

_ROLE_OF_KIND = {"branch": Role.BRANCH_SECRETARY, "committee": Role.COMMITTEE, "leading_office": Role.LEADING_OFFICE}


@dataclass(frozen=True)
class Accountable:
    """The tree with its seats as on one day. `held` is (body, role) → people, the eldest seat first."""

    bodies: Mapping[int, Body]
    windows: Mapping[int, ServiceWindow]
    held: Mapping[tuple[int, str], tuple[int, ...]]
    branch_of_section: Mapping[int, int]

    def behind(self, todo: Todo) -> tuple[int, ...]:
        """Who answers for it, the first one first; nobody when the seat is empty."""
        if todo.person_id is not None:
            return (todo.person_id,)
        if todo.window_id is not None:
            head = self.windows[todo.window_id].head_id
            return (head,) if head else ()
        return self.of_body(todo.body_id) if todo.body_id else ()

    def of_body(self, body_id: int) -> tuple[int, ...]:
        """The holders of the seat that answers for this kind of body; a section without a seat is its branch secretary's."""
        body = self.bodies[body_id]
        role = _ROLE_OF_KIND.get(body.kind)
        if role is not None:
            return self.held.get((body_id, role.value), ())
        seated = tuple(person for (held_in, _), persons in self.held.items() if held_in == body_id for person in persons)
        branch_id = self.branch_of_section.get(body_id, body.parent_id)
        return seated or self.held.get((branch_id or 0, Role.BRANCH_SECRETARY.value), ())

    def above(self, todo: Todo, branch_of: Mapping[int, int | None]) -> tuple[int, ...]:
        """The next ones up: for a member, a window, a section the branch's secretary; for a branch the office; for the office the committee."""
        kind = self.bodies[todo.body_id].kind if todo.body_id else ""
        if kind == "leading_office":
            return self._all(Role.COMMITTEE)
        if kind in ("branch", "committee", "leading_group"):
            return self._all(Role.LEADING_OFFICE)
        branch_id = self.branch_id(todo, branch_of)
        secretaries = self.held.get((branch_id or 0, Role.BRANCH_SECRETARY.value), ())
        return secretaries if secretaries and set(secretaries) != set(self.behind(todo)) else self._all(Role.LEADING_OFFICE)

    def branch_id(self, todo: Todo, branch_of: Mapping[int, int | None]) -> int | None:
        """The branch it belongs to; `branch_of` is person → branch."""
        if todo.body_id is not None:
            return todo.body_id if self.bodies[todo.body_id].kind == "branch" else self.branch_of_section.get(todo.body_id)
        return self.windows[todo.window_id].branch_id if todo.window_id is not None else branch_of.get(todo.person_id or 0)

    def subjects_of(self, actor: Actor) -> list[str]:
        """Everything this person answers for today: himself, his seats' bodies, the windows he heads."""
        if actor.person_id is None:
            return []
        own = [Subject(person_id=actor.person_id)]
        own += [Subject(body_id=body_id) for body_id in self.bodies if actor.person_id in self.of_body(body_id)]
        own += [Subject(window_id=window.id) for window in self.windows.values() if window.head_id == actor.person_id]
        return [subject.key for subject in own]

    def subjects_of_branch(self, branch_id: int) -> list[str]:
        """The branch itself, its sections and its windows."""
        sections = [section for section, branch in self.branch_of_section.items() if branch == branch_id]
        own = [Subject(body_id=body_id).key for body_id in (branch_id, *sections)]
        return own + [Subject(window_id=window.id).key for window in self.windows.values() if window.branch_id == branch_id]

    def about(self, actor: Actor, todo: Todo, branch_of: Mapping[int, int | None], **more: object) -> About:
        """What the by-law may ask of a todo. Its branch counts as such only for what is below the branch: no secretary decides on his own."""
        is_branch = todo.body_id is not None and self.bodies[todo.body_id].kind == "branch"
        return About(
            branch_id=None if is_branch else self.branch_id(todo, branch_of),
            assigned=actor.person_id is not None and actor.person_id in self.behind(todo),
            **more,  # type: ignore[arg-type]
        )

    def name(self, todo: Todo, names: Mapping[int, str]) -> str:
        """“机关第一党支部”; `names` is person → name."""
        if todo.body_id is not None:
            return self.bodies[todo.body_id].name
        return self.windows[todo.window_id].name if todo.window_id is not None else names.get(todo.person_id or 0, "")

    def _all(self, role: Role) -> tuple[int, ...]:
        return tuple(dict.fromkeys(person for (_, held), persons in self.held.items() if held == role.value for person in persons))


def on(db: Session, day: date) -> Accountable:
    """Four small statements, whatever the bureau's size."""
    held: dict[tuple[int, str], tuple[int, ...]] = {}
    for seat in people.seats_of_all(db, day):
        held[seat.body_id, seat.role] = (*held.get((seat.body_id, seat.role), ()), seat.person_id)
    return Accountable(
        bodies={body.id: body for body in people.bodies(db)},
        windows={window.id: window for window in windows.windows(db)},
        held=held,
        branch_of_section=people.branches_of_sections(db),
    )


def units(db: Session, at: Accountable, day: date, changed: Mapping[int, str | None] | None = None) -> list[Unit]:
    """Everything a task can bind. A window, a section and a member have the track of their branch; `changed` are tracks as they would be."""
    tracks = {body.id: body.track for body in at.bodies.values()} | dict(changed or {})
    found = [Unit(Subject(body_id=body.id), body.kind, body.name, _track(body.id, at, tracks)) for body in at.bodies.values()]
    found += [
        Unit(Subject(window_id=one.id), "service_window", one.name, tracks.get(one.branch_id or 0))
        for one in at.windows.values()
        if one.closed_on is None
    ]
    return found + [Unit(Subject(person_id=one.id), "member", one.name, tracks.get(one.branch_id or 0)) for one in people.serving(db, day)]


def _track(body_id: int, at: Accountable, tracks: Mapping[int, str | None]) -> str | None:
    return tracks[body_id] or tracks.get(at.branch_of_section.get(body_id, 0))


def branches_of(db: Session, todos: Iterable[Todo]) -> dict[int, int | None]:
    """person → branch, for the todos of persons among these."""
    ids = sorted({todo.person_id for todo in todos if todo.person_id is not None})
    return {person.id: person.branch_id for person in people.people_by_id(db, ids).values()} if ids else {}


def names_of(db: Session, todos: Iterable[Todo]) -> dict[int, str]:
    """person → name, for the todos of persons among these."""
    ids = sorted({todo.person_id for todo in todos if todo.person_id is not None})
    return {person.id: person.name for person in people.people_by_id(db, ids).values()} if ids else {}
