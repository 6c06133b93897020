"""科室(单位)承诺: drafted after the section's meeting, compiled by the branch, decided by the committee, by the real verbs (A7)."""

from collections.abc import Mapping
from typing import Any

from models import people
from operations.bureau.ground import OFFICE, Ground, plan
from operations.bureau.pledges import COMMITTEE, wording_of
from services import batches, pledge_progress, pledges
from services.pledge_progress import Entry, Reported

_CAMPAIGN = "pledge_pioneer"


def make_all(ground: Ground) -> None:
    """Each branch's units, batch by batch."""
    for batch in plan("unit_pledges"):
        codes = [_hand_in(ground, facts, batch["ago"]) for facts in batch["units"]]
        if batch["to"] != "handed_in":
            _compile(ground, batch, codes)


def _hand_in(ground: Ground, facts: Mapping[str, Any], ago: int) -> str:
    unit = ground.bodies[facts["unit"]]
    drafter = ground.actor(next(one.name for one in people.everyone(ground.db) if one.section_id == unit and one.left_on is None))
    wording, meeting = wording_of(ground, facts), f"{ground.day(ago + 2).month}月{ground.day(ago + 2).day}日党员大会"
    pledge = pledges.draft(ground.db, drafter, _CAMPAIGN, wording, ground.moment(ago + 1), unit_id=unit, meeting=meeting)
    pledge.code = f"{ground.dice.getrandbits(48):012x}"
    pledges.submit(ground.db, drafter, pledge.code, ground.moment(ago))
    return pledge.code


def _compile(ground: Ground, batch: Mapping[str, Any], codes: list[str]) -> None:
    branch = next(row for row in plan("people")["branches"] if row["name"] == batch["branch"])
    db, secretary, committee = ground.db, ground.actor(branch["secretary"]), ground.actor(COMMITTEE)
    made = batches.compile_(db, secretary, _CAMPAIGN, ground.bodies[branch["name"]], codes, ground.moment(batch["ago"] - 1))
    if batch["to"] != "decided":
        return
    at = ground.moment(batch["ago"] - 3)
    returned = [code for code, facts in zip(codes, batch["units"], strict=True) if "why" in facts]
    for code, facts in zip(codes, batch["units"], strict=True):
        if code in returned:
            batches.decide(db, committee, made.code, "return", facts["why"], at, only=[code])
    batches.decide(db, committee, made.code, "approve", "", at, number=batch["number"])
    for code, facts in zip(codes, batch["units"], strict=True):
        if code not in returned:
            _publish(ground, code, facts, batch["ago"] - 4)


def _publish(ground: Ground, code: str, facts: Mapping[str, Any], ago: int) -> None:
    pledge = pledges.publish(ground.db, ground.actor(OFFICE), code, ground.moment(ago))
    drafter = next(one.name for one in people.everyone(ground.db) if one.id == pledge.author_id)
    for days, percent, words in facts.get("progress", ()):
        entry = Entry(Reported.PROGRESS, words, percent)
        pledge_progress.report(ground.db, ground.actor(drafter), code, entry, ground.moment(days))
