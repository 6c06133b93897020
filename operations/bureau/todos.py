"""今年的活动 in the demo: both campaigns copied so that they run today, their todos handed in, late, returned and missing (F04, F07)."""

from typing import Any

from domain.actor import Actor
from domain.meetings import Meeting
from models import campaigns as campaigns_table
from models import todos as table
from operations.bureau.ground import OFFICE, Ground, plan
from services import binding, campaign_copies, campaigns, extensions, submissions
from services.campaign_copies import Wish

_RULES, _MEETING = "t101", "t102"
_LEVEL = "党支部党员大会"


def run_campaigns(ground: Ground) -> None:
    """Copy, load and start both, then let the branches report."""
    facts = plan("todos")
    for one in facts["campaigns"]:
        _start(ground, **one)
    for one in facts["rules"]:
        _report(ground, _RULES, one)
    for one in facts["meetings"]:
        _report(ground, _MEETING, one, _meeting(ground, one, facts["minutes"]))
    for one in facts["extensions"]:
        todo_id = _todo(ground, _RULES, one["branch"])
        extensions.ask_for(ground.db, _secretary(ground, one["branch"]), todo_id, ground.day(one["until"]), one["why"], ground.moment(one["asked"]))


def _start(ground: Ground, source: str, key: str, title: str, began: int) -> None:
    """Drawn up the day before, started on its first day."""
    office, first = ground.actor(OFFICE), ground.day(began)
    draft = campaign_copies.copy(ground.db, office, Wish(source, key, f"{title}（{first.year}年）", first=first), ground.moment(began + 1))
    if draft.campaign is None:
        raise ValueError(draft.findings)
    campaigns.load(ground.db, office, draft.campaign, ground.moment(began + 1, 16))
    binding.start(ground.db, office, key, ground.moment(began, 9))


def _report(ground: Ground, task: str, one: dict[str, Any], meeting: Meeting | None = None) -> None:
    """One branch's way with one task, each step at its day."""
    db, secretary, office = ground.db, _secretary(ground, one["branch"]), ground.actor(OFFICE)
    todo_id = _todo(ground, task, one["branch"])
    words = "" if meeting else one["words"]
    submissions.hand_in(db, secretary, todo_id, words, ground.moment(one["handed_in"], 15), meeting=meeting)
    if "returned" in one:
        submissions.decide(db, office, todo_id, 1, "return", one["why"], ground.moment(one["returned"], 16))
    if "again" in one:
        submissions.hand_in(db, secretary, todo_id, one["words_again"], ground.moment(one["again"], 11))
    if "accepted" in one:
        submissions.decide(db, office, todo_id, 2 if "again" in one else 1, "accept", "", ground.moment(one["accepted"], 17))


def _meeting(ground: Ground, one: dict[str, Any], minutes: str) -> Meeting:
    day = ground.day(one["handed_in"])
    return Meeting(_LEVEL, f"{day.month}月{day.day}日{one['held']}", one["place"], one["attendees"], minutes)


def _todo(ground: Ground, task: str, branch: str) -> int:
    """The branch's todo for this task of the first campaign."""
    campaign = campaigns_table.campaign(ground.db, plan("todos")["campaigns"][0]["key"])
    row = next(one for one in campaigns_table.tasks(ground.db, campaign.id if campaign else 0) if one.key == task)
    return next(todo.id for todo in table.of_task(ground.db, row.id) if todo.body_id == ground.bodies[branch])


def _secretary(ground: Ground, branch: str) -> Actor:
    return ground.actor(next(row["secretary"] for row in plan("people")["branches"] if row["name"] == branch))
