"""Numbers as citizens type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.numerals import compact, halfwidth, read_int

WRITTEN = {
    "3": 3, "03": 3, "３": 3, "三": 3, "叁": 3, "两": 2, "〇": 0, "十": 10, "十二": 12, "二十": 20, "廿": 20, "廿三": 23, "卅一": 31,
    "壹": 1, "壹佰零五": 105, "一百二": 120, "一千五": 1500, "一百零二": 102, "二〇三": 203, "九千九百九十九": 9999,
}  # fmt: skip


@pytest.mark.parametrize(("text", "number"), WRITTEN.items(), ids=WRITTEN)
def test_a_citizen_may_write_a_number_in_any_of_the_usual_ways(text: str, number: int) -> None:
    assert read_int(text) == number


@pytest.mark.parametrize("text", ["", "  ", "十十", "百十千", "三号", "1.5", "-3", "房", "1" * 10, "²"])
def test_what_is_no_number_is_not_taken_for_one(text: str) -> None:
    assert read_int(text) is None


def in_chinese(number: int) -> str:
    """Written out by the schoolbook rule: units left to right, one 零 for a gap."""
    words = "".join("一二三四五六七八九"[int(d) - 1] + u if d != "0" else "零" for d, u in zip(f"{number:04d}", "千百十 ", strict=True))
    return words.replace(" ", "").replace("零零零", "零").replace("零零", "零").strip("零")


@given(st.integers(1, 9999))
def test_every_number_written_out_in_full_is_read_back(number: int) -> None:
    assert read_int(in_chinese(number)) == number


@given(st.text(max_size=60))
def test_half_width_form_keeps_every_offset(text: str) -> None:
    assert len(halfwidth(text)) == len(text)


@pytest.mark.parametrize("text", ["３号窗口", "3 号 窗口", "3号窗口！", "“3号窗口”", "3号\u200b窗口"])
def test_spaces_and_punctuation_do_not_change_what_is_compared(text: str) -> None:
    assert compact(text) == "3号窗口"
