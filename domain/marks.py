"""五级评价: 非常满意 满意 基本满意 不满意 非常不满意 (5–1 stars, the last two are 差评; S3), and the words people use for them."""

import re
from collections.abc import Iterable
from enum import IntEnum

from domain.numerals import halfwidth


class Mark(IntEnum):
    """A level of satisfaction; the number is its stars."""

    VERY_DISSATISFIED = 1
    DISSATISFIED = 2
    FAIRLY_SATISFIED = 3
    SATISFIED = 4
    VERY_SATISFIED = 5

    @property
    def chinese(self) -> str:
        """The level as screens and papers print it."""
        return _CHINESE[self]

    @property
    def is_negative(self) -> bool:
        """Whether it is a 差评 and opens a rectification."""
        return self <= Mark.DISSATISFIED


_CHINESE = dict(zip(sorted(Mark, reverse=True), ("非常满意", "满意", "基本满意", "不满意", "非常不满意"), strict=True))

_VERY = ["非常", "十分", "特别", "很", "超", "超级", "极其", "极", "极度", "相当", "太", "最", "万分", "百分百", "百分之百", "完全"]
_FAIRLY = ["基本", "基本上", "大体", "大体上", "大致", "勉强", "还算", "算是"]
_RATHER = ["比较", "较", "挺", "蛮", "还", "都", "真", "真的", "也"]
_ANGRY = [*_VERY, "根本", "一点都", "一点也", "一点儿也", "一点", "毫"]
_STARS = {1: "1一", 2: "2二两", 3: "3三", 4: "4四", 5: "5五"}


def _graded() -> dict[str, Mark]:
    words = {"满意": Mark.SATISFIED, "不满意": Mark.DISSATISFIED}
    words |= {f"{more}满意": Mark.VERY_SATISFIED for more in _VERY}
    words |= {f"{more}满意": Mark.FAIRLY_SATISFIED for more in _FAIRLY}
    words |= {f"{more}满意": Mark.SATISFIED for more in _RATHER}
    words |= {f"{more}不满意": Mark.VERY_DISSATISFIED for more in _ANGRY}
    return words | {f"{more}不满意": Mark.DISSATISFIED for more in (*_FAIRLY, *_RATHER, "有点", "有些", "有一点", "有一点儿")}


def _starred() -> dict[str, Mark]:
    words: dict[str, Mark] = {"满分": Mark.VERY_SATISFIED, "满星": Mark.VERY_SATISFIED}
    for stars, figures in _STARS.items():
        words |= {f"{figure}{unit}": Mark(stars) for figure in figures for unit in ("星", "颗星", "星级", "分", "星好评", "星差评")}
        words |= {(full * stars + hollow * (5 - stars)): Mark(stars) for full, hollow in ("★☆", "⭐☆")}
        words |= {full * stars: Mark(stars) for full in "★⭐🌟"}
    return words


PLAIN_WORDS = {
    "好评": Mark.SATISFIED, "差评": Mark.DISSATISFIED, "中评": Mark.FAIRLY_SATISFIED,
    "极差评": Mark.VERY_DISSATISFIED, "给力": Mark.SATISFIED, "失望": Mark.DISSATISFIED, "很失望": Mark.VERY_DISSATISFIED,
}  # fmt: skip
"""好评 and 差评 name a half of the scale, so they take its milder level: nobody is credited with more than they said."""

LOOSE_WORDS = {
    "完美": Mark.VERY_SATISFIED, "非常好": Mark.VERY_SATISFIED, "太好了": Mark.VERY_SATISFIED, "特别好": Mark.VERY_SATISFIED,
    "很好": Mark.SATISFIED, "挺好": Mark.SATISFIED, "不错": Mark.SATISFIED, "点赞": Mark.SATISFIED,
    "一般": Mark.FAIRLY_SATISFIED, "一般般": Mark.FAIRLY_SATISFIED, "还行": Mark.FAIRLY_SATISFIED, "还可以": Mark.FAIRLY_SATISFIED,
    "很差": Mark.DISSATISFIED, "太差": Mark.DISSATISFIED, "不好": Mark.DISSATISFIED, "不行": Mark.DISSATISFIED,
    "非常差": Mark.VERY_DISSATISFIED, "极差": Mark.VERY_DISSATISFIED, "太差劲": Mark.VERY_DISSATISFIED,
}  # fmt: skip
"""Everyday words; in a sentence they count only where no proper mark is said."""

# 不是很满意, 没那么满意, 谈不上好评: a no, a few small words, then the mark it denies. 满意吗, 满意度, 满不满意: no mark at all.
_NO = "不 {0,3}|没有?|未|难以|很难|无法|谈不上|说不上|不好说|算不上|称不上|并非"
_SMALL = (
    "是|很|太|怎么|怎样|够|大|算|能|让|令|叫|使|人|我|感到|感觉|觉得|那么|这么|"
    "多么|什么|特别|非常|十分|完全|真|有|会|敢|说|上|想|给|打|的|得|到|啥|咋"
)
DENYING = f"(?:{_NO})(?:{_SMALL}){{0,4}}"
"""Pattern fragment: a no and at most four small words behind it."""

_NOT_BEFORE = "(?<!满)(?<!意)(?<!否)(?<!不)"
_NOT_AFTER = r"(?! ?(?:吗|么|嘛|度|率|与否|调查|才怪|个鬼|个屁|不了|不起来|就怪|没有?(?!\w)|不(?!\w)|不满|是不可能|谈不上|\?))"
_STAR_EDGE = r"(?<![\d.零一二三四五六七八九十百千几])(?:{})(?!钟|之|制|半|\d|\.|好评|差评)"


def _spaced(words: Iterable[str]) -> str:
    return "|".join(" {0,3}".join(word) for word in sorted(words, key=len, reverse=True))


def _said(words: Iterable[str]) -> str:
    any_of = _spaced(words)
    return f"{_NOT_BEFORE}(?:{DENYING}(?:{any_of})|{any_of}){_NOT_AFTER}"


_STARRED = _starred()
_PROPER = _graded() | PLAIN_WORDS

WORDS: dict[str, Mark] = _PROPER | _STARRED | LOOSE_WORDS
"""Every word that is a mark, without blanks, with its level."""

PROPER_MARKS = f"(?:{_said(_PROPER)}|{_STAR_EDGE.format(_spaced(_STARRED))})"
"""Pattern fragment: 满意 and its family, 好评, 差评, stars. Longest word first; bounded repeats only, so a search is linear."""

LOOSE_MARKS = f"(?:{_said(LOOSE_WORDS)})"
"""Pattern fragment: everyday words, to be tried when no proper mark is found."""

MARKS = f"(?:{PROPER_MARKS}|{LOOSE_MARKS})"
"""Pattern fragment for any mark, denied ones included; what it finds goes to `read_mark`."""

_DENIED = re.compile(f"{DENYING}({_spaced(_PROPER)})")
_BLANKS = re.compile(r"\s+")


def read_mark(word: str) -> Mark | None:
    """The level a word or short phrase stands for; a denied good mark is 不满意, anything unsure is None and must be asked."""
    plain = _BLANKS.sub("", halfwidth(word))
    mark = WORDS.get(plain)
    if mark is not None:
        return mark
    denied = _DENIED.fullmatch(plain)
    return Mark.DISSATISFIED if denied and not WORDS[denied[1]].is_negative else None
