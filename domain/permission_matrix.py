"""The by-law spread out: role × deed × whose thing it is; printed in docs/permissions.md and walked by the tests (R25)."""

from dataclasses import dataclass

from domain.actor import About, Actor, Role, Seat
from domain.permissions import Can, may

ME, ANOTHER, MY_BRANCH, OTHER_BRANCH, MY_WINDOW, OTHER_WINDOW = 1, 2, 10, 20, 100, 200


@dataclass(frozen=True)
class Case:
    """Whose thing: own, same branch, other branch. (Absent things never reach the by-law: they are `Unknown` before.)"""

    name: str
    about: About


CASES = (
    Case("本", About(author_id=ME, branch_id=MY_BRANCH, window_id=MY_WINDOW)),
    Case("支", About(author_id=ANOTHER, branch_id=MY_BRANCH, window_id=OTHER_WINDOW)),
    Case("任", About(author_id=ANOTHER, branch_id=OTHER_BRANCH, window_id=OTHER_WINDOW)),
)


def actor_in(role: Role) -> Actor:
    """Somebody who holds just this role, serves a window when he is staff, and has a phone unless he is a passer-by."""
    if role is Role.PUBLIC:
        return Actor()
    if role is Role.CITIZEN:
        return Actor(rater="r")
    seats = () if role is Role.MEMBER else (Seat(role, MY_BRANCH),)
    return Actor(rater="r", person_id=ME, branch_id=MY_BRANCH, seats=seats, windows=frozenset({MY_WINDOW}))


def matrix() -> tuple[tuple[Role, ...], dict[tuple[Can, Role], str]]:
    """(roles, cell per deed and role): which of the cases are granted, “—” for none."""
    roles = tuple(Role)
    cells = {(deed, role): "".join(case.name for case in CASES if may(actor_in(role), deed, case.about)) or "—" for deed in Can for role in roles}
    return roles, cells
