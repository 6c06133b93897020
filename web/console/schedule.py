"""配档表: as a table, a month, bars; per phase and for all; and every campaign with what may be done with it (A1, A2, A25, F03)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Response, request

from domain.calendar import local_day
from domain.listings import Column, Format, Listing
from domain.permissions import Can, may
from domain.schedule.sheet import HEADINGS
from gateways import listings
from services import schedule_changes, schedule_table
from services.schedule_table import Band, Entry, Table
from web import here
from web.console import time_views
from web.console.drawing import download, draw
from web.console.room import Room
from web.console.signed_in import me

room = Room("schedule", "配档表", rank=20)

VIEWS = (("table", "表"), ("month", "月历"), ("bars", "横道图"))
_MOST = 20
_WIDTHS = (4, 7, 18, 9, 10, 7, 7, 10, 8, 8, 14)


@room.page("/", needs=Can.SEE_SCHEDULE, entry="配档表")
def listed() -> Response:
    """Every campaign, the newest first, each with the card of its open phases."""
    today = local_day(here.house().now())
    with here.house().database.reading() as db:
        rows = schedule_table.every(db, me())
        tables = [schedule_table.drawn(db, row, today) for row in rows[:_MOST]]
    rights = {"keeps": may(me(), Can.LOAD_CAMPAIGN), "oversees": may(me(), Can.SEE_ARREARS)}
    return draw("schedule.html", tables=tables, cards={one.key: _cards(one, today) for one in tables if one.running}, **rights)


@room.page("/<key>", needs=Can.SEE_SCHEDULE)
def shown(key: str) -> Response:
    """One campaign's table, seen as `view` says."""
    table, today = _table(key), local_day(here.house().now())
    view, phase = request.args.get("view", "table"), request.args.get("phase", type=int)
    told: dict[str, Any] = {}
    if view == "month":
        first = time_views.month_of(request.args.get("month", ""), table, today)
        told = {"weeks": time_views.month(table, first, today), "first": first, "beside": time_views.beside(first)}
    elif view == "bars":
        told = {"gantt": time_views.gantt(table, today)}
    bands = [(band, table.of_phase(band.no)) for band in table.bands if phase in (None, band.no)]
    others = table.of_phase(0) if phase in (None, 0) else []
    keeps = may(me(), Can.KEEP_SCHEDULE)
    return draw("schedule_table.html", table=table, view=view, views=VIEWS, bands=bands, others=others, phase=phase, keeps=keeps, **told)


@room.page("/<key>/sheet", needs=Can.SEE_SCHEDULE)
def sheet(key: str) -> Response:
    """The table as a workbook that can be changed and brought back: each row carries its 行号."""
    house = here.house()
    with house.database.reading() as db:
        rows = schedule_changes.sheet_rows(db, me(), key)
        title = schedule_table.table(db, me(), key, house.now()).title
    columns = tuple(Column(heading, width) for heading, width in zip(HEADINGS, _WIDTHS, strict=True))
    notes = ("改好后在“配档表”页导入，先看对照再保存。行号请勿改动；新增的任务行号留空；日期写成 2026-11-24 的样子。",)
    listing = Listing(f"{title}配档表（修改用）", columns, tuple(rows), notes=notes, landscape=True)
    body = listings.file(listing, Format.XLSX, house.settings.bureau, house.now())
    return download(body, f"{title}配档表（修改用）.xlsx", Format.XLSX.mime)


def _table(key: str) -> Table:
    with here.house().database.reading() as db:
        return schedule_table.table(db, me(), key, here.house().now())


@dataclass(frozen=True)
class Card:
    """首页卡片 (A2): a phase that is open today, what is due next in it, how much is owed, how much of that is overdue."""

    band: Band
    tasks: int
    owed: int
    overdue: int
    following: Entry | None


def _cards(table: Table, today: date) -> list[Card]:
    """Every phase that is open today: two, when two are."""
    found = []
    for band in table.bands:
        if band.open_today:
            entries = table.of_phase(band.no)
            ahead = [one for one in entries if one.due_on and one.due_on >= today and one.tally.missing]
            following = min(ahead, key=lambda one: one.due_on or today, default=None)
            owed, overdue = sum(one.tally.missing for one in entries), sum(one.tally.overdue for one in entries)
            found.append(Card(band, len(entries), owed, overdue, following))
    return found
