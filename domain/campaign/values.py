"""Readers: one YAML node to one value of a kind; what does not fit is reported with what to write instead."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from typing import Any

import yaml

from domain.campaign.findings import Report, nearest, quoted
from domain.campaign.nodes import line_of
from domain.campaign.parts import Span
from domain.campaign.wording import FIRST_YEAR, LAST_YEAR

Reader = Callable[[yaml.Node, Report], Any]
"""Gives the value or raises `Misread`; what is wrong further inside is reported."""


class Misread(Exception):
    """The node is not of the kind: its line, and what to write instead."""

    def __init__(self, node: yaml.Node, message: str) -> None:
        super().__init__(message)
        self.line = line_of(node)
        self.message = message


_IDENTIFIER = re.compile(r"[a-z][a-z0-9_]{0,39}")
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_SPAN = re.compile(r"P?\s*(\d{1,3})\s*(working_days?|个?工作日|days?|天|日|D)")
_YES_NO = {"true": True, "yes": True, "on": True, "是": True, "false": False, "no": False, "off": False, "否": False}


def text(most: int = 200) -> Reader:
    """Words of at most `most` characters, on one line."""

    def read(node: yaml.Node, _report: Report) -> str:
        said = _scalar(node, "一段文字")
        if any(unicodedata.category(char) in ("Cc", "Cs", "Co") and char != "\n" for char in said):
            raise Misread(node, "文字里有不能显示的字符，请删去后重新输入")
        said = " ".join(said.split())
        if not said:
            raise Misread(node, "内容是空的。请填写文字，或删去这一行")
        if len(said) > most:
            raise Misread(node, f"{quoted(said)}太长，最多{most}个字，现在是{len(said)}个字")
        return said

    return read


def identifier(node: yaml.Node, _report: Report) -> str:
    """A name for machines: small letters, digits, underscores."""
    said = _scalar(node, "标识")
    if _IDENTIFIER.fullmatch(said):
        return said
    raise Misread(node, f"标识{quoted(said)}不合要求。请用小写字母开头，只含小写字母、数字和下划线，最多40个字符，例如 t101")


def whole(low: int, high: int) -> Reader:
    """A whole number from `low` to `high`."""

    def read(node: yaml.Node, _report: Report) -> int:
        said = _scalar(node, "整数")
        if not re.fullmatch(r"[0-9]{1,9}", said) or not low <= int(said) <= high:
            raise Misread(node, f"{quoted(said)}不对，应为{low}到{high}的整数")
        return int(said)

    return read


def yes_no(node: yaml.Node, _report: Report) -> bool:
    said = _scalar(node, "true 或 false")
    if said.lower() in _YES_NO:
        return _YES_NO[said.lower()]
    raise Misread(node, f"{quoted(said)}不对，请写 true（是）或 false（否）")


def day(node: yaml.Node, _report: Report) -> date:
    """A day as 2010-08-24 (2010/8/24 and 2010年8月24日 are read too)."""
    said = _scalar(node, "日期")
    parts = _DAY.fullmatch(unicodedata.normalize("NFKC", said))
    if not parts:
        raise Misread(node, f"日期{quoted(said)}不对，请写成 2010-08-24 的样子；“8月下旬”这类说法写在 when 里")
    year, month, number = (int(part) for part in parts.groups())
    try:
        found = date(year, month, number)
    except ValueError as impossible:
        raise Misread(node, f"没有{quoted(said)}这一天，请核对年月日") from impossible
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Misread(node, f"年份{year}不对，应在{FIRST_YEAR}到{LAST_YEAR}之间")
    return found


def span(node: yaml.Node, _report: Report) -> Span:
    """A time limit: “5 working_days”, “5个工作日”, “3 days”, “3天”, “P7D”."""
    said = _scalar(node, "时限")
    parts = _SPAN.fullmatch(said)
    if not parts:
        raise Misread(node, f"时限{quoted(said)}不对，请写成“5 working_days”（工作日）或“3 days”（自然日）")
    return Span(int(parts[1]), "working_day" if parts[2].startswith(("work", "个工作", "工作")) else "day")


def one_of(*known: str) -> Reader:
    """One of a few fixed words."""

    def read(node: yaml.Node, _report: Report) -> str:
        said = _scalar(node, "一个词")
        if said in known:
            return said
        raise Misread(node, f"{quoted(said)}不认识{nearest(said, known)}")

    return read


def several(item: Reader, may_be_one: bool = True) -> Reader:
    """A list; a single value stands for a list of one unless told otherwise."""

    def read(node: yaml.Node, report: Report) -> tuple[Any, ...]:
        if isinstance(node, yaml.SequenceNode) and not node.value:
            raise Misread(node, "列表是空的。请至少写一项，或删去这一行")
        if isinstance(node, yaml.SequenceNode):
            found = [attempt(item, part, report) for part in node.value]
            return tuple(value for value in found if value is not None)
        if may_be_one and isinstance(node, yaml.ScalarNode):
            return (item(node, report),)
        raise Misread(node, "这里应是一个列表：每项另起一行，以“- ”开头")

    return read


def attempt(read: Reader, node: yaml.Node, report: Report) -> Any:
    """The value, or None after reporting what was wrong with it."""
    try:
        return read(node, report)
    except Misread as misread:
        report.error(misread.line, misread.message)
        return None


def _scalar(node: yaml.Node, wanted: str) -> str:
    if not isinstance(node, yaml.ScalarNode):
        raise Misread(node, f"这里应是{wanted}，不能是列表或分组")
    if node.tag.endswith(":null"):
        raise Misread(node, f"冒号后面是空的，应填写{wanted}；没有内容就删去这一行")
    return str(node.value)
