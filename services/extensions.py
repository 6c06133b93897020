"""延期、暂停、免办: a due day moves only with a reason, and says how it came about (F25)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from domain.actor import Actor
from domain.calendar import CALENDAR, local_day
from domain.errors import NotNow
from domain.flows.extensions import EXTENSIONS, ExtensionState
from domain.flows.todos import OUTSTANDING, TODOS
from domain.permissions import Can, ask, could
from domain.quoting import fill
from domain.schedule.due import moved
from domain.schedule.refusals import DayOutside, ExtensionPending, NoSuchExtension, WhyMissing
from domain.spoken_days import near
from domain.waiting import Waiting
from models import people
from models import submissions as table
from models import todos as todos_table
from models.submissions import Extension
from models.todos import Listed, Todo
from services import accountable, steps, todos
from services.binding import first_behind
from services.moves import move

_FURTHEST = timedelta(days=366)


@dataclass(frozen=True)
class Asked:
    """An application as the office sees it."""

    id: int
    todo_id: int
    task: str
    who: str
    due_on: date
    until: date
    why: str
    by: str
    at: datetime


def ask_for(db: Session, actor: Actor, todo_id: int, until: date, why: str, now: datetime) -> Extension:
    """申请延期. Raises `NoSuchTodo`, `NotAllowed`, `WhyMissing`, `DayOutside`, `ExtensionPending`, `NotNow`."""
    row = todos.readable(db, actor, todo_id, now)
    at = accountable.on(db, local_day(now))
    ask(actor, Can.ASK_EXTENSION, at.about(actor, row.Todo, accountable.branches_of(db, [row.Todo])))
    why = _reason(why)
    if row.Todo.state not in OUTSTANDING:
        raise NotNow(state=TODOS.name(row.Todo.state), verb="申请延期")
    _later(row.Todo.due_on, until, now)
    if any(one.state == ExtensionState.ASKED for one in table.extensions_of(db, todo_id)):
        raise ExtensionPending()
    asked = Extension(todo_id=todo_id, state=EXTENSIONS.start.value, asked_by=actor.person_id, asked_at=now, until=until, why=why)
    db.add(asked)
    db.flush()
    steps.record(db, actor, EXTENSIONS.thing, asked.id, "ask", now, target=EXTENSIONS.start.value, why=why)
    return asked


def decide(db: Session, actor: Actor, extension_id: int, verb: str, answer: str, now: datetime) -> None:
    """批复: `grant`, or `refuse` with a reason. Raises `NoSuchExtension`, `NotAllowed`, `WhyMissing`, `NotNow`, `LostRace`."""
    asked = table.extension(db, extension_id)
    row = todos_table.listed(db, asked.todo_id) if asked else None
    if asked is None or row is None:
        raise NoSuchExtension()
    answer = answer.strip()[:300] if verb == "grant" else _reason(answer)
    at = accountable.on(db, local_day(now))
    about = at.about(actor, row.Todo, accountable.branches_of(db, [row.Todo]), author_id=asked.asked_by)
    due = asked.until if verb == "grant" else row.Todo.due_on
    words = {"task": row.TaskRow.title, "due": due.isoformat()}
    asked.decided_by, asked.answer = actor.person_id, answer
    move(db, actor, EXTENSIONS, asked, verb, now, about=about, why=answer, hearers={"asker": asked.asked_by}, words=words)
    if verb == "grant":
        _set_day(db, row.Todo, asked.until, asked.why, "经批准延期")


def waiting(db: Session, actor: Actor, now: datetime) -> list[Waiting]:
    """The same for the desk."""
    if not could(actor, Can.DECIDE_EXTENSION):
        return []
    words, today = "延期申请：{who}申请把“{task}”延到{until}", local_day(now)
    return [
        Waiting("extension", str(one.todo_id), fill(words, {"who": one.who, "task": one.task, "until": near(one.until, today)}))
        for one in asked(db, actor, now)
    ]


def asked(db: Session, actor: Actor, now: datetime) -> list[Asked]:
    """Applications without an answer, the oldest first."""
    ask(actor, Can.DECIDE_EXTENSION)
    rows = table.extensions_asked(db)
    names = {one.id: one.name for one in people.people_by_id(db, [row.Extension.asked_by or 0 for row in rows]).values()}
    at, of_whom = accountable.on(db, local_day(now)), accountable.names_of(db, [row.Todo for row in rows])
    return [_asked(row.Extension, row.Todo, row.TaskRow.title, at.name(row.Todo, of_whom), names) for row in rows]


def _asked(one: Extension, todo: Todo, task: str, who: str, names: Mapping[int, str]) -> Asked:
    return Asked(one.id, todo.id, task, who, todo.due_on, one.until, one.why, names.get(one.asked_by or 0, ""), one.asked_at)


def waive(db: Session, actor: Actor, todo_id: int, why: str, now: datetime) -> None:
    """免办: this unit need not do it. Raises `WhyMissing`."""
    _change(db, actor, todo_id, "waive", _reason(why), now)


def pause(db: Session, actor: Actor, todo_id: int, why: str, now: datetime) -> None:
    """暂停: the clock stops until it is resumed."""
    row = _change(db, actor, todo_id, "pause", _reason(why), now)
    row.Todo.paused_on = local_day(now)


def resume(db: Session, actor: Actor, todo_id: int, now: datetime) -> None:
    """恢复: the due day moves by as many working days as the pause took."""
    row = todos.readable(db, actor, todo_id, now)
    todo, today = row.Todo, local_day(now)
    since = todo.paused_on or today
    lost = max(CALENDAR.working_days_between(since, today), 0)
    if lost:
        until = CALENDAR.add_working_days(todo.due_on, lost)
        _set_day(db, todo, until, f"{since.month}月{since.day}日起暂停，{today.month}月{today.day}日恢复，顺延{lost}个工作日", "顺延")
    todo.paused_on = None
    _change(db, actor, todo_id, "resume", "", now)


def require(db: Session, actor: Actor, todo_id: int, until: date, why: str, now: datetime) -> None:
    """要求补办: what was overdue before the campaign ran is still wanted, by a day of its own."""
    row = todos.readable(db, actor, todo_id, now)
    _later(local_day(now) - timedelta(days=1), until, now)
    _set_day(db, row.Todo, until, why.strip()[:100] or "活动启动时已过期，办公室要求补办", "补办期限")
    _change(db, actor, todo_id, "require", why.strip()[:300], now)


def _change(db: Session, actor: Actor, todo_id: int, verb: str, why: str, now: datetime) -> Listed:
    row = todos.readable(db, actor, todo_id, now)
    at = accountable.on(db, local_day(now))
    about = at.about(actor, row.Todo, accountable.branches_of(db, [row.Todo]))
    words = {"task": row.TaskRow.title, "due": row.Todo.due_on.isoformat()}
    move(db, actor, TODOS, row.Todo, verb, now, about=about, why=why, hearers=first_behind(at, row.Todo), words=words)
    return row


def _set_day(db: Session, todo: Todo, until: date, why: str, by: str) -> None:
    todo.due_on, todo.own_day, todo.due_words = until, True, moved(todo.due_words, until, why, by)[:400]
    db.flush()


def _reason(why: str) -> str:
    if not why.strip():
        raise WhyMissing()
    return why.strip()[:300]


def _later(after: date, until: date, now: datetime) -> None:
    first = max(after, local_day(now) - timedelta(days=1)) + timedelta(days=1)
    if not first <= until <= after + _FURTHEST:
        raise DayOutside(day=until, first=first, last=after + _FURTHEST)


def reasons(db: Session, todo_id: int) -> Sequence[Extension]:
    """Every application for this todo, the first first."""
    return table.extensions_of(db, todo_id)
