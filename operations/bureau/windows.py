"""Windows with services and limits, posts, duty rosters, and the plates on the desks: also one revoked, one expired."""

from random import Random
from typing import Any

from models.windows import Duty, Post, ServiceWindow, WindowService
from operations.bureau.ground import OFFICE, Ground, plan
from services import badges
from services import register as registers

_OPENED = 380
_REISSUED = 60
_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
_CODE = 13
"""Plates of a real bureau draw their code from the system's randomness (`services.badges.new_code`); the demo's repeat by the seed."""


def open_all(ground: Ground) -> None:
    """All windows of the hall."""
    for facts in plan("windows"):
        window = _window(ground, facts)
        ground.db.add(window)
        ground.db.flush()
        ground.windows[window.number or 0] = window.id
        services = enumerate(facts["services"])
        ground.db.add_all(
            WindowService(window_id=window.id, name=name, standard=standard, promised_limit=limit, rank=rank)
            for rank, (name, standard, limit) in services
        )
        ground.posts[facts["number"]] = [_post(ground, window.id, post) for post in facts["posts"]]
    ground.db.flush()
    registers.grow(ground.db)


def _window(ground: Ground, facts: dict[str, Any]) -> ServiceWindow:
    number = facts["number"]
    return ServiceWindow(
        number=number,
        name=facts["name"],
        aliases=facts["aliases"],
        place=f"政务服务大厅一楼 {number} 号",
        hours="工作日 9:00–17:00，午间不休",
        phone=f"12319 转 {number}",
        branch_id=ground.bodies[facts["branch"]],
        section_id=ground.bodies[facts["section"]],
        head_id=ground.people[facts["head"]],
        is_model=facts.get("model", False),
    )


def _post(ground: Ground, window_id: int, facts: dict[str, Any]) -> int:
    """The post and who stands there; where somebody took over, the roster keeps both."""
    post = Post(window_id=window_id, title=facts["title"], is_pioneer=facts.get("pioneer", False))
    ground.db.add(post)
    ground.db.flush()
    began = ground.day(_OPENED)
    if "before" in facts:
        ground.db.add(Duty(post_id=post.id, person_id=ground.people[facts["before"]], from_day=began, to_day=ground.day(4)))
        began = ground.day(3)
    ground.db.add(Duty(post_id=post.id, person_id=ground.people[facts["holder"]], from_day=began))
    return post.id


def code(dice: Random) -> str:
    return "".join(dice.choices(_LETTERS, k=_CODE))


def issue_plates(ground: Ground) -> None:
    """One plate for each post. The first desk has had its plate renewed, the post that travels lets its plate run out."""
    office = ground.actor(OFFICE)
    for facts in plan("windows"):
        for post_id, post in zip(ground.posts[facts["number"]], facts["posts"], strict=True):
            ends = ground.day(30) if post.get("lapsed") else None
            badges.issue(ground.db, office, post_id, ground.moment(_OPENED), expires_on=ends, code=code(ground.dice))
    badges.issue(ground.db, office, ground.posts[1][0], ground.moment(_REISSUED), code=code(ground.dice))
