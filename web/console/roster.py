"""花名册导入: upload, preview of what would change cell by cell, then the yes; nothing is applied before it (F08)."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from flask import Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from domain.calendar import local_day
from domain.errors import LostRace
from domain.files import FileMissing
from domain.permissions import Can
from domain.roster.phones import masked
from domain.roster.records import FULL, Keys, Reading
from domain.roster.refusals import NoMembersFound
from domain.roster.sheets import read_sheets
from gateways import sheets
from services import files, roster
from services.roster import Done, Preview
from web import here
from web.console.drawing import done, draw
from web.console.room import Room
from web.console.signed_in import me
from web.files import take

room = Room("roster", "花名册导入", rank=54)
SHOWN = 100
"""Lines of each list; faults and rows that wait are all shown, they are to be worked on."""


@room.page("/", needs=Can.KEEP_REGISTER, entry="花名册导入")
def upload_form() -> Response:
    """Where the file goes."""
    return draw("roster.html")


@room.deed("/upload", needs=Can.KEEP_REGISTER, page=upload_form)
def upload() -> AnyResponse:
    """Keep the file for a day and show what it would change."""
    kept = take(me())
    if not kept:
        raise FileMissing()
    _read(kept[0].code)
    return redirect(f"/console/roster/{kept[0].code}", 303)


@room.page("/<code>", needs=Can.KEEP_REGISTER)
def preview(code: str) -> Response:
    """Adds, moves, changes, leavers, rows that wait, errors by cell; nothing is done yet."""
    reading, name = _read(code)
    house = here.house()
    with house.database.reading() as db:
        plan = roster.preview(db, me(), reading, _keys(), house.now())
    return draw("roster_preview.html", plan=plan, tables=list(_tables(plan)), code=code, name=name, shown=SHOWN)


@room.deed("/<code>/apply", needs=Can.KEEP_REGISTER, page=preview)
def apply(code: str) -> AnyResponse:
    """Do what the preview said. Raises `LostRace` when the register has changed since: then the preview is shown anew."""
    reading, _name = _read(code)
    house, said = here.house(), request.form
    with house.database.reading() as db:  # reading first keeps the writers' turn short; `apply` looks at the stamp again
        plan = roster.preview(db, me(), reading, _keys(), house.now())
    if plan.mark != said.get("stamp", ""):
        raise LostRace()
    how: dict[str, Any] = {"leaving": "leaving" in said, "accepted": frozenset(said.getlist("accepted")), "tick": _ticking(code)}
    with house.database.transaction() as db:
        outcome = roster.apply(db, me(), plan, _keys(), house.now(), **how)
    return done(_words(outcome), "/console/people/")


@room.page("/<code>/progress", needs=Can.KEEP_REGISTER)
def progress(code: str) -> Response:
    """How many rows are written so far, or nothing; the preview asks for it every other second."""
    return draw("_roster_progress.html", written=int(here.house().store.get(_progress(code)) or 0))


def _ticking(code: str) -> Callable[[int], None]:
    """Counts into the store: the request that looks may be another process's."""
    store, so_far = here.house().store, 0

    def tick(rows: int) -> None:
        nonlocal so_far
        so_far += rows
        store.put(_progress(code), str(so_far).encode(), 60)

    return tick


def _progress(code: str) -> str:
    return f"roster:{code[:40]}"


class _Table(NamedTuple):
    """One list of the preview."""

    title: str
    head: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]


def _tables(plan: Preview) -> Iterator[_Table]:
    names = plan.branches
    adds = [(one.at, one.name, names[one.branch_id], _number(one.phone), str(one.joined_on or "—"), one.category or FULL) for one in plan.adds]
    yield _Table("新增", ("单元格", "姓名", "党支部", "手机号", "入党时间", "党员类别"), adds)
    moved = [(one.member.at, one.member.name, names.get(one.known.branch_id or 0, "—"), names[one.member.branch_id]) for one in plan.moved]
    yield _Table("转支部", ("单元格", "姓名", "从", "到"), moved)
    yield _Table("修改", ("单元格", "姓名", "改什么"), [(one.member.at, one.member.name, one.words) for one in plan.changed])
    yield _Table("请核对（按所写登记）", ("单元格", "说明"), [(one.at, one.text) for one in plan.doubts])
    yield _Table("没有读的行", ("单元格", "说明"), [(one.at, one.text) for one in plan.left_out])


def _number(phone: str | None) -> str:
    return masked(phone) if phone else "—"


def _read(code: str) -> tuple[Reading, str]:
    """The members my own upload names, and its file name. Raises the refusals of `gateways.sheets.read`, `NoSuchFile`, `NoMembersFound`."""
    house = here.house()
    with house.database.reading() as db:
        kept = files.own_free(db, me(), code)
    grids = sheets.read(house.files.path(kept.digest).read_bytes(), kept.name)
    reading = read_sheets(grids, local_day(house.now()))
    if not (reading.rows or reading.faults):
        raise NoMembersFound()
    return reading, kept.name


def _keys() -> Keys:
    house = here.house()
    return Keys(house.pseudonyms.phone, house.sealer.seal, house.sealer.open)


def _words(outcome: Done) -> str:
    if not (outcome.added or outcome.changed or outcome.left):
        return "花名册与名单一致，没有改动。"
    branches = f"，新建党支部{outcome.branches}个" if outcome.branches else ""
    return f"已导入：新增{outcome.added}人，修改{outcome.changed}人，登记离开{outcome.left}人{branches}。"
