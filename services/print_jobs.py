"""打印任务: asked for at the console, drawn by the clock outside any transaction, then recorded and kept for some days (F19).

No paper without its entry in the print log, no plate revoked without its paper: `finish` writes both in one transaction with the state.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from domain.actor import NOTHING, Actor, Role, Seat
from domain.calendar import local_day
from domain.errors import NotAllowed
from domain.files import Kept
from domain.flows.print_jobs import PRINT_JOBS, PrintJobState
from domain.notice_boards import Hanging, NoticeBoard
from domain.paper_refusals import NoSuchPrintJob, TooManyPieces, TooManyPrintJobs
from domain.papers import Layout
from domain.print_jobs import MOST_PIECES, MOST_PLATES, Boards, Content, Plates, Wish
from models import print_jobs as table
from models.print_jobs import PrintJob
from services import files, notice_boards, people, prints, steps
from services import register as registers
from services.files import Attached
from services.moves import move
from services.notice_boards import Scope
from services.plate_faces import Imprint
from services.prints import Batch, Made, Order

CLOCK = Actor(name="时钟", seats=(Seat(Role.OPERATOR, 0),))
KEEPS = timedelta(days=7)
"""How long a finished file can be fetched again."""
_SILENCE = timedelta(minutes=5)
"""After this long without a sign whoever drew it is gone."""
_MOST_WAITING = 5
S = PrintJobState


@dataclass(frozen=True)
class Prepared:
    """A wish as it stands now: what to draw, and what the print log will say. Of plates the `batch`, of boards the `board`."""

    wish: Wish
    content: Content
    title: str
    pieces: int
    batch: Batch | None = None
    board: NoticeBoard | None = None


@dataclass(frozen=True)
class Shown:
    """A job as its page has it. `file` is there while it can be fetched."""

    id: int
    title: str
    state: PrintJobState
    chinese: str
    asked_at: datetime
    done: int
    total: int
    pages: int
    told: tuple[str, ...]
    file: Attached | None


def prepare(db: Session, actor: Actor, wish: Wish, imprint: Imprint, now: datetime) -> Prepared:
    """Raises what `prints.lay_out` and `notice_boards.lay_out` raise, and `TooManyPieces`."""
    found = _plates(db, actor, wish, imprint, now) if isinstance(wish.kind, Layout) else _board(db, actor, wish, imprint, now)
    most = MOST_PLATES if isinstance(wish.kind, Layout) else MOST_PIECES.get(wish.kind, notice_boards.MOST)
    if found.pieces > most:
        raise TooManyPieces(most=most, n=found.pieces)
    return found


def _plates(db: Session, actor: Actor, wish: Wish, imprint: Imprint, now: datetime) -> Prepared:
    assert isinstance(wish.kind, Layout)
    batch = prints.lay_out(db, actor, Order(wish.kind, wish.posts, wish.reprint, wish.why), imprint, now)
    title = f"{wish.kind.chinese}（{'补发' if wish.reprint else '打印'}{len(batch.faces)}块）"
    return Prepared(wish, Plates(wish.kind, batch.faces, now), title, len(batch.faces), batch=batch)


def _board(db: Session, actor: Actor, wish: Wish, imprint: Imprint, now: datetime) -> Prepared:
    assert not isinstance(wish.kind, Layout)
    board = notice_boards.lay_out(db, actor, Scope(wish.branch_id, wish.window_id, wish.code), imprint, now)
    title = f"{board.scope}{wish.kind.chinese}（{wish.size.value}，{len(board.entries)}条承诺）"
    content = Boards(wish.kind, board, Hanging(wish.size, wish.period), now)
    return Prepared(wish, content, title, len(board.entries), board=board)


def ask_for(db: Session, actor: Actor, prepared: Prepared, now: datetime) -> int:
    """Put what was prepared (and allowed) for this person into the queue; the number of the job. Raises `NotAllowed`, `TooManyPrintJobs`.

    A thousand plates take half a second to prepare: that is done before the transaction begins.
    """
    if actor.person_id is None:
        raise NotAllowed()
    if table.waiting(db, actor.person_id, [S.QUEUED.value, S.DRAWING.value]) >= _MOST_WAITING:
        raise TooManyPrintJobs(most=_MOST_WAITING)
    job = PrintJob(
        person_id=actor.person_id,
        title=prepared.title[:120],
        wish=prepared.wish.kept,
        asked_at=now,
        state=S.QUEUED.value,
        total=prepared.pieces,
        told=[],
    )
    table.add(db, job)
    steps.record(db, actor, PRINT_JOBS.thing, job.id, "ask", now, target=S.QUEUED.value, why=job.title, seat=actor.acting)
    return job.id


@dataclass(frozen=True)
class Claimed:
    """A job in hand, and for whom."""

    id: int
    wish: Wish
    actor: Actor


def claim(db: Session, now: datetime) -> Claimed | None:
    """Take the oldest job; those whose drawer fell silent go back into the queue first. One whose person may no longer act fails."""
    for silent in table.silent(db, S.DRAWING.value, now - _SILENCE):
        move(db, CLOCK, PRINT_JOBS, silent, "retake", now, about=NOTHING)
    job = table.next_in(db, S.QUEUED.value)
    if job is None:
        return None
    actor = people.person_actor(db, job.person_id, registers.current(db, local_day(now)))
    if actor is None:
        _fail(db, job, NotAllowed().text, now)
        return None
    job.beat_at, job.done = now, 0
    move(db, CLOCK, PRINT_JOBS, job, "draw", now, about=NOTHING)
    return Claimed(job.id, Wish.read(job.wish), actor)


def beat(db: Session, job_id: int, done: int, now: datetime) -> None:
    """So many pieces are drawn."""
    table.beat(db, job_id, done, now)


def finish(db: Session, claimed: Claimed, prepared: Prepared, kept: Kept, pages: int, notes: Sequence[str], now: datetime) -> None:
    """Record what was drawn and hand the file to its person. Raises `PaperChanged` when a plate on it is no longer true."""
    job = _in_hand(db, claimed.id)
    if prepared.batch is not None:
        prints.record(db, claimed.actor, prepared.batch, kept.digest)
    elif prepared.board is not None and not isinstance(prepared.wish.kind, Layout):
        board = prepared.board
        prints.note(db, claimed.actor, Made(prepared.wish.kind, board.scope, len(board.entries), board.edition, kept.digest), now)
    file = files.add(db, claimed.actor, kept, now)
    files.attach(db, claimed.actor, [file.code], PRINT_JOBS.thing, job.id)
    job.pages, job.done, job.total, job.told = pages, prepared.pieces, prepared.pieces, [*_told(prepared), *notes]
    move(db, CLOCK, PRINT_JOBS, job, "finish", now, about=NOTHING)


def fail(db: Session, claimed: Claimed, sentence: str, now: datetime) -> None:
    """It cannot be drawn; the sentence says what to do."""
    _fail(db, _in_hand(db, claimed.id), sentence, now)


def _fail(db: Session, job: PrintJob, sentence: str, now: datetime) -> None:
    job.told = [sentence]
    move(db, CLOCK, PRINT_JOBS, job, "fail", now, about=NOTHING, why=sentence)


def _in_hand(db: Session, job_id: int) -> PrintJob:
    job = table.job(db, job_id)
    if job is None:
        raise NoSuchPrintJob()
    return job


def _told(prepared: Prepared) -> list[str]:
    """What the person should know of the plates: printed before, new numbers, left out."""
    batch = prepared.batch
    if batch is None:
        return []
    told = []
    if batch.fresh:
        told.append(f"其中{len(batch.fresh)}块是新编号{'，旧牌已停用，请收回销毁' if batch.order.reprint else ''}。")
    if batch.earlier:
        told.append(f"有{len(batch.earlier)}块已打印过，桌上的牌照常有效；如是遗失或损坏，请改用“补发”，换新编号并停用旧牌。")
    if batch.stopped:
        some = "、".join(batch.stopped[:5]) + ("等" if len(batch.stopped) > 5 else "")
        told.append(f"有{len(batch.stopped)}个岗位的牌已停用或过期，没有打印：{some}。")
    return told


def shown(db: Session, actor: Actor, job_id: int) -> Shown:
    """One's own job. Raises `NoSuchPrintJob`, also for another's."""
    job = table.job(db, job_id)
    if job is None or job.person_id != actor.person_id:
        raise NoSuchPrintJob()
    return _shown(job, files.of_things(db, PRINT_JOBS.thing, [job.id]).get(job.id, ()))


def latest(db: Session, actor: Actor, most: int = 10) -> tuple[Shown, ...]:
    """One's own last jobs, the newest first."""
    found = table.latest_of(db, actor.person_id or 0, most)
    attached = files.of_things(db, PRINT_JOBS.thing, [job.id for job in found])
    return tuple(_shown(job, attached.get(job.id, ())) for job in found)


def _shown(job: PrintJob, attached: Sequence[Attached]) -> Shown:
    state = PrintJobState(job.state)
    of = (job.id, job.title, state, PRINT_JOBS.name(state), job.asked_at, job.done, job.total, job.pages, tuple(job.told))
    return Shown(*of, file=attached[0] if attached else None)


def expire(db: Session, now: datetime) -> set[str]:
    """Forget the files of finished jobs after their days; the digests that the store may drop after the commit."""
    over = table.asked_before(db, S.READY.value, now - KEEPS)
    for job in over:
        move(db, CLOCK, PRINT_JOBS, job, "expire", now, about=NOTHING)
    return files.forget_of(db, PRINT_JOBS.thing, [job.id for job in over]) if over else set()
