"""报送情况: submitted, late, missing per unit at a glance; urge one or all; take the day's list along (A3, F04, F41)."""

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from domain.listings import Format
from domain.permissions import Can
from gateways import listings
from services import arrears, schedule_table
from services.arrears import Overview
from web import here
from web.console.drawing import done, download, draw
from web.console.room import Room
from web.console.signed_in import me

room = Room("arrears", "报送情况", rank=22)


@room.page("/", needs=Can.SEE_ARREARS, entry="报送情况")
def shown() -> Response:
    """The campaign asked for, else the newest that runs."""
    with here.house().database.reading() as db:
        running = schedule_table.running(db, me())
        key = request.args.get("campaign") or (running[0].key if running else "")
        seen = arrears.overview(db, me(), key, here.house().now()) if key else None
    only, unit = request.args.get("only", ""), request.args.get("unit", "")
    units = [one for one in _units(seen, only) if unit in ("", one.name)]
    return draw("arrears.html", seen=seen, campaigns=[(one.key, one.title) for one in running], key=key, only=only, unit=unit, units=units)


@room.deed("/urge", needs=Can.URGE, page=shown)
def urge() -> AnyResponse:
    """催办 those ticked, or all that is overdue."""
    house, said = here.house(), request.form
    with house.database.transaction() as db:
        heard = arrears.urge(db, me(), said.getlist("todo", type=int), said.get("words", ""), house.now(), house.settings.reminders.habits)
    told = f"已催办，{heard}人会收到提醒，当天还没发出的提醒并在一封里；同一任务每人每天只催一次。"
    return done(told, f"/console/arrears/?campaign={said.get('campaign', '')}")


@room.page("/list", needs=Can.SEE_ARREARS)
def listing() -> Response:
    """The day's list as a workbook, a Word document or a PDF."""
    house = here.house()
    form = Format(request.args["form"]) if request.args.get("form") in list(Format) else Format.XLSX
    with house.database.reading() as db:
        found = arrears.listing(arrears.overview(db, me(), request.args.get("campaign", ""), house.now()), house.settings.bureau)
    return download(listings.file(found, form, house.settings.bureau, house.now()), f"{found.title}.{form.value}", form.mime)


def _units(seen: Overview | None, only: str) -> list[arrears.Unit]:
    if seen is None:
        return []
    if only == "owed":
        return [unit for unit in seen.units if unit.owed]
    return [unit for unit in seen.units if unit.overdue or unit.late] if only == "late" else list(seen.units)
