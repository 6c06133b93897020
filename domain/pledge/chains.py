"""承诺程序 chain: which hands a pledge passes, as the campaign's file says it (A7, A8); what its form offers (A5, B6, B19, B22)."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from domain.actor import Role
from domain.campaign.parts import Chain
from domain.campaign.records import Campaign

MEMBER, UNITS = "member", frozenset({"section", "branch", "service_window"})
"""Vocabulary's words for who pledges: a person, or a body of people."""
_DECIDERS = {
    "branch_secretary": Role.BRANCH_SECRETARY,
    "branch": Role.BRANCH_SECRETARY,
    "committee": Role.COMMITTEE,
    "leading_group": Role.COMMITTEE,
}


@dataclass(frozen=True)
class Hands:
    """Who pledges, who decides, and whether the branch compiles first."""

    chain: str
    name: str
    by: str
    decides: Role
    compiled: bool
    addressees: tuple[str, ...] = ()
    dimensions: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    scheduled: frozenset[str] = field(default_factory=frozenset)
    least: int = 0
    most: int = 0

    @property
    def of_unit(self) -> bool:
        return self.by in UNITS


USUAL = Hands("member_pledge", "党员承诺", MEMBER, Role.BRANCH_SECRETARY, compiled=False)
USUAL_UNIT = Hands("section_pledge", "科室(单位)承诺", "section", Role.COMMITTEE, compiled=True)
"""What holds where a campaign is silent."""


def hands_of(campaign: Campaign, *, of_unit: bool, track: str = "") -> Hands | None:
    """The chain for a person's or a unit's pledge on this track; None when the campaign has none of the kind."""
    chain = next((one for one in campaign.chains if (_kind(campaign, one.by) in UNITS) is of_unit), None)
    return _hands(campaign, chain, track) if chain else None


def _hands(campaign: Campaign, chain: Chain, track: str) -> Hands:
    by = _kind(campaign, chain.by)
    offered = [one for one in campaign.themes if one.track in ("", track) and (not chain.themes or one.id in chain.themes)]
    least, most = _items(campaign, chain)
    return Hands(
        chain=chain.id,
        name=chain.name,
        by=by,
        decides=_decides(campaign, chain, by),
        compiled=_is_compiled(campaign, chain, by),
        addressees=tuple(_spoken(campaign, chain.addressees)),
        dimensions=chain.dimensions,
        themes=tuple(one.text for one in offered),
        scheduled=frozenset(one.text for one in offered if one.needs_schedule),
        least=least,
        most=most,
    )


def _kind(campaign: Campaign, role_id: str) -> str:
    """A campaign may use names of its own for a role of the vocabulary."""
    return next((role.kind for role in campaign.roles if role.id == role_id), role_id)


def _decides(campaign: Campaign, chain: Chain, by: str) -> Role:
    """The last hand of the chain that can decide; a file without steps leaves it to the usual one."""
    named = [_DECIDERS[kind] for step in chain.steps if (kind := _kind(campaign, step.by)) in _DECIDERS and kind != by]
    return named[-1] if named else (USUAL_UNIT if by in UNITS else USUAL).decides


def _is_compiled(campaign: Campaign, chain: Chain, by: str) -> bool:
    """Whether a branch gathers many before the last hand decides (汇总). A unit's chain without steps is gathered."""
    if by not in UNITS:
        return False
    return not chain.steps or len({_kind(campaign, step.by) for step in chain.steps} - {by}) > 1


def _spoken(campaign: Campaign, role_ids: Iterable[str]) -> Iterable[str]:
    """Addressees by the names the campaign gives them; one's own organisation is called 党组织."""
    names = {role.id: role.name for role in campaign.roles}
    for one in role_ids:
        yield "党组织" if _kind(campaign, one) == "branch" else names.get(one, one)


def _items(campaign: Campaign, chain: Chain) -> tuple[int, int]:
    """How many a unit plans, where a task says so: “重点谋划1至2个具体服务事项”. 0: as many as it likes."""
    tasks = [task for task in campaign.tasks if task.max_items and chain.by in task.by]
    return (tasks[0].min_items or 0, tasks[0].max_items or 0) if tasks else (0, 0)
