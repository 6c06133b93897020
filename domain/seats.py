"""任职 rules: which seats there are in which body, and which must not be in one hand (GB/T 22239: separated administrators)."""

from collections.abc import Collection, Mapping

from domain.actor import Role
from domain.errors import AlreadyDone, Invalid, Unknown, WrongMoment

ROLES: Mapping[str, tuple[Role, ...]] = {
    "committee": (Role.COMMITTEE,),
    "leading_group": (Role.MEMBER,),
    "leading_office": (Role.LEADING_OFFICE, Role.INSPECTOR, Role.AUDITOR, Role.OPERATOR),
    "branch": (Role.BRANCH_SECRETARY, Role.MEMBER),
    "section": (Role.MEMBER,),
}
"""Kind of body → roles that may be held in it. `member` gives no right of its own: a title such as 组长 or 组织委员."""
APART: tuple[frozenset[Role], ...] = (
    frozenset((Role.AUDITOR, Role.OPERATOR)),
    frozenset((Role.AUDITOR, Role.LEADING_OFFICE)),
    frozenset((Role.OPERATOR, Role.LEADING_OFFICE)),
    frozenset((Role.OPERATOR, Role.COMMITTEE)),
    frozenset((Role.AUDITOR, Role.COMMITTEE)),
)
"""Pairs that one person must not hold together: who keeps the records looks on, who runs the machine decides nothing."""


class NoSuchSeat(Unknown):
    code = "no_such_seat"
    sentence = "没有找到这个任职，可能已经到期或移交。请刷新后再看。"


class NoSuchProposal(Unknown):
    code = "no_such_proposal"
    sentence = "没有找到这条提名，可能已经处理。请刷新列表。"


class WrongRole(Invalid):
    code = "wrong_role"
    sentence = "这个机构里没有这种职务，请重新选择。"
    field = "role"


class WrongTerm(Invalid):
    code = "wrong_term"
    sentence = "任期的起止日期不对：结束日期要在开始日期之后。"
    field = "to_day"


class SeatsClash(WrongMoment):
    code = "seats_clash"
    sentence = "{name}已担任{held}，按规定不能兼任{role}。请另选一人。"


class NamedTwice(Invalid):
    code = "named_twice"
    sentence = "有几个人都叫“{name}”，请改写编号：{ids}。"
    field = "successor"


class SamePerson(Invalid):
    code = "same_person"
    sentence = "接任的人和移交的人是同一个人，请重新选择。"
    field = "successor"


class HoldsAlready(AlreadyDone):
    code = "holds_already"
    sentence = "{name}已经担任这个职务，不用重复提名。"


class NothingToHandOver(WrongMoment):
    code = "nothing_to_hand_over"
    sentence = "{name}名下没有可移交的职务、窗口、岗位或整改。"


def check_role(kind: str, role: str) -> Role:
    """Raises `WrongRole`."""
    found = next((one for one in ROLES.get(kind, ()) if one.value == role), None)
    if found is None:
        raise WrongRole()
    return found


def clash(role: Role, held: Collection[Role]) -> Role | None:
    """The role already held that `role` must not be joined with."""
    return next((other for pair in APART if role in pair for other in pair - {role} if other in held), None)
