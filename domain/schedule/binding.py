"""Whom a task binds: the roles its row names, spread out over bodies, windows and people, by track (A20, B22, F05)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from domain.campaign.parts import Role

_BODY_KINDS: Mapping[str, tuple[str, ...]] = {
    "committee": ("committee",),
    "leading_group": ("leading_group", "committee"),
    "head": ("leading_group", "committee"),
    "deputy_head": ("leading_group", "committee"),
    "group_member": ("leading_group", "committee"),
    "leading_office": ("leading_office",),
    "branch": ("branch",),
    "branch_secretary": ("branch",),
    "accountable_person": ("branch",),
    "party_group": ("party_group",),
    "section": ("section",),
}
"""Role of the vocabulary → kinds of body that stand for it, the first kind there is. A leading group without a body of its own is
the committee: its head is the committee's secretary (seed A, 六)."""


@dataclass(frozen=True, slots=True)
class Subject:
    """Who owes: a body, a window or a person, never two of them. `key` is unique among all three."""

    body_id: int | None = None
    window_id: int | None = None
    person_id: int | None = None

    @property
    def key(self) -> str:
        if self.body_id is not None:
            return f"body:{self.body_id}"
        return f"window:{self.window_id}" if self.window_id is not None else f"person:{self.person_id}"


@dataclass(frozen=True, slots=True)
class Unit:
    """One body, window or person as the rule sees it: `kind` as in the tree, or `service_window`, `member`."""

    subject: Subject
    kind: str
    name: str
    track: str | None = None


def bound(by: Sequence[str], tracks: Sequence[str], roles: Mapping[str, Role], units: Sequence[Unit]) -> list[Subject]:
    """Everybody a task with these roles and tracks binds, each once, in the units' order.

    A role that bears a body's own name (“宣教科”) means that body alone. A unit without a track is bound by no task of a track.
    """
    chosen = {unit.subject for role_id in by for unit in _of_role(roles[role_id], units)} if by else set()
    wanted = set(tracks)
    return [unit.subject for unit in units if unit.subject in chosen and (not wanted or unit.track in wanted)]


def _of_role(role: Role, units: Sequence[Unit]) -> Iterator[Unit]:
    own = [unit for unit in units if unit.name in (role.name, role.seat) and unit.kind not in ("service_window", "member")]
    if own:
        yield from own
    elif role.kind in ("member", "service_window"):
        yield from (unit for unit in units if unit.kind == role.kind)
    else:
        there = {unit.kind for unit in units}
        kind = next((kind for kind in _BODY_KINDS.get(role.kind, ()) if kind in there), "")
        yield from (unit for unit in units if unit.kind == kind)
