"""Reason tags 评价原因: what a person may tick beside a level, by level and by version (服务效率 服务水平 服务态度 …; S3).

A version once used is never edited: a rating keeps the version it was given under. New words are a new version.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType

from domain.errors import UnknownTag
from domain.marks import Mark
from domain.numerals import halfwidth, read_int

OPTIONS_VERSION = 1
"""The version shown today."""

INDICATORS = ("服务效率", "服务水平", "服务态度", "便捷程度", "规范公开", "服务环境")
"""What a tag speaks of, in the order the tags of each level stand."""

_VERSIONS: Mapping[int, Mapping[Mark, tuple[str, ...]]] = MappingProxyType({
    1: MappingProxyType({
        Mark.VERY_SATISFIED: ("办理很快", "业务很熟练", "态度热情", "一次就办好", "公开透明", "环境舒适"),
        Mark.SATISFIED: ("办理及时", "业务熟练", "态度友好", "手续简便", "流程清楚", "环境整洁"),
        Mark.FAIRLY_SATISFIED: ("速度一般", "业务一般", "态度一般", "手续还可再简", "说明还可更清楚", "环境一般"),
        Mark.DISSATISFIED: ("等候太久", "业务不熟", "态度冷淡", "来回多跑", "说明不清", "环境较差"),
        Mark.VERY_DISSATISFIED: ("拖着不办", "办错或答错", "态度恶劣", "故意刁难", "违规或乱收费", "无人在岗"),
    }),
})  # fmt: skip


def tags_for(mark: Mark, version: int = OPTIONS_VERSION) -> tuple[str, ...]:
    """The tags of this level in this version, in the order shown. Raises `UnknownTag` for a version that never was."""
    try:
        return _VERSIONS[version][mark]
    except KeyError:
        raise UnknownTag(tag=f"第{version}版") from None


def check_tags(mark: Mark, tags: Iterable[str], version: int = OPTIONS_VERSION) -> tuple[str, ...]:
    """The tags as they are stored: each once, in the order shown. Raises `UnknownTag` for a tag that is not of this level."""
    offered = tags_for(mark, version)
    ticked = {tag.strip() for tag in tags}
    strange = ticked.difference(offered)
    if strange:
        raise UnknownTag(tag=min(strange)[:20])
    return tuple(tag for tag in offered if tag in ticked)


_BETWEEN = r"[\s,、.;，。；和]"


@cache
def _said(mark: Mark) -> re.Pattern[str]:
    """One reason at the beginning of a text: its number or its words, alone. “2个小时没人理” begins with no number of a reason."""
    words = "|".join(map(re.escape, tags_for(mark)))
    return re.compile(rf"{_BETWEEN}*(?:([1-9一二三四五六七八九])(?={_BETWEEN}|$|{words})|({words})(?={_BETWEEN}|$))")


def read_tags(text: str, mark: Mark) -> tuple[tuple[str, ...], str]:
    """(reasons, the rest in the citizen's own words) of “1 3 等了两个小时”, “13”, “等候太久、态度冷淡 等了两个小时”."""
    offered, chosen, at, plain = tags_for(mark), [], 0, halfwidth(text)
    if re.fullmatch(r"[1-9]{2,6}", plain) and len(set(plain)) == len(plain):
        text = plain = " ".join(plain)
    while found := _said(mark).match(plain, at):
        number = read_int(found[1]) if found[1] else offered.index(found[2]) + 1
        if number is None or number > len(offered):
            break
        chosen.append(offered[number - 1])
        at = found.end()
    return tuple(dict.fromkeys(chosen)), re.sub(f"^{_BETWEEN}+", "", text[at:]).strip() if chosen else text


def indicator_of(tag: str, mark: Mark, version: int = OPTIONS_VERSION) -> str:
    """What a stored tag speaks of (服务效率 …), for figures across levels. Raises `UnknownTag`."""
    offered = tags_for(mark, version)
    if tag not in offered:
        raise UnknownTag(tag=tag[:20])
    return INDICATORS[offered.index(tag)]
