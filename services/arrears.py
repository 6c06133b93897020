"""报送情况: who has handed in, who late, who not yet, per branch at a glance; and urging those who owe (A3, F04, F41)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from domain.actor import Actor
from domain.calendar import local_day
from domain.digests import Item
from domain.errors import NotAllowed
from domain.flows.todos import OUTSTANDING, TodoState
from domain.listings import Column, Listing
from domain.permissions import Can, ask, may
from domain.reminders import STANDARD, Habits
from domain.schedule.refusals import NobodyToUrge, NoSuchTodo
from models import todos as table
from models.campaigns import CampaignRow
from models.people import Body
from models.todos import Listed, Todo
from services import accountable, definitions, steps, todos, urging
from services.accountable import Accountable
from services.todos import Shown
from services.urging import Urged

_SEEN = frozenset(TodoState) - {TodoState.DROPPED}
_MOST_WORDS = 60
_NEAR, _MOST_COLUMNS = 30, 6


@dataclass(frozen=True)
class Unit:
    """One line of the overview: a unit, or the members of a branch taken together."""

    name: str
    todos: tuple[Shown, ...]

    @property
    def of_members(self) -> bool:
        """Whether this line stands for the members of a branch, of whom there are many."""
        return all(todo.subject.startswith("person:") for todo in self.todos)

    def of_task(self, task_id: int) -> list[Shown]:
        return [todo for todo in self.todos if todo.task_id == task_id]

    @property
    def accepted(self) -> int:
        return sum(todo.state in (TodoState.ACCEPTED, TodoState.WAIVED) for todo in self.todos)

    @property
    def handed_in(self) -> int:
        return sum(todo.state == TodoState.HANDED_IN for todo in self.todos)

    @property
    def owed(self) -> list[Shown]:
        return [todo for todo in self.todos if todo.state in OUTSTANDING]

    @property
    def overdue(self) -> int:
        return sum(todo.overdue for todo in self.todos)

    @property
    def late(self) -> int:
        return sum(todo.late for todo in self.todos)


@dataclass(frozen=True)
class Overview:
    """A campaign's arrears as of a day: columns are the tasks that bind somebody, rows the units."""

    campaign: CampaignRow
    day: date
    tasks: tuple[Shown, ...]
    units: tuple[Unit, ...]

    @property
    def all(self) -> list[Shown]:
        return [todo for unit in self.units for todo in unit.todos]

    @property
    def near(self) -> list[Shown]:
        """The tasks due about now, which everybody asks about: the columns that fit on a page."""
        return [task for task in self.tasks if abs(task.days_left) <= _NEAR][:_MOST_COLUMNS]

    def glance(self) -> list[Unit]:
        """The units that have one of these tasks of their own."""
        near = {task.task_id for task in self.near}
        return [unit for unit in self.units if not unit.of_members and any(todo.task_id in near for todo in unit.todos)]


def overview(db: Session, actor: Actor, key: str, now: datetime) -> Overview:
    """Submitted, late and missing, unit by unit. Raises `NoSuchCampaign`, `NotAllowed`."""
    ask(actor, Can.SEE_ARREARS)
    row, today = definitions.row(db, key), local_day(now)
    listed = table.page_of_campaign(db, row.id, _SEEN)
    shown = todos.shown(db, listed, today)
    at = accountable.on(db, today)
    lines = _lines(at, listed, shown, accountable.branches_of(db, [one.Todo for one in listed]))
    tasks = {todo.task_id: todo for todo in sorted(shown, key=lambda one: (one.due_on, one.task_id), reverse=True)}
    columns = sorted(tasks.values(), key=lambda one: (one.due_on, one.task_id))
    return Overview(row, today, tuple(columns), tuple(Unit(name, tuple(found)) for name, found in lines.items()))


def _lines(at: Accountable, listed: Sequence[Listed], shown: Sequence[Shown], branches: dict[int, int | None]) -> dict[str, list[Shown]]:
    """Name of the line → its todos: bodies in the tree's order, then windows, then the members of each branch."""
    lines: dict[str, list[Shown]] = {}
    for row, todo in sorted(zip(listed, shown, strict=True), key=lambda pair: _rank(at, pair[0].Todo, branches)):
        lines.setdefault(_line_name(at, row.Todo, todo, branches), []).append(todo)
    return lines


def _rank(at: Accountable, todo: Todo, branches: dict[int, int | None]) -> tuple[int, int]:
    if todo.body_id is not None:
        return (0 if at.bodies[todo.body_id].kind == "branch" else 1, todo.body_id)
    return (2, todo.window_id) if todo.window_id is not None else (3, at.branch_id(todo, branches) or 0)


def _line_name(at: Accountable, todo: Todo, shown: Shown, branches: dict[int, int | None]) -> str:
    if todo.person_id is None:
        return shown.who
    branch: Body | None = at.bodies.get(at.branch_id(todo, branches) or 0)
    return f"{branch.name}党员" if branch else "未编入支部的党员"


def urge(db: Session, actor: Actor, todo_ids: Collection[int], words: str, now: datetime, habits: Habits = STANDARD) -> int:
    """催办: each thing owed once a day, for each person who answers for it one letter; how many people hear. Raises `NobodyToUrge`."""
    today = local_day(now)
    rows = [row for row in table.some(db, todo_ids) if row.Todo.state in OUTSTANDING]
    todos_of = [row.Todo for row in rows]
    at, branches, names = accountable.on(db, today), accountable.branches_of(db, todos_of), accountable.names_of(db, todos_of)
    urged: list[Urged] = []
    for row in rows:
        if not may(actor, Can.URGE, at.about(actor, row.Todo, branches)):
            raise NotAllowed() if may(actor, Can.SEE_ARREARS) else NoSuchTodo()
        item = Item(row.Todo.id, row.Todo.due_on, row.TaskRow.title, at.name(row.Todo, names))
        urged += [Urged(person_id, item) for person_id in at.behind(row.Todo)]
    if not urged:
        raise NobodyToUrge()
    urging.write(db, urged, words.strip().rstrip("。")[:_MOST_WORDS], now, habits)
    steps.record_all(db, actor, "todo", "urge", now, [_step(row.Todo, words) for row in rows], actor.acting)
    return len({one.person_id for one in urged})


def _step(todo: Todo, words: str) -> dict[str, object]:
    return {"thing_id": todo.id, "source": todo.state, "target": todo.state, "why": words.strip()[:300]}


def listing(seen: Overview, bureau: str) -> Listing:
    """The day's list, for print and workbook: what is late and what is missing first."""
    columns = (
        Column("单位", 9, joined=True, centred=True),
        Column("任务", 16),
        Column("责任人", 5, centred=True),
        Column("提交材料", 9),
        Column("截止日期", 7, centred=True),
        Column("状态", 8, centred=True),
        Column("逾期情况", 6, centred=True),
        Column("收字编号", 8, centred=True),
    )
    rows = tuple(
        (
            unit.name,
            todo.task,
            todo.person,
            todo.deliverable,
            todo.due_on,
            todo.chinese,
            todo.lateness if (todo.overdue or todo.late) else "",
            todo.receipt,
        )
        for unit in seen.units
        for todo in unit.todos
    )
    day = f"{seen.day.year}年{seen.day.month}月{seen.day.day}日"
    return Listing(f"{seen.campaign.title}报送情况", columns, rows, under=f"{bureau}\u3000{day}\u3000共{len(rows)}项", landscape=True)
