"""Reason tags by level and version."""

import pytest

from domain.errors import UnknownTag
from domain.marks import Mark
from domain.tags import INDICATORS, OPTIONS_VERSION, check_tags, indicator_of, tags_for


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
