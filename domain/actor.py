"""Who is acting, and as what: one person may hold several seats, an act is done as one of them (F09, F10)."""

from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """Roles of the permission matrix; `public` is anybody without an identity, `citizen` anybody with an openid."""

    PUBLIC = "public"
    CITIZEN = "citizen"
    MEMBER = "member"
    BRANCH_SECRETARY = "branch_secretary"
    COMMITTEE = "committee"
    LEADING_OFFICE = "leading_office"
    INSPECTOR = "inspector"
    AUDITOR = "auditor"
    OPERATOR = "operator"

    @property
    def chinese(self) -> str:
        return _CHINESE[self]


_CHINESE = {
    Role.PUBLIC: "公众",
    Role.CITIZEN: "群众",
    Role.MEMBER: "党员",
    Role.BRANCH_SECRETARY: "支部书记",
    Role.COMMITTEE: "局党委",
    Role.LEADING_OFFICE: "领导小组办公室",
    Role.INSPECTOR: "督查员",
    Role.AUDITOR: "审计员",
    Role.OPERATOR: "运维人员",
}


@dataclass(frozen=True, slots=True)
class Seat:
    """A role in a body, valid now; a seat whose term is over is never loaded (R28)."""

    role: Role
    body_id: int


@dataclass(frozen=True, slots=True)
class Actor:
    """The person behind a deed.

    `contact` is the keyed hash by which the house can write back, `rater` another keyed hash that marks this person's
    ratings. The two come from different keys, so that no table joins a person to a rating (design.md 5.2).
    """

    contact: str = ""
    rater: str = ""
    person_id: int | None = None
    name: str = ""
    branch_id: int | None = None
    seats: tuple[Seat, ...] = ()
    windows: frozenset[int] = field(default_factory=frozenset)

    @property
    def label(self) -> str:
        """How the record of steps names the actor: never an openid, never a citizen's hash; the command line by its seat."""
        if self.person_id:
            return f"person:{self.person_id}"
        if self.rater:
            return "citizen"
        return f"seat:{self.seats[0].role.value}" if self.seats else "public"

    @property
    def acting(self) -> Role | None:
        """The role of the seat that this person acts as: the first; None for whoever holds none."""
        return self.seats[0].role if self.seats else None

    @property
    def roles(self) -> frozenset[Role]:
        held = {seat.role for seat in self.seats}
        if self.person_id:
            held.add(Role.MEMBER)
        if self.rater:
            held.add(Role.CITIZEN)
        return frozenset(held | {Role.PUBLIC})

    def seat_of(self, role: Role) -> Seat | None:
        return next((seat for seat in self.seats if seat.role is role), None)


NOBODY = Actor()
"""A passer-by: no openid, no session."""


@dataclass(frozen=True, slots=True)
class About:
    """The facts of the thing a deed is about, as far as the by-law may ask. `subjects` are the people it is done to."""

    author_id: int | None = None
    branch_id: int | None = None
    window_id: int | None = None
    assigned: bool = False
    for_committee: bool = False
    doer_id: int | None = None
    subjects: frozenset[int] = frozenset()


NOTHING = About()
