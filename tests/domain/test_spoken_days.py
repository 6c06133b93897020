"""日期 as people type it in a chat."""

from datetime import date

import pytest

from domain.spoken_days import read_day

TODAY = date(2026, 11, 16)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("12月31日", date(2026, 12, 31)),
        ("12月31日前", date(2026, 12, 31)),
        ("2027-1-5", date(2027, 1, 5)),
        ("2027年1月5日", date(2027, 1, 5)),
        ("3月5日", date(2027, 3, 5)),
        ("年底", date(2026, 12, 31)),
        ("12月底", date(2026, 12, 31)),
        ("2月30日", None),
        ("2026-13-01", None),
        ("快了", None),
        ("", None),
    ],
)
def test_a_day_is_read_or_not_guessed(said: str, day: date | None) -> None:
    assert read_day(said, TODAY) == day
