"""Dates, figures and codes as people read and type them."""

from datetime import date

import pytest

from domain import spoken_days
from web import words
from web.codes import read_code, read_id

RATES = [(0, "0%"), (1, "100%"), (2999 / 3000, "99.9%"), (1 / 9000, "0.1%"), (0.5, "50%"), (5 / 6, "83.3%"), (0.98765, "98.8%")]
IDS = [("12", 12), ("x", 0), ("", 0), ("-1", 0), ("９", 0), ("9" * 19, 0), (str(2**63 - 1), 2**63 - 1), ("9" * 5000, 0)]


@pytest.mark.parametrize(("rate", "shown"), RATES)
def test_a_rate_is_never_rounded_to_all_or_nothing(rate: float, shown: str) -> None:
    assert words.percent(rate) == shown


def test_a_day_is_written_as_offices_write_it() -> None:
    today = date(2026, 11, 16)
    assert (words.day(date(2026, 1, 3)), words.day(None)) == ("2026年1月3日", "")
    assert (words.weekday(date(2026, 11, 22), today), spoken_days.near(date(2026, 11, 22), today)) == ("11月22日（星期日）", "11月22日")
    assert words.weekday(date(2010, 7, 19), today) == "2010年7月19日（星期一）"


@pytest.mark.parametrize("said", ["7kq2", "P:7KQ2", " 7k q2 ", "７ＫＱ２", "https://h.example/p/7kq2", "h.example/p/7kq2/?from=x", "7k-q2"])
def test_a_code_is_read_however_it_comes(said: str) -> None:
    assert read_code(said) == "7kq2"


@pytest.mark.parametrize(("said", "meant"), IDS)
def test_an_id_that_cannot_be_is_nothing(said: str, meant: int) -> None:
    assert read_id(said) == meant
