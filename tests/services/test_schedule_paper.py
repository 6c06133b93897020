"""配档表 on paper says what the screen says, phase by phase, and can be had in every form."""

from datetime import UTC, date, datetime

import pytest

from domain.listings import Format, Listing, Size
from gateways import listings
from services import schedule_paper
from tests.bureau import Bureau
from tests.scanning import sizes_of, words_of
from tests.services.test_schedule_table import table
from tests.services.test_todos import start

DAY = date(2026, 11, 16)


def paper(bureau: Bureau, size: Size = Size.A4) -> Listing:
    start(bureau)
    return schedule_paper.listing(table(bureau), "青禾县住房和城乡建设局", DAY, size)


def test_every_task_of_the_screen_is_one_row_numbered_through(bureau: Bureau) -> None:
    rows = paper(bureau).rows
    assert [row[1] for row in rows] == list(range(1, len(rows) + 1))
    assert sorted(str(row[2]).partition("（")[0] for row in rows) == sorted(entry.title for entry in table(bureau).entries)


def test_a_row_has_wording_day_material_and_progress(bureau: Bureau) -> None:
    row = next(row for row in paper(bureau).rows if row[4] == "11月24日前")
    assert (row[3], row[5], row[6], row[7], row[8]) == ("党支部", date(2026, 11, 24), "实施细则", "领导小组办公室", "未报2")


def test_what_the_papers_give_no_day_for_says_so(bureau: Bureau) -> None:
    days = [row[5] for row in paper(bureau).rows]
    assert "经常性" in days
    assert "最迟\n2027年6月30日" in days


def test_the_cells_of_a_phase_run_together(bureau: Bureau) -> None:
    listing = paper(bureau)
    phases = [row[0] for row in listing.rows]
    runs = list(listing.runs(0))
    assert len(runs) == len(dict.fromkeys(phases)) < len(phases)
    assert sum(number for _, number in runs) == len(phases)


@pytest.mark.parametrize(("size", "sides"), [(Size.A4, (297, 210)), (Size.A3, (420, 297))])
def test_it_lies_across_on_either_paper(bureau: Bureau, size: Size, sides: tuple[int, int]) -> None:
    pdf = listings.file(paper(bureau, size), Format.PDF, "青禾县", datetime(2026, 11, 16, tzinfo=UTC))
    assert set(sizes_of(pdf)) == {sides}
    assert "配档表" in words_of(pdf)[0]
