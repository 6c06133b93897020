"""邀请、同意、提名 of the demo: two open invitations, one seat that waits for the committee."""

from operations.bureau.ground import OFFICE, Ground, plan
from services import invitations, own_data, seats

_INVITED = ("卷如海", "公孙持衡")
_SECRETARY = "李清明"
MEANT = "程立夏"
"""Whom the office proposes, and whom somebody says to be with a number that does not fit."""


def invite(ground: Ground) -> None:
    """The secretary has handed out two codes that nobody has used yet."""
    for name in _INVITED:
        invitations.issue(ground.db, ground.actor(_SECRETARY), ground.people[name], ground.house.pseudonyms.invitation, ground.moment(1))


def consent(ground: Ground) -> None:
    """Who shows the whole name at a window has agreed to stand there as a Party member, too."""
    for row in plan("people")["named"]:
        if row.get("shown") == "full":
            own_data.show_membership(ground.db, ground.actor(row["name"]), True, ground.moment(30))


def propose(ground: Ground) -> None:
    """The office wishes a deputy in the branch of the windows; the committee has not said its word."""
    wish = seats.Wish(ground.people[MEANT], ground.bodies["政务服务窗口党支部"], "member", "组织委员", ground.day(-7), why="支部委员增补")
    seats.appoint(ground.db, ground.actor(OFFICE), wish, ground.moment(3))
