"""逐人办理 changes of one person: why somebody leaves, and what stands against adding, moving, leaving, coming back (F08)."""

from collections.abc import Mapping

from domain.errors import AlreadyDone, Invalid, WrongMoment

LEAVING: Mapping[str, str] = {"transfer": "组织关系转出", "retire": "退休、离职", "away": "长期离岗（请假、借调）", "other": "其他"}
"""How somebody leaves the register → what the office calls it."""
COMES_BACK = frozenset({"away"})
"""Whoever leaves so keeps the phone that is bound; with all others it is let go at once (P01)."""


class PersonUnreadable(Invalid):
    """What the list's own rules say of the one row that was filled in."""

    code = "person_unreadable"
    sentence = "{said}。"
    field = "name"


class ListedAlready(AlreadyDone):
    code = "listed_already"
    sentence = "花名册里已有{name}（编号{id}），手机号相同，不用再加。要改所在支部，请在他的页面办理“调动”。"


class PerhapsListed(Invalid):
    """Only a person can tell: the tick says that it is another."""

    code = "perhaps_listed"
    sentence = "可能已在花名册里：{said}。确实是另一人的，请勾选“已核对，是另一人”再提交。"
    field = "sure"


class BranchMissing(Invalid):
    code = "branch_missing"
    sentence = "请选择党支部。"
    field = "branch"


class SamePlace(AlreadyDone):
    code = "same_place"
    sentence = "{name}已经在这个党支部和科室，不用调动。"


class LeavingMissing(Invalid):
    code = "leaving_missing"
    sentence = "请选择离开的原因。"
    field = "how"


class LeftAlready(WrongMoment):
    code = "left_already"
    sentence = "{name}已登记离开，不能再办理。如已回来，请先办理“转回”。"


class StillHere(WrongMoment):
    code = "still_here"
    sentence = "{name}在册，不用转回。"
