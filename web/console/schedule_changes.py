"""改配档表: a row by page, or the whole by workbook; what changes and who will be told is shown before anything is saved (F03)."""

from datetime import date
from typing import Any

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from domain.files import FileMissing
from domain.permissions import Can
from domain.schedule.refusals import DayUnread, NoSuchTask
from gateways import sheets
from services import files as file_verbs
from services import schedule_changes, schedule_table
from services.schedule_changes import Proposal
from services.schedule_table import Entry, Table
from web import files, here
from web.console.drawing import done, draw
from web.console.room import Room
from web.console.signed_in import me

room = Room("schedule_changes", "改配档表", rank=21, at="/console/schedule")

_WORDS = {"title": "title", "wording": "when", "deliverable": "deliverable", "note": "note"}
_DAYS = {"starts_on": "starts_on", "last_day": "last_day"}


@room.page("/<key>/rows/<task_key>", needs=Can.KEEP_SCHEDULE)
def row(key: str, task_key: str) -> Response:
    """One row with its words and days."""
    table, entry = _row(key, task_key)
    return draw("schedule_row.html", table=table, entry=entry)


@room.deed("/<key>/rows/<task_key>/preview", needs=Can.KEEP_SCHEDULE, page=row)
def preview(key: str, task_key: str) -> AnyResponse:
    """What the change would change, and who would be told."""
    proposal = _proposed(key, task_key)
    table, _ = _row(key, task_key)
    again = {name: request.form.get(name, "") for name in (*_WORDS, *_DAYS)}
    return draw("schedule_preview.html", proposal=proposal, table=table, again=again, address=f"/console/schedule/{key}/rows/{task_key}/apply")


@room.deed("/<key>/rows/<task_key>/apply", needs=Can.KEEP_SCHEDULE, page=row)
def apply(key: str, task_key: str) -> AnyResponse:
    """Save what was shown."""
    proposal = _proposed(key, task_key)
    with here.house().database.transaction() as db:
        schedule_changes.apply(db, me(), proposal, request.form.get("version", type=int) or 0, here.house().now())
    return done("配档表已修改。", f"/console/schedule/{key}")


@room.page("/<key>/import", needs=Can.KEEP_SCHEDULE)
def importing(key: str) -> Response:
    """Where the workbook comes back."""
    with here.house().database.reading() as db:
        table = schedule_table.table(db, me(), key, here.house().now())
    return draw("schedule_import.html", table=table)


@room.deed("/<key>/import/preview", needs=Can.KEEP_SCHEDULE, page=importing)
def import_preview(key: str) -> AnyResponse:
    """The workbook beside the table, row by row."""
    kept = files.take(me())
    if not kept:
        raise FileMissing()
    drop = request.form.get("drop") == "1"
    proposal, table = _from_file(key, kept[0].code, drop)
    again = {"code": kept[0].code, "drop": "1" if drop else ""}
    return draw("schedule_preview.html", proposal=proposal, table=table, again=again, address=f"/console/schedule/{key}/import/apply")


@room.deed("/<key>/import/apply", needs=Can.KEEP_SCHEDULE, page=importing)
def import_apply(key: str) -> AnyResponse:
    """Save what was shown; the workbook is kept with the campaign as the reason."""
    code = request.form.get("code", "")
    proposal, table = _from_file(key, code, request.form.get("drop") == "1")
    with here.house().database.transaction() as db:
        file_verbs.attach(db, me(), [code], "schedule", table.id)
        schedule_changes.apply(db, me(), proposal, request.form.get("version", type=int) or 0, here.house().now())
    return done("已按导入的表修改配档表。", f"/console/schedule/{key}")


def _row(key: str, task_key: str) -> tuple[Table, Entry]:
    """Raises `NoSuchTask`."""
    with here.house().database.reading() as db:
        table = schedule_table.table(db, me(), key, here.house().now())
    found = next((one for one in table.entries if one.key == task_key), None)
    if found is None:
        raise NoSuchTask()
    return table, found


def _proposed(key: str, task_key: str) -> Proposal:
    values: dict[str, Any] = {name: " ".join(request.form.get(field, "").split()) for field, name in _WORDS.items() if field in request.form}
    values |= {name: _day(request.form.get(field, "")) for field, name in _DAYS.items() if field in request.form}
    with here.house().database.reading() as db:
        return schedule_changes.of_row(db, me(), key, task_key, values, here.house().now())


def _from_file(key: str, code: str, drop: bool) -> tuple[Proposal, Table]:
    house = here.house()
    with house.database.reading() as db:
        file = file_verbs.find(db, code)
        grids = sheets.read(house.files.path(file.digest).read_bytes(), file.name)
        proposal = schedule_changes.of_sheet(db, me(), key, grids, drop, house.now())
        return proposal, schedule_table.table(db, me(), key, house.now())


def _day(said: str) -> date | None:
    """Raises `DayUnread`."""
    try:
        return date.fromisoformat(said.strip()) if said.strip() else None
    except ValueError:
        raise DayUnread() from None
