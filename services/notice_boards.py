"""公示板、承诺海报、标语、电子屏: published pledges on their way to paper and screens, from one edition (A9, F15, X5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from domain import screen_lines as screen
from domain.actor import About, Actor
from domain.calendar import local_day
from domain.notice_boards import Entry, NoticeBoard
from domain.paper_refusals import BoardTooLarge, NoSuchBranch, NothingPublished
from domain.permissions import Can, ask
from models import editions, people
from services import board
from services import register as registers
from services.board import Entry as Published
from services.board import Filter, Where
from services.plate_faces import Imprint
from services.register import Register

MOST = 1000
"""Pledges on one board: beyond that nobody reads, and the file grows without end."""


@dataclass(frozen=True)
class Scope:
    """Which pledges: of a branch, of a window, a single one; by itself all of the bureau."""

    branch_id: int | None = None
    window_id: int | None = None
    code: str = ""


def lay_out(db: Session, actor: Actor, scope: Scope, imprint: Imprint, now: datetime) -> NoticeBoard:
    """The board as the public page stands now.

    Raises `NotAllowed`, `NoSuchWindow`, `NoSuchBranch`, `NoSuchPledge`, `NothingPublished`, `BoardTooLarge`.
    """
    today = local_day(now)
    register = registers.current(db, today)
    place = register.place(scope.window_id) if scope.window_id is not None else None
    branch = people.branch_name(db, scope.branch_id) if scope.branch_id is not None else None
    if scope.branch_id is not None and branch is None:
        raise NoSuchBranch()
    ask(actor, Can.PRINT_BOARD, About(branch_id=place.branch_id if place else scope.branch_id, window_id=scope.window_id))
    found = _entries(db, scope, today)
    if not found:
        raise NothingPublished()
    if len(found) > MOST:
        raise BoardTooLarge(most=MOST)
    return NoticeBoard(
        bureau=imprint.bureau,
        scope=place.spoken if place else branch or imprint.bureau,
        link=_link(imprint, scope),
        edition=editions.current(db),
        day=today,
        entries=tuple(_entry(one, register, imprint) for one in found),
    )


def screen_lines(board: NoticeBoard, limit: int) -> tuple[str, ...]:
    """电子屏文字 of the board: one line for each pledge."""
    return tuple(line for entry in board.entries if (line := screen.line(entry, limit)))


def _link(imprint: Imprint, scope: Scope) -> str:
    """The public page with the same pledges."""
    if scope.code:
        return f"{_board(imprint)}/{scope.code}"
    query = f"?branch={scope.branch_id}" if scope.branch_id else f"?window={scope.window_id}" if scope.window_id else ""
    return f"{_board(imprint)}{query}"


def _board(imprint: Imprint) -> str:
    return f"{imprint.base_url.rstrip('/')}/board"


def _entries(db: Session, scope: Scope, today: date) -> Sequence[Published]:
    """As the public page has them, branch by branch, the units' first. Raises `NoSuchPledge`."""
    if scope.code:
        return [board.entry(db, board.row_of(db, scope.code, today), today, Where.ON_PAPER)]
    found = board.entries(db, Filter(scope.branch_id, scope.window_id), today, most=MOST + 1, where=Where.ON_PAPER)
    return sorted(found, key=lambda one: (one.branch, not one.is_unit, one.id))


def _entry(one: Published, register: Register, imprint: Imprint) -> Entry:
    place = register.places.get(one.window_id or 0)
    window = (f"{place.number}号窗口" if place.number else place.name) if place else ""
    return Entry(
        number=one.number,
        who=one.who,
        where="\u3000".join(part for part in (one.branch, window) if part),
        content=one.content,
        measures=one.measures,
        standard=one.standard,
        deadline=one.deadline,
        slogan=one.slogan,
        state=one.state,
        published_on=one.published_on,
        version=one.version,
        link=f"{_board(imprint)}/{one.code}",
    )
