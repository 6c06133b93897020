"""待办: what somebody still owes, oldest first; what is due on a day and who stands behind it (A3, A20, F04)."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from domain.actor import Actor
from domain.calendar import local_day
from domain.flows.todos import OUTSTANDING, TODOS, TodoState
from domain.permissions import Can, ask, may
from domain.quoting import inner
from domain.receipts import format_receipt
from domain.schedule.refusals import NoSuchTodo
from domain.waiting import Waiting
from models import people
from models import submissions as submissions_table
from models import todos as table
from models.campaigns import CampaignRow, TaskRow
from models.submissions import Submission
from models.todos import Listed, Todo
from services import accountable, definitions
from services.accountable import Accountable

ONGOING = frozenset({*OUTSTANDING, TodoState.HANDED_IN, TodoState.PAUSED})
VISIBLE = frozenset({*OUTSTANDING, TodoState.HANDED_IN, TodoState.PAUSED, TodoState.ACCEPTED, TodoState.WAIVED})


_SHORT: dict[str, str] = {
    TodoState.ASKED: "待确认",
    TodoState.OPEN: "未报",
    TodoState.HANDED_IN: "待审",
    TodoState.RETURNED: "退回",
    TodoState.ACCEPTED: "办结",
    TodoState.WAIVED: "免办",
    TodoState.PAUSED: "暂停",
}


@dataclass(frozen=True)
class Shown:
    """A todo as people see it. `receipt` is of the newest hand-in, “” before there is one; `overdue` while something is owed."""

    id: int
    campaign_id: int
    campaign: str
    task_id: int
    task: str
    deliverable: str
    wording: str
    who: str
    subject: str
    state: str
    chinese: str
    opens_on: date
    due_on: date
    due_words: str
    firm: bool
    days_left: int
    overdue: bool
    late: bool
    receipt: str
    why: str
    version: int
    person: str
    least_items: int
    most_items: int

    @property
    def items(self) -> str:
        """“1至2项”, each on a line of its own; “” when the task sets no number (B19)."""
        if not self.most_items:
            return ""
        return f"{self.least_items}至{self.most_items}项" if self.least_items < self.most_items else f"{self.most_items}项"

    @property
    def wants_meeting(self) -> bool:
        """Whether what is asked for is the record of a meeting (A4)."""
        return "会议" in self.deliverable

    @property
    def short(self) -> str:
        """The state in two or three characters, for a cell."""
        return _SHORT.get(self.state, self.chinese)

    @property
    def lateness(self) -> str:
        """“逾期3天”, “逾期报送”, “还有5天”, “今天截止”; “” when nothing more is owed and nothing was late."""
        if self.overdue:
            return f"逾期{-self.days_left}天"
        if self.late:
            return "逾期报送"
        if self.state not in OUTSTANDING:
            return ""
        return f"还有{self.days_left}天" if self.days_left else "今天截止"


@dataclass(frozen=True)
class Due:
    """One thing that somebody owes: whom to remind (`behind`), and whom when that does not help (`above`)."""

    todo_id: int
    version: int
    campaign_id: int
    campaign: str
    task_id: int
    task: str
    deliverable: str
    who: str
    due_on: date
    firm: bool
    behind: tuple[int, ...]
    above: tuple[int, ...]


def due(db: Session, first: date, last: date, today: date) -> list[Due]:
    """All that is still owed and due from `first` to `last`, by due day; seats as they are held `today`.

    Nothing that is paused, handed in, or overdue since before its campaign began: of those nobody is reminded.
    """
    rows = table.between(db, first, last, OUTSTANDING)
    todos = [row.Todo for row in rows]
    at, branches, names = accountable.on(db, today), accountable.branches_of(db, todos), accountable.names_of(db, todos)
    return [_due(row, at, branches, names) for row in rows]


def _due(row: Listed, at: Accountable, branches: dict[int, int | None], names: dict[int, str]) -> Due:
    todo, task, campaign = row
    return Due(
        todo_id=todo.id,
        version=todo.version,
        campaign_id=campaign.id,
        campaign=campaign.title,
        task_id=task.id,
        task=task.title,
        deliverable=task.deliverable,
        who=at.name(todo, names),
        due_on=todo.due_on,
        firm=todo.firm,
        behind=at.behind(todo),
        above=at.above(todo, branches),
    )


def of_person(db: Session, actor: Actor, now: datetime, states: Collection[str] = OUTSTANDING) -> list[Shown]:
    """What this person answers for today, the oldest due day first. Raises `NotAllowed`."""
    ask(actor, Can.SEE_TODOS)
    subjects = accountable.on(db, local_day(now)).subjects_of(actor)
    return shown(db, table.of_subjects(db, subjects, states), local_day(now))


def waiting(db: Session, actor: Actor, now: datetime) -> list[Waiting]:
    """What this person has to hand in now, for the desk and the chat."""
    found = begun(of_person(db, actor, now), local_day(now))
    return [_waiting(one) for one in found]


def _waiting(todo: Shown) -> Waiting:
    what = f"{'重新' if todo.state == TodoState.RETURNED else ''}报送“{inner(todo.task)}”"
    return Waiting("todo", str(todo.id), f"{what}（{todo.who}）", todo.due_on, group=what, who=todo.who, unit="个单位")


@dataclass(frozen=True)
class ByTask:
    """What one task asks of several, on one line; most ask it of one."""

    todos: tuple[Shown, ...]

    @property
    def first(self) -> Shown:
        return self.todos[0]

    @property
    def states(self) -> str:
        """“未报10，待审2”."""
        return "，".join(f"{short}{n}" for short, n in Counter(one.short for one in self.todos).items())

    @property
    def lateness(self) -> str:
        """“逾期3个”; “” when nothing is."""
        n = sum(1 for one in self.todos if one.overdue)
        return f"逾期{n}个" if n else ""


def by_task(todos: Sequence[Shown]) -> list[ByTask]:
    """In the same order, each task at the place of its first, which is its oldest."""
    found: dict[int, list[Shown]] = {}
    for one in todos:
        found.setdefault(one.task_id, []).append(one)
    return [ByTask(tuple(some)) for some in found.values()]


def begun(todos: Sequence[Shown], today: date) -> list[Shown]:
    """Those to be worked at now: their days have come, or the deadline is not a fortnight away."""
    return [todo for todo in todos if todo.opens_on <= today or todo.days_left <= _SOON]


_SOON = 14


def one(db: Session, actor: Actor, todo_id: int, now: datetime) -> Shown:
    """One todo, for whoever answers for it or may read what is handed in. Absent and not yours look the same."""
    row = readable(db, actor, todo_id, now)
    return shown(db, [row], local_day(now))[0]


def readable(db: Session, actor: Actor, todo_id: int, now: datetime) -> Listed:
    """Raises `NoSuchTodo`."""
    row = table.listed(db, todo_id)
    if row is None:
        raise NoSuchTodo()
    at = accountable.on(db, local_day(now))
    about = at.about(actor, row.Todo, accountable.branches_of(db, [row.Todo]))
    if not (may(actor, Can.READ_SUBMISSION, about) or row.Todo.subject in at.subjects_of(actor)):
        raise NoSuchTodo()
    return row


def shown(db: Session, rows: Sequence[Listed], today: date) -> list[Shown]:
    """As people see them, in the same order, by four statements for any number."""
    if not rows:
        return []
    todos = [row.Todo for row in rows]
    at, names = accountable.on(db, today), accountable.names_of(db, todos)
    newest = submissions_table.of_todos(db, [todo.id for todo in todos])
    first = {todo.id: next(iter(at.behind(todo)), 0) for todo in todos}
    persons = {one.id: one.name for one in people.people_by_id(db, sorted(set(first.values()))).values()}
    return [_shown(row, at.name(row.Todo, names), persons.get(first[row.Todo.id], ""), newest.get(row.Todo.id), today) for row in rows]


def items_of(task: TaskRow, campaign: CampaignRow) -> tuple[int, int]:
    """How many items the task asks for, at least and at most; (0, 0) when it sets no number."""
    said = next((one for one in definitions.of_row(campaign).tasks if one.id == task.key), None)
    if said is None or said.max_items is None:
        return 0, 0
    return said.min_items or 0, said.max_items


def _shown(row: Listed, who: str, person: str, newest: Submission | None, today: date) -> Shown:
    todo, task, campaign = row
    least, most = items_of(task, campaign)
    return Shown(
        id=todo.id,
        campaign_id=campaign.id,
        campaign=campaign.title,
        task_id=task.id,
        task=task.title,
        deliverable=task.deliverable,
        wording=task.wording,
        who=who,
        subject=todo.subject,
        state=todo.state,
        chinese=TODOS.name(todo.state),
        opens_on=todo.opens_on,
        due_on=todo.due_on,
        due_words=todo.due_words,
        firm=todo.firm,
        days_left=(todo.due_on - today).days,
        overdue=is_overdue(todo, today),
        late=todo.late,
        receipt=format_receipt(newest.receipt_year, newest.receipt_no) if newest else "",
        why=newest.why if newest and todo.state == TodoState.RETURNED else "",
        version=todo.version,
        person=person,
        least_items=least,
        most_items=most,
    )


def is_overdue(todo: Todo, today: date) -> bool:
    return todo.state in OUTSTANDING and todo.due_on < today
