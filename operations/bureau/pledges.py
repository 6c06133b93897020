"""Pledges that reach their states by the real verbs: 提诺, 审诺, 亮诺, 践诺, 变更."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from domain.actor import Role
from domain.cause_releases import Scope, Wish
from domain.pledge.wording import Wording
from operations.bureau.ground import OFFICE, Ground, plan
from services import amendments, cause_releases, pledge_progress, pledge_rows, pledges
from services.pledge_progress import Entry, Reported

COMMITTEE = "石开泰"
_UNKEPT = "老图纸，上云端"
_RECENT = frozenset({"draft", "submitted", "returned"})
_PUBLISHED = ("submit", "approve", "publish")
_COURSE: Mapping[str, tuple[str, ...]] = {
    "draft": (),
    "submitted": ("submit",),
    "returned": ("submit", "return"),
    "approved": ("submit", "approve"),
    "published": _PUBLISHED,
    "fulfilled": (*_PUBLISHED, "fulfil"),
    "confirmed": (*_PUBLISHED, "fulfil", "confirm"),
    "excused": (*_PUBLISHED, "excuse"),
    "excuse_confirmed": (*_PUBLISHED, "excuse", "accept"),
}
"""Where a pledge of the plan is to stand → the verbs that bring it there."""


def make_all(ground: Ground) -> None:
    """Every pledge of the plan, in its order."""
    rest = {branch: iter(names) for branch, names in ground.rest.items()}
    for number, facts in enumerate(plan("pledges")):
        author = facts.get("by") or next(rest[facts["branch"]])
        _make(ground, author, facts, age=(8 if facts["to"] in _RECENT else 70) + number % 9)


def _make(ground: Ground, author: str, facts: dict[str, Any], age: int) -> None:
    campaign, window = facts.get("campaign", "pledge_pioneer"), ground.windows.get(facts.get("window", 0))
    pledge = pledges.draft(ground.db, ground.actor(author), campaign, wording_of(ground, facts), ground.moment(age), window_id=window)
    pledge.code = ground.pledges[facts["slogan"]] = f"{ground.dice.getrandbits(48):012x}"
    course = _COURSE[facts["to"]]
    for later, verb in enumerate(course[:3], 1):
        _do(ground, verb, author, pledge.code, facts, ground.moment(age - later))
    for ago, percent, words in facts.get("progress", ()):
        entry = Entry(Reported.PROGRESS, words, percent)
        pledge_progress.report(ground.db, ground.actor(author), pledge.code, entry, ground.moment(ago))
    if "change" in facts:
        _change(ground, author, pledge.code, facts["change"])
    for later, verb in enumerate(course[3:]):
        _do(ground, verb, author, pledge.code, facts, ground.moment(max(-facts["due"], 3) - later))


def propose_release(ground: Ground) -> None:
    """The office would tell of one that was not kept; its author has said how it stands, the committee has not decided."""
    code, author = ground.pledges[_UNKEPT], "卷如海"
    pledge = pledge_rows.readable(ground.db, ground.actor(OFFICE), code)
    wish = Wish("surname", "因库房除湿停工，到期完成8850卷，其余12月20日前完成", Scope.PAGE, ground.day(-30))
    release = cause_releases.propose(ground.db, ground.actor(OFFICE), pledge.id, wish, ground.moment(3))
    cause_releases.reply(ground.db, ground.actor(author), release.id, "同意说明进度。已加派两人，预计提前完成。", ground.moment(2))


def wording_of(ground: Ground, facts: Mapping[str, Any]) -> Wording:
    """The text that the plan gives; `due` counts days from today."""
    texts = {name: facts.get(name, "") for name in ("content", "measures", "standard", "theme", "slogan")}
    return Wording(deadline=ground.day(-facts["due"]), **texts)


def _do(ground: Ground, verb: str, author: str, code: str, facts: Mapping[str, Any], at: datetime) -> None:
    db, own, why = ground.db, ground.actor(author), facts.get("why", "")
    deeds: Mapping[str, Callable[[], object]] = {
        "submit": lambda: pledges.submit(db, own, code, at),
        "approve": lambda: pledges.review(db, ground.actor(_reviewer(ground, author)), code, verb, "", at),
        "return": lambda: pledges.review(db, ground.actor(_reviewer(ground, author)), code, verb, why, at),
        "publish": lambda: pledges.publish(db, ground.actor(OFFICE), code, at),
        "fulfil": lambda: pledge_progress.report(db, own, code, Entry(Reported.FULFIL, why), at),
        "excuse": lambda: pledge_progress.report(db, own, code, Entry(Reported.EXCUSE, why), at),
        "confirm": lambda: pledge_progress.confirm(db, ground.actor(_reviewer(ground, author)), code, verb, "已核对台账和现场", at),
        "accept": lambda: pledge_progress.confirm(db, ground.actor(_reviewer(ground, author)), code, verb, "情况属实，按新的时间办", at),
    }
    deeds[verb]()


def _change(ground: Ground, author: str, code: str, change: Mapping[str, Any]) -> None:
    """A change of published text: handed in, and published when the plan says so."""
    before = pledge_rows.wording_of(pledge_rows.own_or_unknown(ground.db, ground.actor(author), code))
    after = replace(before, deadline=ground.day(-change["due"]))
    amendments.propose(ground.db, ground.actor(author), code, after, change["why"], ground.moment(change["ago"]))
    if change["to"] == "published":
        reviewer = ground.actor(_reviewer(ground, author))
        amendments.review(ground.db, reviewer, code, "publish", "", ground.moment(change["ago"] - 1))


def _reviewer(ground: Ground, author: str) -> str:
    """The author's branch secretary; a secretary's own pledge goes to the committee (谁也不能审自己的承诺)."""
    home = ground.actor(author).branch_id
    secretaries = (row["secretary"] for row in plan("people")["branches"] if ground.bodies[row["name"]] == home)
    return COMMITTEE if ground.actor(author).seat_of(Role.BRANCH_SECRETARY) else next(secretaries)
