"""公示板、承诺海报、标语、电子屏: published pledges on their way to paper and screens, from one edition (A9, F15, X5)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from domain import screen_lines as screen
from domain.actor import About, Actor
from domain.calendar import local_day
from domain.errors import NoSuchPledge
from domain.flows.pledges import PLEDGES, PUBLIC_STATES
from domain.names import public_name
from domain.notice_boards import Entry, NoticeBoard
from domain.paper_refusals import BoardTooLarge, NoSuchBranch, NothingPublished
from domain.permissions import Can, ask
from models import editions
from models import notice_boards as table
from services import register as registers
from services.plate_faces import Imprint

MOST = 1000
"""Pledges on one board: beyond that nobody reads, and the file grows without end."""
_STATES = sorted(state.value for state in PUBLIC_STATES)


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
    branch = table.branch_name(db, scope.branch_id) if scope.branch_id is not None else None
    if scope.branch_id is not None and branch is None:
        raise NoSuchBranch()
    ask(actor, Can.PRINT_BOARD, About(branch_id=place.branch_id if place else scope.branch_id, window_id=scope.window_id))
    lines = table.published(db, _STATES, MOST + 1, branch_id=scope.branch_id, window_id=scope.window_id, code=scope.code)
    if not lines:
        raise NoSuchPledge() if scope.code else NothingPublished()
    if len(lines) > MOST:
        raise BoardTooLarge(most=MOST)
    return NoticeBoard(
        bureau=imprint.bureau,
        scope=place.spoken if place else branch or imprint.bureau,
        link=_link(imprint, scope),
        edition=editions.current(db),
        day=today,
        entries=tuple(_entry(line) for line in lines),
    )


def screen_lines(board: NoticeBoard, limit: int) -> tuple[str, ...]:
    """电子屏文字 of the board: one line for each pledge."""
    return tuple(line for entry in board.entries if (line := screen.line(entry, limit)))


def _link(imprint: Imprint, scope: Scope) -> str:
    """The public page with the same pledges."""
    query = f"?branch={scope.branch_id}" if scope.branch_id else f"?window={scope.window_id}" if scope.window_id else ""
    return f"{imprint.base_url.rstrip('/')}/board{query}"


def _entry(line: table.PublishedLine) -> Entry:
    window = f"{line.number}号窗口" if line.number else line.window
    return Entry(
        code=line.code,
        who=line.unit or public_name(line.author, line.form),
        where="　".join(part for part in (line.branch, window) if part),
        content=line.content,
        measures=line.measures,
        standard=line.standard,
        deadline=line.deadline,
        slogan=line.slogan,
        state=PLEDGES.name(line.state),
        published_on=line.published_on,
    )
