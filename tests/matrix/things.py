"""Things that addresses name: for each argument of a route, how to make one that is mine, my branch's, another branch's.

A route that takes an id and has no line here fails tests/matrix: add (blueprint, argument) to LINES.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from secrets import token_hex

from domain.actor import About, Actor
from domain.calendar import local_day
from domain.marks import Mark
from domain.permissions import Can
from domain.ports import House
from models import windows
from models.cause_releases import CauseRelease
from models.pledges import Pledge
from models.windows import ServiceWindow
from services import pledges, ratings, register
from services.pledges import Wording
from tests.bureau import Bureau


class Whose(StrEnum):
    OWN = "own"
    BRANCH = "same branch"
    OTHER = "other branch"


@dataclass(frozen=True)
class Stage:
    """Where a thing is made, for whom."""

    house: House
    bureau: Bureau
    actor: Actor


@dataclass(frozen=True)
class Line:
    """`make` gives the id and what the by-law is told of it; `reads` is the deed without which the thing does not exist for the asker."""

    make: Callable[[Stage, Whose], tuple[str, About]]
    absent: str
    reads: Can


def _author(stage: Stage, whose: Whose) -> str:
    """Who of the bureau is mine, beside me, elsewhere."""
    at_home = stage.actor.branch_id == stage.bureau.branch
    mine = next((name for name, key in stage.bureau.people.items() if key == stage.actor.person_id), "head")
    beside = next(name for name in (("head", "clerk") if at_home else ("stranger", "committee")) if name != mine)
    return {Whose.OWN: mine, Whose.BRANCH: beside, Whose.OTHER: "stranger" if at_home else "head"}[whose]


def pledge(stage: Stage, whose: Whose) -> tuple[str, About]:
    """A draft: nobody but those whom the by-law names knows of it."""
    author = stage.bureau.actor(_author(stage, whose))
    with stage.house.database.transaction() as db:
        made = pledges.draft(db, author, "demo", Wording("一件还没有公示的事", "", "", None), stage.house.now())
    return made.code, About(author_id=author.person_id, branch_id=author.branch_id)


def person(stage: Stage, whose: Whose) -> tuple[str, About]:
    """Somebody of the roster; to the by-law his page is his own."""
    found = stage.bureau.actor(_author(stage, whose))
    return str(found.person_id), About(author_id=found.person_id, branch_id=found.branch_id)


def _window(stage: Stage, whose: Whose) -> tuple[int, int]:
    """(window, its branch): two of the first branch, one that the clerk serves; a new one of the other."""
    if whose is not Whose.OTHER:
        return stage.bureau.windows[3 if whose is Whose.OWN else 1], stage.bureau.branch
    with stage.house.database.transaction() as db:
        found = windows.named(db, _ELSEWHERE) or ServiceWindow(name=_ELSEWHERE, branch_id=stage.bureau.other_branch)
        db.add(found)
        db.flush()
        register.grow(db)
        return found.id, stage.bureau.other_branch


def rectification(stage: Stage, whose: Whose) -> tuple[str, About]:
    """A bad rating's order, still to be answered."""
    window_id, branch_id = _window(stage, whose)
    with stage.house.database.transaction() as db:
        rated = ratings.rate_window(db, Actor(rater=token_hex(8)), window_id, Mark.DISSATISFIED, "等了两个小时", stage.house.now())
    return str(rated.number), About(window_id=window_id, branch_id=branch_id)


def release(stage: Stage, whose: Whose) -> tuple[str, About]:
    """A pledge that was not kept, proposed to be told in public."""
    author, today = stage.bureau.actor(_author(stage, whose)), local_day(stage.house.now())
    office = stage.bureau.people["office"]
    with stage.house.database.transaction() as db:
        words = {"campaign": "demo", "content": "没有做到的事", "state": "excuse_confirmed"}
        kept = Pledge(code=token_hex(6), author_id=author.person_id, branch_id=author.branch_id, **words)
        db.add(kept)
        db.flush()
        row = CauseRelease(
            pledge_id=kept.id, form="surname", words="没有做到", scope="page", until=today, hear_until=today, state="proposed",
            proposer_id=office, proposed_at=stage.house.now(),
        )  # fmt: skip
        db.add(row)
        db.flush()
    return str(row.id), About(author_id=author.person_id, branch_id=author.branch_id, doer_id=office)


