"""Names that nobody bears: a line of poetry behind a surname, drawn by the dice."""

from collections.abc import Collection
from random import Random

_SURNAMES = (*"云江柳苏叶白林石温路花秦安闻乔沈陆简顾谢黎商季岑", "司徒", "令狐", "南宫", "慕容", "百里")
_POETRY = (
    "望舒拾光揽月听澜枕溪问渠踏歌扶摇长风采薇归帆弄影折柳煮雪观星栖迟南枝晚照初霁流萤"
    "听松望岳临川知返疏影暗香千帆沧海半夏忍冬飞絮鸣蝉惊鸿照壁砚秋墨池青简素笺渔火归雁"
)
_GIVEN = tuple(map("".join, zip(_POETRY[::2], _POETRY[1::2], strict=True)))


def invent(dice: Random, n: int, taken: Collection[str]) -> list[str]:
    """`n` different names, none of them taken."""
    every = [surname + given for surname in _SURNAMES for given in _GIVEN if surname + given not in taken]
    return dice.sample(every, n)
