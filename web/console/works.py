"""重点工程 kept: facts and milestones in one form; shown, finished, taken down (A11)."""

from datetime import date

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from domain.calendar import local_day
from domain.numbers import read_pledge
from domain.permissions import Can
from domain.work_refusals import WorkFieldUnread
from domain.works import Milestone
from services import board, works
from services.works import MOST_MILESTONES, Facts
from web import here
from web.codes import read_id
from web.console.drawing import done, draw
from web.console.room import Room
from web.console.signed_in import me

room = Room("works", "重点工程", rank=19)

_BLANK_ROWS = 3
_LIST = "/console/works/"
_DONE = {"publish": "已公开。", "finish": "已报完工。", "reopen": "已恢复建设。", "withdraw": "已撤下。"}


@room.page("/", needs=Can.KEEP_WORK, entry="重点工程")
def listed() -> Response:
    """Those this person keeps."""
    with here.house().database.reading() as db:
        return draw("works.html", works=works.kept(db, me(), here.house().now()), today=here.register().day)


@room.page("/new", needs=Can.KEEP_WORK)
def new() -> Response:
    return _form(None)


@room.page("/<code>", needs=Can.KEEP_WORK)
def one(code: str) -> Response:
    """One to be changed. Raises `NoSuchWork`."""
    with here.house().database.reading() as db:
        return _form(works.look(db, me(), code, here.house().now()))


@room.deed("/new/save", needs=Can.KEEP_WORK, page=new)
def begin() -> AnyResponse:
    return _save("")


@room.deed("/<code>/save", needs=Can.KEEP_WORK, page=one)
def save(code: str) -> AnyResponse:
    """All facts at once, over the version that was read."""
    return _save(code)


@room.deed("/<code>/go", needs=Can.KEEP_WORK, page=one)
def go(code: str) -> AnyResponse:
    """公开、完工、恢复建设、撤下."""
    verb = request.form.get("verb", "")
    with here.house().database.transaction() as db:
        works.go(db, me(), code, verb, request.form.get("why", ""), here.house().now())
    return done(_DONE.get(verb, "已办理。"), f"{_LIST}{code}")


def _form(work: works.Told | None) -> Response:
    rows = list(work.milestones) if work else []
    blank = min(_BLANK_ROWS, MOST_MILESTONES - len(rows))
    with here.house().database.reading() as db:
        branches = works.branches(db, me())
    return draw("work.html", work=work, rows=[*rows, *[None] * blank], branches=branches)


def _save(code: str) -> AnyResponse:
    house, asked = here.house(), request.form
    with house.database.transaction() as db:
        named = [number for said in asked.get("pledges", "").replace("，", " ").replace("、", " ").split() if (number := read_pledge(said))]
        facts = Facts(
            name=asked.get("name", ""),
            branch_id=read_id(asked.get("branch_id", "")) or None,
            section=asked.get("section", ""),
            summary=asked.get("summary", ""),
            percent=_percent(asked.get("percent", "0")),
            delay_words=asked.get("delay_words", ""),
            milestones=_milestones(),
            pledges=tuple(board.code_of(db, number, local_day(house.now())) for number in named),
        )
        row = works.write_down(db, me(), facts, house.now(), code=code, version=read_id(asked.get("version", "")) if code else None)
    return done("已保存。", f"{_LIST}{row.code}")


def _milestones() -> tuple[Milestone, ...]:
    """Rows with a name; a row without one is left out. Raises `WorkFieldUnread`."""
    found = []
    for at in range(MOST_MILESTONES):
        name = request.form.get(f"name{at}", "").strip()
        if name:
            planned = _day(f"planned{at}", name)
            if planned is None:
                raise WorkFieldUnread(name=f"{name}的计划日期")
            later = (_day(f"expected{at}", name), _day(f"actual{at}", name))
            found.append(Milestone(name, planned, *later, request.form.get(f"note{at}", ""), read_id(request.form.get(f"id{at}", "")) or None))
    return tuple(found)


def _day(field: str, name: str) -> date | None:
    said = request.form.get(field, "").strip()
    try:
        return date.fromisoformat(said) if said else None
    except ValueError:
        raise WorkFieldUnread(name=f"{name}的日期") from None


def _percent(said: str) -> int:
    if not (said.isascii() and said.isdecimal() and int(said[:4]) <= 100):
        raise WorkFieldUnread(name="进度百分比")
    return int(said)
