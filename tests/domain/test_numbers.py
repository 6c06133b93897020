"""Public numbers of bad ratings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.numbers import format_number, read_number

LAST = 600 * 9999


@pytest.mark.parametrize(
    ("n", "number"),
    [(1, "A0001"), (231, "A0231"), (9999, "A9999"), (10_000, "B0001"), (24 * 9999, "Z9999"), (24 * 9999 + 1, "AA0001"), (LAST, "ZZ9999")],
)
def test_numbers_run_through_the_letters(n: int, number: str) -> None:
    assert format_number(n) == number


@given(st.integers(1, LAST))
def test_every_number_reads_back(n: int) -> None:
    assert read_number(format_number(n)) == n


@given(st.integers(1, LAST))
def test_no_number_holds_a_letter_that_looks_like_a_figure(n: int) -> None:
    assert not set("IO") & set(format_number(n))


@pytest.mark.parametrize("typed", ["A0231", "a0231", "A231", "a 231", "Ａ０２３１", "A-0231", " A0231。", "AO23l", "A023I", "【A0231】"])
def test_a_citizen_may_type_a_number_carelessly(typed: str) -> None:
    assert read_number(typed) == 231


@pytest.mark.parametrize("typed", ["", "A", "0231", "A0000", "A02311", "AAA0231", "I0231", "O231", "进度", "A" * 10_000, "甲0231"])
def test_what_is_no_number_reads_as_none(typed: str) -> None:
    assert read_number(typed) is None


@pytest.mark.parametrize("n", [0, -1, LAST + 1])
def test_there_is_no_number_outside_the_range(n: int) -> None:
    with pytest.raises(ValueError, match="no public number"):
        format_number(n)
