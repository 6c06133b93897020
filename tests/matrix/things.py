"""Things that addresses name: for each argument of a route, how to make one that is mine, my branch's, another branch's.

A route that takes an id and has no line here fails tests/matrix: add (blueprint, argument) to LINES.
"""

from collections.abc import Callable
from dataclasses import dataclass

from werkzeug.routing import Rule

from domain.actor import About, Actor
from domain.permissions import Can, may
from tests.matrix import makers as make
from tests.matrix.makers import Stage, Whose


@dataclass(frozen=True)
class Line:
    """`make` gives the id and what the by-law is told of it; `reads` is the deed without which the thing does not exist for the asker."""

    make: Callable[[Stage, Whose], tuple[str, About]]
    absent: str
    reads: Can
    author_knows: bool = False
    """Whom it is about has heard of it by letter: he is told why he must stand aside."""

    def seen(self, actor: Actor, about: About) -> bool:
        """Whether this person may know that there is such a thing."""
        return may(actor, self.reads, about) or (self.author_knows and about.author_id == actor.person_id)


_PLEDGE = Line(make.pledge, "0" * 12, Can.READ_UNPUBLISHED)
_BATCH = Line(make.batch, "0" * 12, Can.READ_UNPUBLISHED)
_REQUEST = Line(make.binding_request, "999999", Can.CONFIRM_BINDING)
_TODO = Line(make.todo, "999999", Can.READ_SUBMISSION)
_OF_PLEDGES = ("miniapp_own_pledges", "web_console_pledges", "web_console_pledge_writing")
LINES: dict[tuple[str, str], Line] = {(room, "code"): _PLEDGE for room in _OF_PLEDGES}
LINES |= {(room, "person_id"): Line(make.person, "999999", Can.READ_PEOPLE) for room in ("web_console_people", "web_console_people_changes")}
LINES |= {
    ("miniapp_invitations", "id"): Line(make.person, "999999", Can.INVITE_MEMBER),
    ("miniapp_batches", "code"): _BATCH,
    ("miniapp_todos", "id"): _TODO,
    ("web_console_batches", "code"): _BATCH,
    ("web_console_binding", "request_id"): _REQUEST,
    ("web_console_cause_releases", "release_id"): Line(make.release, "999999", Can.READ_RELEASE),
    ("web_console_objections", "number"): Line(make.objection, "异9999", Can.READ_OBJECTION, author_knows=True),
    ("web_console_posts", "post_id"): Line(make.post, "999999", Can.SEE_POSTS),
    ("web_console_prints", "code"): _PLEDGE,
    ("web_console_publicity", "publicity_id"): Line(make.showing, "999999", Can.PRINT_BOARD),
    ("web_console_rectifications", "number"): Line(make.rectification, "Z9999", Can.READ_RECTIFICATION),
    ("web_console_todos", "todo_id"): _TODO,
    ("web_console_windows", "window_id"): Line(make.window, "999999", Can.BE_ANYONE),
    ("web_console_works", "code"): Line(make.work, "0" * 12, Can.KEEP_WORK),
}
"""(blueprint, argument of its addresses) → its line."""

OF_ENDPOINTS = {
    "miniapp_invitations.decide": _REQUEST,
    "web_console_batches.give_back": Line(make.unit_pledge, "0" * 12, Can.COMPILE_PLEDGES),
}
"""Endpoint → its line, where it names another thing than its room."""


def line_of(rule: Rule, name: str) -> Line | None:
    """The line of this argument."""
    return OF_ENDPOINTS.get(rule.endpoint) or LINES.get((rule.endpoint.rpartition(".")[0], name))


ASKED_WITH_THE_THING: dict[str, Can] = {
    "miniapp_own_pledges.one": Can.READ_UNPUBLISHED,
    "miniapp_todos.one": Can.READ_SUBMISSION,
    "web_console_batches.shown": Can.READ_UNPUBLISHED,
    "web_console_prints.pledge_form": Can.READ_UNPUBLISHED,
    "web_console_todos.one": Can.READ_SUBMISSION,
    "web_console_windows.page": Can.BE_ANYONE,
}
"""Endpoint → the deed its service asks of the thing, where the door's is wider."""

NEEDS_MORE = frozenset(
    {
        "miniapp_own_pledges.withdraw_amendment",
        "web_console_pledges.withdraw_change",
        "web_console_people.unmask",
        "web_console_posts.revoke",
        "web_console_todos.decide_extension",
    }
)
"""Endpoints about something within the thing, which a new thing does not have."""

ONLY_BOUND = frozenset({"miniapp_me.me", "miniapp_me.take_out"})
"""Endpoints whose thing is the asker himself: a citizen who is not bound yet has none, and is told how to bind."""

NARROWED_BY_A_QUESTION = frozenset({"web_console_prints.screen"})
"""Pages of the whole bureau unless the address asks for less: a secretary may have his branch's, not all."""

NOBODYS = frozenset((f"web_console_{room}", name) for room in ("campaigns", "schedule", "schedule_changes") for name in ("key", "task_key"))
NOBODYS |= {
    ("web_console_bodies", "body_id"),
    ("web_console_flags", "flag_id"),
    ("web_console_seats", "seat_id"),
    ("web_console_seats", "proposal_id"),
    ("web_console_roster", "code"),
}
"""Things of the whole bureau (an activity, a row of its 配档表, a body, a seat): there is no own and no other's, only absent."""

TOLD_APART_ELSEWHERE = {
    ("web_console_objections", "check_id"): "tests/services/test_text_checks.py",
    ("web_console_print_jobs", "job_id"): "tests/services/test_prints.py",  # its asker's alone
    **{("web_console_prints", name): "tests/services/test_listings.py" for name in ("ending", "key", "kind", "which")},
    ("miniapp_progress", "number"): "tests/miniapp_api/test_ratings.py",  # a verdict is the rater's
    ("miniapp_ratings", "id"): "tests/miniapp_api/test_ratings.py",  # a rating is its rater's, not a person's
    ("web_console_todos", "extension_id"): "tests/services/test_submissions.py",
}
"""Arguments whose things these files make and tell apart: mine, my branch's, others'."""
