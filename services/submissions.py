"""报送: hand in, get a numbered receipt; be returned with a reason, hand in again, be accepted (A3, A4, F04)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from domain.actor import Actor
from domain.calendar import local_day
from domain.errors import LostRace
from domain.flows.todos import TODOS, TodoState
from domain.meetings import Meeting
from domain.permissions import Can, could, may
from domain.quoting import inner
from domain.receipts import format_receipt, read_receipt
from domain.schedule.refusals import AlreadyHandedIn, AnotherVersion, ItemsUnfit, NoSuchSubmission, NothingHandedIn, WhyMissing, WordsTooLong
from domain.waiting import Waiting
from models import people
from models import submissions as table
from models import todos as todos_table
from models.submissions import Submission
from models.todos import Listed, Todo
from services import accountable, files, todos
from services.binding import first_behind
from services.files import Attached
from services.moves import move
from services.todos import Shown

FILES_OF = "submission"
"""The thing that handed-in files belong to."""
MOST_WORDS = 5000
_MOST_WHY = 300


@dataclass(frozen=True)
class Receipt:
    """What whoever handed in is told: the number, which version it is, and whether it came late."""

    number: str
    todo_id: int
    no: int
    submission_id: int
    task: str
    late: bool
    due_on: date


@dataclass(frozen=True)
class Version:
    """One hand-in as its readers see it."""

    id: int
    no: int
    receipt: str
    kind: str
    words: str
    meeting: Meeting | None
    by: str
    at: datetime
    late: bool
    on_paper: bool
    decision: str
    decided_by: str
    decided_at: datetime | None
    why: str
    files: tuple[Attached, ...]


def hand_in(
    db: Session, actor: Actor, todo_id: int, words: str, now: datetime, *, meeting: Meeting | None = None, codes: Sequence[str] = ()
) -> Receipt:
    """报送: words, a meeting's record, and the `codes` of files that were kept before.

    Raises `NoSuchTodo`, `NotAllowed`, `NothingHandedIn`, `WordsTooLong`, `AlreadyHandedIn`, `NotYourFile`, `NotNow`, `LostRace`.
    """
    words = words.strip()
    _check(words, meeting, codes)
    row = todos.readable(db, actor, todo_id, now)
    todo, today = row.Todo, local_day(now)
    if meeting is None and not codes:
        _count(words, *todos.items_of(row.TaskRow, row.CampaignRow))
    earlier = table.of_todo(db, todo.id)
    if todo.state == TodoState.HANDED_IN:
        raise AlreadyHandedIn(receipt=_number(earlier[-1]))
    at = accountable.on(db, today)
    about = at.about(actor, todo, accountable.branches_of(db, [todo]))
    if todo.handed_in_on is None:
        todo.handed_in_on, todo.late = today, today > todo.due_on
    move(db, actor, TODOS, todo, "hand_in", now, about=about, why="代收纸质材料" if not about.assigned else "")
    kept = _written(db, actor, todo, len(earlier) + 1, words, meeting, now, on_paper=not about.assigned)
    files.attach(db, actor, codes, FILES_OF, kept.id)
    return Receipt(_number(kept), todo.id, kept.no, kept.id, row.TaskRow.title, kept.late, todo.due_on)


def _written(db: Session, actor: Actor, todo: Todo, no: int, words: str, meeting: Meeting | None, now: datetime, *, on_paper: bool) -> Submission:
    """The hand-in under the next receipt number. Raises `LostRace` when another took it."""
    year = local_day(now).year
    kept = Submission(
        todo_id=todo.id,
        no=no,
        receipt_year=year,
        receipt_no=table.next_receipt(db, year),
        kind="meeting" if meeting else "papers",
        words=words,
        meeting=meeting.kept() if meeting else None,
        handed_in_by=actor.person_id,
        handed_in_at=now,
        late=todo.late,
        on_paper=on_paper,
    )
    db.add(kept)
    try:
        db.flush()
    except IntegrityError as lost:
        raise LostRace() from lost
    return kept


def take_back(db: Session, actor: Actor, todo_id: int, now: datetime) -> None:
    """撤回: before anybody has decided on it; the version stays in the record."""
    todo = todos.readable(db, actor, todo_id, now).Todo
    at = accountable.on(db, local_day(now))
    move(db, actor, TODOS, todo, "take_back", now, about=at.about(actor, todo, accountable.branches_of(db, [todo])))


def decide(db: Session, actor: Actor, todo_id: int, no: int, verb: str, why: str, now: datetime) -> None:
    """审核: `accept`, or `return` with a reason, the version `no` that the reviewer has read. Of two reviewers one is too late.

    Raises `NoSuchTodo`, `NotAllowed`, `WhyMissing`, `AnotherVersion`, `NotNow`, `LostRace`.
    """
    why = why.strip()
    if verb == "return" and not why:
        raise WhyMissing()
    if len(why) > _MOST_WHY:
        raise WordsTooLong(what="原因", most=_MOST_WHY, length=len(why))
    row = todos.readable(db, actor, todo_id, now)
    versions = table.of_todo(db, row.Todo.id)
    if not versions or versions[-1].no != no:
        raise AnotherVersion()
    newest, at = versions[-1], accountable.on(db, local_day(now))
    about = at.about(actor, row.Todo, accountable.branches_of(db, [row.Todo]), author_id=newest.handed_in_by, for_committee=_for_committee(row))
    words = {"task": row.TaskRow.title, "receipt": _number(newest), "todo": row.Todo.id}
    move(db, actor, TODOS, row.Todo, verb, now, about=about, why=why, hearers=first_behind(at, row.Todo), words=words)
    newest.decision, newest.decided_by, newest.decided_at, newest.why = row.Todo.state, actor.person_id, now, why


def decidable(db: Session, actor: Actor, rows: Sequence[Listed], now: datetime) -> list[Listed]:
    """Those of `rows` that wait for a decision this person may take, in order."""
    handed_in = [row for row in rows if row.Todo.state == TodoState.HANDED_IN]
    newest = table.of_todos(db, [row.Todo.id for row in handed_in])
    at, branches = accountable.on(db, local_day(now)), accountable.branches_of(db, [row.Todo for row in handed_in])
    found = []
    for row in handed_in:
        by = newest[row.Todo.id].handed_in_by
        if may(actor, Can.DECIDE_SUBMISSION, at.about(actor, row.Todo, branches, author_id=by, for_committee=_for_committee(row))):
            found.append(row)
    return found


def possible(db: Session, actor: Actor, row: Listed, now: datetime) -> frozenset[str]:
    """What this person could do with it in its state: what a page asks before it shows a form."""
    at = accountable.on(db, local_day(now))
    about = at.about(actor, row.Todo, accountable.branches_of(db, [row.Todo]))
    verbs = {line.verb for line in TODOS.verbs_from(row.Todo.state) if line.who is not Can.DECIDE_SUBMISSION and may(actor, line.who, about)}
    if "hand_in" in verbs and may(actor, Can.ASK_EXTENSION, about):
        verbs.add("extend")
    return frozenset(verbs | ({"decide"} if decidable(db, actor, [row], now) else set()))


def queue(db: Session, actor: Actor, now: datetime) -> list[Shown]:
    """审核队列: everything in running campaigns that this person may decide on, the oldest due day first."""
    rows = decidable(db, actor, todos_table.in_state(db, TodoState.HANDED_IN), now)
    return todos.shown(db, rows, local_day(now))


def waiting(db: Session, actor: Actor, now: datetime) -> list[Waiting]:
    """The same for the desk."""
    if not could(actor, Can.DECIDE_SUBMISSION):
        return []
    return [_waiting(one) for one in queue(db, actor, now)]


def _waiting(todo: Shown) -> Waiting:
    words, group = f"待审核：{todo.who}报送的“{inner(todo.task)}”", f"待审核：“{inner(todo.task)}”"
    return Waiting("submission", str(todo.id), words, number=todo.receipt, group=group, who=todo.who)


def versions(db: Session, actor: Actor, todo_id: int, now: datetime) -> list[Version]:
    """Every version, the first first. Raises `NoSuchTodo`."""
    row = todos.readable(db, actor, todo_id, now)
    found = table.of_todo(db, row.Todo.id)
    ids = {one.handed_in_by for one in found} | {one.decided_by for one in found}
    names = {person.id: person.name for person in people.people_by_id(db, sorted(one for one in ids if one)).values()}
    attached = files.of_things(db, FILES_OF, [one.id for one in found])
    return [_version(one, names, attached.get(one.id, ())) for one in found]


def by_receipt(db: Session, actor: Actor, said: str, now: datetime) -> int:
    """The todo behind a receipt's number. Raises `NoSuchSubmission`, also for one that is not this person's to read."""
    number = read_receipt(said)
    found = table.by_receipt(db, *number) if number else None
    if found is None:
        raise NoSuchSubmission()
    todos.readable(db, actor, found.todo_id, now)
    return found.todo_id


def _check(words: str, meeting: Meeting | None, codes: Sequence[str]) -> None:
    if not words and meeting is None and not codes:
        raise NothingHandedIn()
    if len(words) > MOST_WORDS:
        raise WordsTooLong(what="说明", most=MOST_WORDS, length=len(words))


def _count(words: str, least: int, most: int) -> None:
    """重点谋划1至2个具体服务事项: one or two, not ten; each stands on a line of its own (B19)."""
    n = sum(bool(line.strip()) for line in words.splitlines())
    if most and not least <= n <= most:
        raise ItemsUnfit(least=least, most=most, n=n)


def _for_committee(row: Listed) -> bool:
    return "committee" in (row.TaskRow.approver, row.TaskRow.report_to)


def _number(submission: Submission) -> str:
    return format_receipt(submission.receipt_year, submission.receipt_no)


def _version(one: Submission, names: dict[int, str], attached: tuple[Attached, ...]) -> Version:
    kept: dict[str, Any] | None = one.meeting
    return Version(
        id=one.id,
        no=one.no,
        receipt=_number(one),
        kind=one.kind,
        words=one.words,
        meeting=Meeting.of(kept) if kept else None,
        by=names.get(one.handed_in_by or 0, ""),
        at=one.handed_in_at,
        late=one.late,
        on_paper=one.on_paper,
        decision=one.decision,
        decided_by=names.get(one.decided_by or 0, ""),
        decided_at=one.decided_at,
        why=one.why,
        files=attached,
    )
