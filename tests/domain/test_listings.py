"""表: which cells run together, and how a cell is read."""

from datetime import date

import pytest

from domain.listings import Cell, Column, Listing, Size, spoken

TWO = (Column("阶段", 4, joined=True), Column("任务", 4, joined=True), Column("单位", 4))


def heights(*rows: tuple[Cell, ...]) -> tuple[tuple[int, ...], ...]:
    return Listing("表", TWO, rows).heights


def test_equal_cells_below_one_another_are_one() -> None:
    assert heights(("一", "甲", "x"), ("一", "甲", "x"), ("二", "乙", "x")) == ((2, 2, 1), (0, 0, 1), (1, 1, 1))


def test_a_cell_does_not_run_on_past_the_end_of_the_one_to_its_left() -> None:
    assert heights(("一", "甲", ""), ("二", "甲", ""), ("二", "乙", "")) == ((1, 1, 1), (2, 1, 1), (0, 1, 1))


def test_equal_cells_that_do_not_touch_stay_apart() -> None:
    assert [row[0] for row in heights(("一", "a", ""), ("二", "a", ""), ("一", "a", ""))] == [1, 1, 1]


def test_a_listing_without_rows_has_no_heights() -> None:
    assert heights() == ()


CELLS: dict[str, tuple[Cell, str]] = {
    "day": (date(2026, 8, 24), "2026年8月24日"),
    "nothing": (None, ""),
    "number": (3, "3"),
    "signs that spoil a file": ("一\x00\x0b\u202e二", "一二"),
    "lines of another system": ("一\r\n二\r三", "一\n二\n三"),
    "a wide blank": ("一\u3000二", "一\u3000二"),
}


@pytest.mark.parametrize(("cell", "words"), CELLS.values(), ids=CELLS.keys())
def test_a_cell_is_read_as_the_office_writes(cell: Cell, words: str) -> None:
    assert spoken(cell) == words


@pytest.mark.parametrize(("size", "landscape", "sides"), [(Size.A4, False, (210, 297)), (Size.A4, True, (297, 210)), (Size.A3, True, (420, 297))])
def test_pages_have_the_sides_of_their_paper(size: Size, landscape: bool, sides: tuple[int, int]) -> None:
    assert Listing("表", TWO, (), size=size, landscape=landscape).millimetres == sides
