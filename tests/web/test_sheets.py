"""Kept pages: drawn once for an edition and a day, never more than fit on the shelf."""

from datetime import date, timedelta

from web.sheets import Shelf

TODAY = date(2026, 11, 16)


class Drawer:
    """Counts how often a page was drawn."""

    def __init__(self) -> None:
        self.times = 0

    def draw(self) -> bytes:
        self.times += 1
        return f"page {self.times}".encode()


def test_a_page_is_drawn_once_while_the_edition_stands() -> None:
    shelf, drawer = Shelf(), Drawer()
    assert shelf.sheet((1, TODAY), "a", drawer.draw) is shelf.sheet((1, TODAY), "a", drawer.draw)


def test_a_new_edition_or_day_draws_anew() -> None:
    shelf, drawer = Shelf(), Drawer()
    for edition, day in ((1, TODAY), (2, TODAY), (2, TODAY + timedelta(days=1))):
        shelf.sheet((edition, day), "a", drawer.draw)
    assert drawer.times == 3


def test_the_shelf_never_grows_beyond_its_size() -> None:
    shelf, drawer = Shelf(most=3), Drawer()
    for n in range(10):
        shelf.sheet((1, TODAY), f"page {n}", drawer.draw)
    assert len(shelf) <= 3
