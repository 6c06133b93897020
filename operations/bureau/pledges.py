"""Pledges that reach their states by the real verbs: 提诺, 审诺, 亮诺, 践诺."""

from datetime import datetime
from typing import Any

from domain.actor import Role
from domain.pledge.wording import Wording
from operations.bureau.ground import OFFICE, Ground, plan
from services import pledge_progress, pledges
from services.pledge_progress import Entry, Reported

_COMMITTEE = "石开泰"
_RECENT = frozenset({"draft", "submitted", "returned"})
_COURSE = {
    "draft": (),
    "submitted": ("submit",),
    "returned": ("submit", "return"),
    "approved": ("submit", "approve"),
    "published": ("submit", "approve", "publish"),
    "fulfilled": ("submit", "approve", "publish", "fulfil"),
    "excused": ("submit", "approve", "publish", "excuse"),
}
"""Where a pledge of the plan is to stand → the verbs that bring it there."""


def make_all(ground: Ground) -> None:
    """Every pledge of the plan, in its order."""
    rest = {branch: iter(names) for branch, names in ground.rest.items()}
    for number, facts in enumerate(plan("pledges")):
        author = facts.get("by") or next(rest[facts["branch"]])
        _make(ground, author, facts, age=(8 if facts["to"] in _RECENT else 70) + number % 9)


def _make(ground: Ground, author: str, facts: dict[str, Any], age: int) -> None:
    wording = Wording(
        content=facts["content"],
        measures=facts["measures"],
        standard=facts["standard"],
        deadline=ground.day(-facts["due"]),
        theme=facts["theme"],
        slogan=facts["slogan"],
    )
    campaign, window = facts.get("campaign", "pledge_pioneer_2010"), ground.windows.get(facts.get("window", 0))
    actor = ground.actor(author)
    pledge = pledges.draft(ground.db, actor, campaign, wording, ground.moment(age), window_id=window)
    pledge.code = ground.pledges[wording.slogan] = f"{ground.dice.getrandbits(48):012x}"
    for later, verb in enumerate(_COURSE[facts["to"]], 1):
        at = ground.moment(max(-facts["due"], 2) if verb in ("fulfil", "excuse") else age - later)
        _do(ground, verb, author, pledge.code, facts.get("why", ""), at)


def _do(ground: Ground, verb: str, author: str, code: str, why: str, at: datetime) -> None:
    if verb == "submit":
        pledges.submit(ground.db, ground.actor(author), code, at)
    elif verb == "publish":
        pledges.publish(ground.db, ground.actor(OFFICE), code, at)
    elif verb in ("fulfil", "excuse"):
        pledge_progress.report(ground.db, ground.actor(author), code, Entry(Reported(verb), why), at)
    else:
        pledges.review(ground.db, ground.actor(_reviewer(ground, author)), code, verb, why if verb == "return" else "", at)


def _reviewer(ground: Ground, author: str) -> str:
    """The author's branch secretary; a secretary's own pledge goes to the committee (谁也不能审自己的承诺)."""
    home = ground.actor(author).branch_id
    secretaries = (row["secretary"] for row in plan("people")["branches"] if ground.bodies[row["name"]] == home)
    return _COMMITTEE if ground.actor(author).seat_of(Role.BRANCH_SECRETARY) else next(secretaries)
