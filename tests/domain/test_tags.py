"""Reason tags by level and version."""

import pytest

from domain.errors import UnknownTag
from domain.marks import Mark
from domain.tags import INDICATORS, OPTIONS_VERSION, check_tags, indicator_of, read_tags, tags_for


@pytest.mark.parametrize("mark", Mark)
def test_each_level_offers_a_handful_of_reasons_a_phone_can_show(mark: Mark) -> None:
    tags = tags_for(mark, OPTIONS_VERSION)
    assert 4 <= len(set(tags)) == len(tags) == len(INDICATORS)
    assert max(map(len, tags)) <= 8


def test_no_reason_belongs_to_two_levels() -> None:
    tags = [tag for mark in Mark for tag in tags_for(mark, OPTIONS_VERSION)]
    assert len(set(tags)) == len(tags)


def test_ticked_reasons_are_kept_once_and_in_the_order_shown() -> None:
    assert check_tags(Mark.DISSATISFIED, ["态度冷淡", "等候太久", " 态度冷淡 "], 1) == ("等候太久", "态度冷淡")


def test_ticking_nothing_is_fine() -> None:
    assert check_tags(Mark.SATISFIED, [], 1) == ()


@pytest.mark.parametrize("tag", ["等候太久", "", "态度很好很好很好很好很好很好很好很好很好"], ids=["other level", "empty", "invented"])
def test_a_reason_of_another_level_or_none_is_refused_in_chinese(tag: str) -> None:
    with pytest.raises(UnknownTag) as refusal:
        check_tags(Mark.SATISFIED, ["办理及时", tag], 1)
    assert "重新选择" in refusal.value.text


def test_a_version_that_never_was_is_refused() -> None:
    with pytest.raises(UnknownTag):
        tags_for(Mark.SATISFIED, 99)


def test_the_words_of_version_one_are_frozen() -> None:
    assert tags_for(Mark.DISSATISFIED, 1) == ("等候太久", "业务不熟", "态度冷淡", "来回多跑", "说明不清", "环境较差")


def test_a_reason_tells_what_it_speaks_of() -> None:
    assert indicator_of("等候太久", Mark.DISSATISFIED, 1) == "服务效率"


LONG, COLD = "等候太久", "态度冷淡"
SAID = {
    "1": ((LONG,), ""),
    "1 3": ((LONG, COLD), ""),
    "1、3": ((LONG, COLD), ""),
    "13": ((LONG, COLD), ""),
    "一和三": ((LONG, COLD), ""),
    "1 3 等了两个小时": ((LONG, COLD), "等了两个小时"),
    "等候太久": ((LONG,), ""),
    "等候太久、态度冷淡 等了两个小时": ((LONG, COLD), "等了两个小时"),
    "1等候太久": ((LONG,), ""),
    "1 1 等候太久": ((LONG,), ""),
    "１，３　等了２小时，没人": ((LONG, COLD), "等了２小时，没人"),
    "1 2个小时没人理": ((LONG,), "2个小时没人理"),
    "2个小时没人理": ((), "2个小时没人理"),
    "3次都没办成": ((), "3次都没办成"),
    "1等了两个小时": ((), "1等了两个小时"),
    "等候太久了，三个窗口只开一个": ((), "等候太久了，三个窗口只开一个"),
    "一个人也没有": ((), "一个人也没有"),
    "2026 年了还这样": ((), "2026 年了还这样"),
    "9": ((), "9"),
    "1 9": ((LONG,), "9"),
    "11": ((), "11"),
}


@pytest.mark.parametrize(("text", "read"), SAID.items(), ids=SAID)
def test_reasons_are_read_by_number_or_by_word_and_the_rest_is_the_citizens_own(text: str, read: tuple[tuple[str, ...], str]) -> None:
    assert read_tags(text, Mark.DISSATISFIED) == read


@pytest.mark.parametrize("mark", Mark)
def test_every_reason_of_every_level_is_read_by_both(mark: Mark) -> None:
    for number, tag in enumerate(tags_for(mark), 1):
        assert read_tags(str(number), mark) == read_tags(tag, mark) == ((tag,), "")