_ELSEWHERE = "另一支部的窗口"
_PLEDGE = Line(pledge, "0" * 12, Can.READ_UNPUBLISHED)
_OF_PLEDGES = ("miniapp_own_pledges", "web_console_pledges", "web_console_pledge_writing")
LINES: dict[tuple[str, str], Line] = {(room, "code"): _PLEDGE for room in _OF_PLEDGES}
LINES |= {(room, "person_id"): Line(person, "999999", Can.READ_PEOPLE) for room in ("web_console_people", "web_console_people_changes")}
LINES |= {("web_console_cause_releases", "release_id"): Line(release, "999999", Can.READ_RELEASE)}
LINES |= {("web_console_rectifications", "number"): Line(rectification, "Z9999", Can.READ_RECTIFICATION)}
"""(blueprint, argument of its addresses) → its line."""

ASKED_WITH_THE_THING: dict[str, Can] = {"miniapp_own_pledges.one": Can.READ_UNPUBLISHED}
"""Endpoint → the deed its service asks of the thing, where the door's is wider."""

NEEDS_MORE = frozenset({"miniapp_own_pledges.withdraw_amendment", "web_console_pledges.withdraw_change", "web_console_people.unmask"})
"""Endpoints about something within the thing, which a new thing does not have."""

ONLY_BOUND = frozenset({"miniapp_me.me", "miniapp_me.take_out"})
"""Endpoints whose thing is the asker himself: a citizen who is not bound yet has none, and is told how to bind."""

NARROWED_BY_A_QUESTION = frozenset({"web_console_prints.screen"})
"""Pages of the whole bureau unless the address asks for less: a secretary may have his branch's, not all."""

NOBODYS = frozenset((f"web_console_{room}", name) for room in ("campaigns", "schedule", "schedule_changes") for name in ("key", "task_key"))
NOBODYS |= {("web_console_bodies", "body_id"), ("web_console_seats", "seat_id"), ("web_console_seats", "proposal_id"), ("web_console_roster", "code")}
"""Things of the whole bureau (an activity, a row of its 配档表, a body, a seat): there is no own and no other's, only absent."""

TOLD_APART_ELSEWHERE = {
    ("miniapp_batches", "code"): "tests/services/test_batches.py",
    ("web_console_objections", "number"): "tests/services/test_objections.py",
    ("web_console_objections", "check_id"): "tests/services/test_text_checks.py",
    ("web_console_works", "code"): "tests/services/test_works.py",
    ("web_console_posts", "post_id"): "tests/services/test_posts.py",
    ("web_console_windows", "window_id"): "tests/services/test_posts.py",
    ("web_console_publicity", "publicity_id"): "tests/services/test_publicity.py",
    ("web_console_print_jobs", "job_id"): "tests/services/test_prints.py",
    **{("web_console_prints", name): "tests/services/test_listings.py" for name in ("code", "ending", "key", "kind", "which")},
    ("web_console_binding", "request_id"): "tests/miniapp_api/test_identity.py",
    ("web_console_batches", "code"): "tests/services/test_batches.py",
    ("miniapp_progress", "number"): "tests/miniapp_api/test_ratings.py",  # a verdict is the rater's
    ("miniapp_ratings", "id"): "tests/miniapp_api/test_ratings.py",  # a rating is its rater's, not a person's
    ("miniapp_invitations", "id"): "tests/miniapp_api/test_identity.py",
    ("miniapp_todos", "id"): "tests/miniapp_api/test_todos.py",
    ("web_console_todos", "todo_id"): "tests/services/test_todos.py",
    ("web_console_todos", "extension_id"): "tests/services/test_submissions.py",
}
"""Arguments whose things these files make and tell apart: mine, my branch's, others'."""
