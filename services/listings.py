"""台账、名单: the office's lists as tables for a workbook, a Word document or a PDF (A20, A25, F55); every one taken leaves a step."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from domain.actor import NOTHING, About, Actor, Role
from domain.calendar import local_day
from domain.errors import NotAllowed
from domain.flows.pledges import PLEDGES
from domain.listings import Cell, Column, Listing, Size, spoken
from domain.permissions import Can, may
from domain.roster.phones import masked
from models import listings as table
from services import plate_list, print_log, steps

Row = tuple[Cell, ...]


class Kind(StrEnum):
    """The lists that there are."""

    PLEDGES = "pledges"
    PEOPLE = "people"
    LEADING_GROUP = "leading_group"
    PLATES = "plates"
    PRINTS = "prints"

    @property
    def chinese(self) -> str:
        return _CHINESE[self]


_CHINESE = {
    Kind.PLEDGES: "承诺登记表",
    Kind.PEOPLE: "党员名单",
    Kind.LEADING_GROUP: "领导小组名单",
    Kind.PLATES: "座牌登记表",
    Kind.PRINTS: "打印登记表",
}
_BODIES = ("leading_group", "committee", "leading_office")
_MOST_PRINTS = 2000


@dataclass(frozen=True)
class Asked:
    """Who asks for which list, when; `bureau` stands under the title, `open_phone` unseals a number, to be masked at once."""

    kind: Kind
    actor: Actor
    bureau: str
    open_phone: Callable[[bytes], str]
    now: datetime


def draw_up(db: Session, asked: Asked) -> Listing:
    """The list, with the rows that this person may have. Raises `NotAllowed` when there can be none."""
    if asked.kind not in takable(asked.actor):
        raise NotAllowed()
    return _MAKERS[asked.kind](db, asked)


def note(db: Session, asked: Asked, listing: Listing) -> None:
    """That it was taken: before the file is handed out."""
    why = f"{listing.title}{len(listing.rows)}行"
    steps.record(db, asked.actor, "listing", 0, "export", asked.now, target=asked.kind.value, why=why, seat=asked.actor.acting)


def takable(actor: Actor) -> Sequence[Kind]:
    """The lists that this person may have: the whole bureau's, or the own branch's part."""
    own = [About(branch_id=seat.body_id) for seat in actor.seats]
    return [kind for kind in Kind if any(may(actor, _DEEDS[kind], about) for about in (NOTHING, *([] if kind in _WHOLE else own)))]


def _pledges(db: Session, asked: Asked) -> Listing:
    columns = (
        Column("党支部", 7, joined=True, centred=True),
        Column("序号", 3, centred=True),
        Column("承诺人（单位）", 6, centred=True),
        Column("承诺内容", 16),
        Column("落实措施", 14),
        Column("达到标准", 12),
        Column("完成时限", 6, centred=True),
        Column("状态", 5, centred=True),
        Column("公示日期", 6, centred=True),
    )
    lines = [line for line in table.pledges(db) if may(asked.actor, Can.EXPORT_LISTS, About(branch_id=line.branch_id))]
    rows = tuple(
        (
            *(line.branch, number, line.unit or line.author),
            *(line.content, line.measures, line.standard, line.deadline, PLEDGES.name(line.state), line.published_on),
        )
        for number, line in enumerate(lines, 1)
    )
    return _listing(asked, columns, rows, size=Size.A3)


def _people(db: Session, asked: Asked) -> Listing:
    columns = (
        Column("党支部", 9, joined=True, centred=True),
        Column("序号", 3, centred=True),
        Column("姓名", 6, centred=True),
        Column("党员类别", 6, centred=True),
        Column("入党时间", 8, centred=True),
        Column("手机号", 8, centred=True),
    )
    lines = [line for line in table.people(db, local_day(asked.now)) if may(asked.actor, Can.EXPORT_LISTS, About(branch_id=line.branch_id))]
    rows = tuple((line.branch, number, line.name, line.category, line.joined_on, _number(asked, line)) for number, line in enumerate(lines, 1))
    return _listing(asked, columns, rows, notes=("手机号中间四位已遮盖。本表含个人信息，请妥善保管，用后销毁。",))


def _number(asked: Asked, line: table.PersonLine) -> str:
    return masked(asked.open_phone(line.phone_sealed)) if line.phone_sealed else ""


def _leading_group(db: Session, asked: Asked) -> Listing:
    columns = (
        Column("机构", 10, joined=True, centred=True),
        Column("序号", 3, centred=True),
        Column("职务", 8, centred=True),
        Column("姓名", 6, centred=True),
        Column("所在党支部", 10, centred=True),
        Column("任职起", 8, centred=True),
    )
    lines = table.seats(db, _BODIES, local_day(asked.now))
    rows = tuple(
        (line.body, number, line.title or Role(line.role).chinese, line.name, line.branch, line.from_day) for number, line in enumerate(lines, 1)
    )
    return _listing(asked, columns, rows)


def _plates(db: Session, asked: Asked) -> Listing:
    columns = (
        Column("窗口", 8, joined=True, centred=True),
        Column("岗位", 10, centred=True),
        Column("编号", 6, centred=True),
        Column("状态", 5, centred=True),
        Column("发放日期", 8, centred=True),
        Column("有效期至", 8, centred=True),
        Column("打印次数", 4, centred=True),
        Column("最近打印", 8, centred=True),
    )
    found = plate_list.listed(db, asked.actor, asked.now)
    rows = tuple(
        (one.window, one.post, one.plate_number, one.state, one.issued_on, one.expires_on, one.printed, local_day(one.last) if one.last else None)
        for one in found
    )
    return _listing(asked, columns, rows, landscape=True)


def _prints(db: Session, asked: Asked) -> Listing:
    columns = (
        Column("打印时间", 8, centred=True),
        Column("版式", 6, centred=True),
        Column("数量", 3, centred=True),
        Column("公开版次", 4, centred=True),
        Column("经办人", 6, centred=True),
        Column("范围或原因", 8),
        Column("文件摘要（SHA-256）", 20),
    )
    entries = print_log.entries(db, asked.actor, most=_MOST_PRINTS)
    rows = tuple((f"{one.at:%Y-%m-%d %H:%M}", one.kind, one.pieces, one.edition, one.by, one.what, one.digest) for one in entries)
    return _listing(asked, columns, rows, landscape=True)


def _listing(
    asked: Asked, columns: tuple[Column, ...], rows: tuple[Row, ...], *, size: Size = Size.A4, landscape: bool = False, notes: tuple[str, ...] = ()
) -> Listing:
    """Under its title stand the bureau, the day and how many."""
    under = f"{asked.bureau}\u3000{spoken(local_day(asked.now))}\u3000共{len(rows)}条"
    return Listing(asked.kind.chinese, columns, rows, under, notes, size, landscape or size is Size.A3)


_MAKERS: Mapping[Kind, Callable[[Session, Asked], Listing]] = {
    Kind.PLEDGES: _pledges,
    Kind.PEOPLE: _people,
    Kind.LEADING_GROUP: _leading_group,
    Kind.PLATES: _plates,
    Kind.PRINTS: _prints,
}
_DEEDS = {kind: Can.ISSUE_PLATE if kind is Kind.PLATES else Can.EXPORT_LISTS for kind in Kind}
_WHOLE = frozenset({Kind.LEADING_GROUP, Kind.PRINTS})
"""Lists of the whole bureau, which no branch has a part of."""
