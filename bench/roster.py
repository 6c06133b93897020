"""Roster of 10,000 rows, preview and apply, beside python-calamine's read and one bulk insert. `python -m bench.roster [--quick]`

Ours reads the file in a process of its own, checks every cell, finds the branches, matches, seals and indexes each number, and
records a chained step for each person. The yardstick puts the cells into the same table as they are, by SQLAlchemy Core.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy
import xlsxwriter
from python_calamine import CalamineWorkbook

from bench.figures import Figure, Goal, median, table
from bench.ours import environment
from bench.servers import ROOT, free_port
from tests.services_here import database_urls

ROUNDS, PEOPLE, BRANCHES = 5, 10_000, 50
BACKENDS = ("sqlite", "postgresql")
_GOAL = Goal(7, 3, "1")
_HEAD = ("姓名", "党支部", "手机号", "入党时间", "党员类别")
_IMPORT = """
import gc, sys, time
from pathlib import Path
import app, settings
from operations import roster
house = app.build(settings.load())
gc.freeze()
began = time.perf_counter()
plan = roster.preview(house, roster.read(house, Path(sys.argv[1])))
done = roster.carry_out(house, plan, leaving=False, accepted=())
print(time.perf_counter() - began, done.added)
"""
_COUNTS = ("SELECT count(*) FROM people WHERE phone_index IS NOT NULL", "SELECT count(*) FROM steps WHERE thing = 'person' AND verb = 'add'")


def write_list(path: Path) -> None:
    """A list of invented people: a merged title, a header, one row each."""
    signs, surnames = [chr(0x4E10 + n) for n in range(1500)], "林禾苏安宋石叶钟江白"
    book = xlsxwriter.Workbook(path)
    page, day = book.add_worksheet("名册"), book.add_format({"num_format": "yyyy-mm-dd"})
    page.merge_range(0, 0, 0, 4, "党员花名册")
    page.write_row(1, 0, _HEAD)
    for n in range(PEOPLE):
        name = surnames[n % 10] + signs[n // 10 % 1500] + signs[n * 7 % 1500]
        page.write_row(n + 2, 0, [name, f"第{n % BRANCHES + 1}党支部", str(13_800_000_000 + n)])
        page.write_datetime(n + 2, 3, datetime(1980, 1, 1) + timedelta(days=n % 15_000), day)
        page.write_string(n + 2, 4, "正式党员")
    book.close()


def imported(url: str, backend: str, file: Path) -> float:
    """Seconds of our import into an empty register, from the file's first byte to the commit."""
    settings = {**os.environ, **environment(url, free_port(), backend)}
    subprocess.run([sys.executable, "manage.py", "migrate"], cwd=ROOT, env=settings, check=True, capture_output=True)
    done = subprocess.run([sys.executable, "-c", _IMPORT, str(file)], cwd=ROOT, env=settings, check=True, capture_output=True, text=True)
    seconds, added = done.stdout.split()
    with sqlalchemy.create_engine(_driver(url)).connect() as db:
        stored = {db.scalar(sqlalchemy.text(words)) for words in _COUNTS} | {int(added)}
    if stored != {PEOPLE}:
        raise SystemExit(f"{PEOPLE} people in the list, but stored {stored}")
    return float(seconds)


def bare(url: str, file: Path) -> float:
    """Seconds of the yardstick, into the schema that ours has made."""
    engine = sqlalchemy.create_engine(_driver(url))
    people = sqlalchemy.Table("people", sqlalchemy.MetaData(), autoload_with=engine)
    began = time.perf_counter()
    rows = CalamineWorkbook.from_path(str(file)).get_sheet_by_index(0).to_python()[2:]
    with engine.begin() as db:
        db.execute(people.insert(), [_plain(*row) for row in rows])
    seconds = time.perf_counter() - began
    engine.dispose()
    return seconds


def _plain(name: Any, _branch: Any, phone: Any, day: Any, category: Any) -> dict[str, Any]:
    alike = {"public_form": "post", "version": 1}
    return {"name": name, "phone_sealed": phone.encode(), "phone_index": phone.encode(), "joined_on": day, "category": category, **alike}


def _driver(url: str) -> str:
    return url.replace("postgresql://", "postgresql+psycopg://")


def figures(rounds: int = ROUNDS, backends: tuple[str, ...] = BACKENDS) -> Iterator[Figure]:
    """A row for each database; the first round only warms."""
    with tempfile.TemporaryDirectory(prefix="ln-bench-") as place:
        file = Path(place) / "list.xlsx"
        write_list(file)
        for backend in backends:
            pairs = [_round(backend, Path(place), file) for _ in range(rounds + 1)][1:]
            ours, yardstick = median(one * 1000 for one, _ in pairs), median(other * 1000 for _, other in pairs)
            yield Figure(f"roster of {PEOPLE:,} rows, {backend}", "time ÷ read + insert", ours, yardstick, "ms", _GOAL)


def _round(backend: str, place: Path, file: Path) -> tuple[float, float]:
    """Each in an empty database of its own."""
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(dir=place))
        url = stack.enter_context(database_urls(backend, Path(folder)))
        return imported(url, backend, file), bare(url, file)


if __name__ == "__main__":
    print(table(figures(1 if "--quick" in sys.argv else ROUNDS)))
