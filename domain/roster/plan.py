"""What an import would change, field by field; a cell left blank changes nothing."""

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from domain.roster.matching import Held, Known, Matched, Member
from domain.roster.records import FULL, PROBATIONARY, Keys

NAME, BRANCH, PHONE, JOINED, CATEGORY, BACK = "姓名", "党支部", "手机号", "入党时间", "党员类别", "回到花名册"
SEEN_OUTSIDE = frozenset((NAME, BRANCH, BACK))
"""Fields that a public page may show in some form."""


class Change(NamedTuple):
    """What the list says of somebody who is in the register already. `fields` are those that differ."""

    member: Member
    known: Known
    fields: tuple[str, ...]

    @property
    def is_move(self) -> bool:
        return BRANCH in self.fields

    @property
    def words(self) -> str:
        """“入党时间 1998-07-01 → 1999-07-01、手机号”: numbers are not shown."""
        member, known = self.member, self.known
        pairs = {NAME: (known.name, member.name), JOINED: (known.joined_on or "无", member.joined_on), CATEGORY: (known.category, member.category)}
        said = [f"{name} {pairs[name][0]} → {pairs[name][1]}" if name in pairs else name for name in self.fields if name != BACK]
        return "、".join([*said, *([BACK] if BACK in self.fields else [])])


def changes(pairs: Iterable[tuple[Member, Known]], keys: Keys) -> list[Change]:
    """Only the pairs that differ."""
    found = (Change(member, known, _different(member, known, keys)) for member, known in pairs)
    return [change for change in found if change.fields]


def _different(member: Member, known: Known, keys: Keys) -> tuple[str, ...]:
    fields = [NAME] if member.name != known.name else []
    if member.branch_id != known.branch_id:
        fields.append(BRANCH)
    if member.phone and (member.phone_index != known.phone_index or (not member.phone_index and not _same_seal(member.phone, known, keys))):
        fields.append(PHONE)
    if member.joined_on and member.joined_on != known.joined_on:
        fields.append(JOINED)
    if member.category and member.category != known.category:
        fields.append(CATEGORY)
    return (*fields, BACK) if known.left_on else tuple(fields)


def _same_seal(phone: str, known: Known, keys: Keys) -> bool:
    """Numbers of others have no index: only the opened seal tells."""
    return known.phone_sealed is not None and keys.open(known.phone_sealed) == phone


def leavers(matched: Matched, members: Sequence[Member], unread: Collection[str]) -> list[Known]:
    """Party members of the branches in the list whom the list no longer names, in any row, however faulty."""
    covered = {member.branch_id for member in members}  # one branch may hand in its own list: the others stay as they are
    waiting = {held.member.name for held in matched.held} | {held.known.name for held in matched.held if held.known} | set(unread)
    return [one for one in matched.lonely if one.branch_id in covered and one.name not in waiting and one.category in (FULL, PROBATIONARY)]


def accept(held: Sequence[Held], at: Collection[str], keys: Keys) -> tuple[list[Member], list[Change]]:
    """The newcomers and changes among those who waited and were confirmed by their address."""
    said = [one for one in held if one.member.at in at]
    pairs = [(one.member, one.known) for one in said if one.known]
    return [one.member for one in said if one.known is None], changes(pairs, keys)
