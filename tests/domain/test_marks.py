"""The five levels and the words people use for them."""

import re

import pytest

from domain.marks import LOOSE_WORDS, MARKS, WORDS, Mark, read_mark

FOUND = re.compile(MARKS)

SAID = {
    "非常满意": 5, "满意": 4, "基本满意": 3, "不满意": 2, "非常不满意": 1, "很满意": 5, "十分满意": 5, "比较满意": 4, "挺满意": 4, "还算满意": 3,
    "很不满意": 1, "一点也不满意": 1, "有一点不满意": 2, "基本不满意": 2, "好评": 4, "差评": 2, "中评": 3, "5星": 5, "５星": 5, "五星": 5, "5颗星": 5,
    "五星好评": 5, "一星差评": 1, "1分": 1, "两星": 2, "满分": 5, "★★★★★": 5, "★★★☆☆": 3, "⭐⭐": 2, "完美": 5, "不错": 4, "一般": 3,
    "还行": 3, "不好": 2,
    "非常 不 满意": 1, " 满意 ": 4,
}  # fmt: skip
DENIED = [
    "不是很满意", "不太满意", "不怎么满意", "不够满意", "没那么满意", "谈不上满意", "不是非常满意", "不是特别满意", "难以满意",
    "没让我满意", "不给好评", "不 满意", "并非满意",
]  # fmt: skip
UNSURE = ["", "不是不满意", "没有不满意", "不给差评", "满意度", "三", "6星", "0分", "满意不满意", "天气"]


@pytest.mark.parametrize(("word", "level"), SAID.items(), ids=SAID)
def test_a_word_for_a_level_is_understood(word: str, level: int) -> None:
    assert read_mark(word) is Mark(level)


@pytest.mark.parametrize("word", DENIED)
def test_a_denied_good_mark_is_a_bad_one(word: str) -> None:
    assert read_mark(word) is Mark.DISSATISFIED
    assert FOUND.search(f"3号窗口{word}")[0] == word  # type: ignore[index]


@pytest.mark.parametrize("word", UNSURE)
def test_what_is_unsure_is_no_mark(word: str) -> None:
    assert read_mark(word) is None


@pytest.mark.parametrize("word", WORDS)
def test_every_word_is_found_whole_inside_a_sentence(word: str) -> None:
    found = FOUND.search(f"3号窗口 {word} 谢谢")
    assert found is not None
    assert (found[0], read_mark(found[0])) == (word, WORDS[word])


@pytest.mark.parametrize(
    "text",
    [
        "满意度", "满意率", "好评率", "满意吗", "满不满意", "满意不满意", "是否满意", "满意没有", "不满意吗", "满意才怪", "15分", "5分钟",
        "三分之一", "十五分", "满意?",
    ],
)  # fmt: skip
def test_questions_rates_and_minutes_hold_no_mark(text: str) -> None:
    assert FOUND.search(text) is None


def test_the_two_lowest_levels_are_negative_and_no_others() -> None:
    assert [mark for mark in Mark if mark.is_negative] == [1, 2]


def test_the_levels_are_printed_in_the_official_words() -> None:
    assert [mark.chinese for mark in Mark] == ["非常不满意", "不满意", "基本满意", "满意", "非常满意"]


def test_each_official_word_reads_back_as_its_level() -> None:
    assert [read_mark(mark.chinese) for mark in Mark] == list(Mark)


def test_no_everyday_word_hides_a_proper_one() -> None:
    assert [word for word in LOOSE_WORDS if "满意" in word or "评" in word] == []
