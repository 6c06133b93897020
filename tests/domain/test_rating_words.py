"""What one chat message says about a window."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.marks import Mark
from domain.rating_words import LONGEST_WINDOW, REACH, SaidRating, read_rating

SAID = {
    "评价 3号窗口 满意": ("3号窗口", 4, ""),
    "评价3号窗口满意": ("3号窗口", 4, ""),
    "评价3号窗口不满意 等了两个小时": ("3号窗口", 2, "等了两个小时"),
    "三号窗口 5星": ("三号窗口", 5, ""),
    "３号 非常满意": ("3号", 5, ""),
    "评价　３号窗口　５星": ("3号窗口", 5, ""),
    "房管的窗口 好评": ("房管的窗口", 4, ""),
    "评价 房管窗口，太慢了，不满意": ("房管窗口", 2, "太慢了"),
    "3号窗口 满意 比上次不满意好多了": ("3号窗口", 4, "比上次不满意好多了"),
    "评价 3号窗口 态度不错但太慢 不满意": ("3号窗口", 2, "态度不错但太慢"),
    "3号窗口态度差 差评": ("3号窗口", 2, "态度差"),
    "评价 3号窗口 什么态度 不满意": ("3号窗口", 2, "什么态度"),
    "评价 3号窗口 一点问题都没有 非常满意": ("3号窗口", 5, "一点问题都没有"),
    "评价 不动产登记窗口 满意": ("不动产登记窗口", 4, ""),
    "办不成事窗口满意": ("办不成事窗口", 4, ""),
    "我对三号窗口的服务非常满意": ("三号窗口", 5, ""),
    "请给3号窗口打5分": ("3号窗口", 5, ""),
    "评价3号窗口改为不满意": ("3号窗口", 2, ""),
    "评价：3号窗口：满意。": ("3号窗口", 4, ""),
    "评价 3 号 窗口 满意": ("3 号 窗口", 4, ""),
    "评价 窗口3 满意": ("窗口3", 4, ""),
    "评价 3 5星": ("3", 5, ""),
    "3号窗口 一般": ("3号窗口", 3, ""),
    "好评，3号窗口": ("3号窗口", 4, ""),
    "满意 房管窗口 谢谢！": ("房管窗口", 4, "谢谢"),
    "满意": ("", 4, ""),
    "评价 3号窗口 “满意”": ("3号窗口", 4, ""),
    "3号窗口 不满意（等了很久）": ("3号窗口", 2, "（等了很久）"),
    "3号窗口 不满意，说“明天再来”。": ("3号窗口", 2, "说“明天再来”"),
    "很满意，谢谢": ("", 5, "谢谢"),
    "评价 不满意 没人管": ("", 2, "没人管"),
}


@pytest.mark.parametrize(("text", "said"), SAID.items(), ids=SAID)
def test_a_citizen_rates_in_their_own_words(text: str, said: tuple[str, int, str]) -> None:
    window, level, note = said
    assert read_rating(text) == SaidRating(window, Mark(level), note)


NO_RATING = [
    "", " ", "你们几点上班", "我要评价", "评价", "评价 3号窗口", "进度 A0231", "帮助", "3号窗口满意度怎么查", "3号窗口满意吗？",
    "你们对3号窗口满不满意", "怎么给3号窗口差评",
    "3号窗口的好评率是多少", "评价 3号窗口 5分钟就办好了", "评价 3号窗口 15分", "我对你们的工作不满意", "几号窗口能办房产证？满意",
    "3号窗口 满意才怪",
]  # fmt: skip


@pytest.mark.parametrize("text", NO_RATING)
def test_what_is_no_rating_is_left_alone(text: str) -> None:
    assert read_rating(text) is None


NOT_PRAISE = [
    "不是很满意", "不太满意", "不怎么满意", "不 满意", "不     满意", "不\u200b满意", "不，满意", "不能 满意", "不是 很满意", "没有 满意",
    "谈不上满意", "不想给好评", "办事没办成还让我很满意",
    "不\u00ad满意", "不好说 满意", "不能给5星", "没有五星", "满意不了", "满意不满意", "满意吗", "满意个鬼",
    "不是特别特别特别特别特别特别满意", "并没有让我感到满意", "不\n满意", "未能满意",
]  # fmt: skip


@pytest.mark.parametrize("words", NOT_PRAISE)
@pytest.mark.parametrize("opening", ["", "评价 3号窗口 ", "评价3号窗口", "3号窗口，", "房管窗口"])
def test_a_no_is_never_taken_for_praise(opening: str, words: str) -> None:
    said = read_rating(opening + words)
    assert said is None or said.mark.is_negative


@pytest.mark.parametrize("words", ["不是不满意", "没有不满意", "不给差评"])
def test_a_double_no_is_asked_back(words: str) -> None:
    assert read_rating(f"3号窗口 {words}") is None


NO_WORDS = ["不是很", "不太", "不怎么", "没那么", "谈不上", "不够", "不算", "并不", "不能说"]
OPENINGS = ["", "3号窗口", "评价 房管窗口 "]


@given(st.sampled_from(NO_WORDS), st.sampled_from(["满意", "非常满意", "好评"]), st.integers(0, 5), st.sampled_from(OPENINGS))
def test_no_blank_turns_a_no_into_praise(no: str, mark: str, blanks: int, opening: str) -> None:
    said = read_rating(opening + no + " " * blanks + mark)
    assert said is None or said.mark.is_negative


PIECES = st.sampled_from([*"评价满意不没很太非常基本好差星五5★号窗口3三，。 ？吗\u3000的给", "不是", "不满意", "3号窗口", "非常不满意"])


@settings(max_examples=500)
@given(st.text(max_size=300) | st.lists(PIECES, max_size=60).map("".join))
def test_whatever_is_written_is_read_or_left_alone(text: str) -> None:
    said = read_rating(text)
    if said is not None:
        assert len(said.window) <= LONGEST_WINDOW
        assert set(said.note) <= set(text) | {" "}


def test_the_note_is_kept_in_the_citizens_own_signs_and_whole() -> None:
    note = "等了２小时，（第１次）…" + "很久" * 300
    said = read_rating("评价 3号窗口 不满意 " + note)
    assert said is not None
    assert said.note == note


@pytest.mark.parametrize(
    "piece",
    [
        "不", "不是", "满", "满意度", "非常", "不 ", " ", "3", "三", "★", "评价", "窗口", "没有", "5分钟", "特别", "不是很很很很", "意不",
    ],
)  # fmt: skip
def test_a_hostile_text_of_ten_thousand_signs_costs_next_to_nothing(piece: str) -> None:
    text = (piece * 10_000)[:10_000]
    began = time.perf_counter()
    for _ in range(20):
        read_rating("评价" + text)
    assert time.perf_counter() - began < 0.2


def test_a_mark_out_of_reach_is_not_looked_for() -> None:
    assert read_rating("评价 3号窗口 " + "好" * REACH + " 不满意") is None
