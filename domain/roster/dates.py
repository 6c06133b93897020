"""入党时间 as lists have it: dates, serial numbers of a spreadsheet, 1998年7月1日, 1998.7, 199807, 一九九八年七月一日."""

import re
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from domain.numerals import read_int
from domain.roster.cells import shown, text_of
from domain.roster.records import Cell

FOUNDED = date(1921, 7, 1)
"""Nobody joined before there was a Party."""

_EPOCH = date(1899, 12, 30)
_NONE = frozenset(("", "无", "/", "-", "--", "—", "——", "不详"))
_TAIL = re.compile(r"\s*(?:\d{1,2}:\d{2}(?::\d{2}(?:\.0+)?)?|(?:加?入党|加入)\s*)$")
_MARKED = re.compile(r"(\d{4}|'?\d{2})\s*[年./\-–—、·]\s*(\d{1,2})\s*(?:[月./\-–—、·]\s*(\d{1,2}))?\s*[日号月.]?")
_SOLID = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})?")
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
_SPOKEN = re.compile(r"([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月(?:([一二三四五六七八九十]{1,3})[日号])?")
_HOW = "请写成 1998-07-01 的样子"


class Joined(NamedTuple):
    """A day, or what is wrong with the cell; a doubt comes with a day."""

    day: date | None = None
    fault: str = ""
    doubt: str = ""


def read_joined(cell: Cell, today: date) -> Joined:
    """The day somebody joined the Party. A month alone counts from its first day, with a doubt."""
    if isinstance(cell, datetime):
        return _within(cell.date(), "", today)
    if isinstance(cell, date):
        return _within(cell, "", today)
    return _read(text_of(cell), isinstance(cell, float), today)


@lru_cache(maxsize=16384)
def _read(text: str, is_number: bool, today: date) -> Joined:
    if text in _NONE:
        return Joined()
    bare = _TAIL.sub("", text).strip()
    if found := _SERIAL.fullmatch(bare):
        return _within(_EPOCH + timedelta(days=int(found[1])), "", today)
    parts = _parts(bare)
    if parts is None:
        only_year = re.fullmatch(r"(?:19|20)\d{2}年?", bare)
        return Joined(fault=f"只写了年份，{_HOW}" if only_year else f"{shown(text)}不是日期，{_HOW}")
    year, month, day = parts
    doubts = [] if day else ["只写了年月，按当月1日登记，请补上日"]
    if is_number and re.fullmatch(r"\d{4}\.1", bare):
        doubts = ["可能是1月，也可能是10月，现按1月1日登记，请写全年月日"]
    if len(year) < 4:
        doubts.append("年份只有两位，请写四位")
    try:
        return _within(date(_whole_year(year, today), month, day or 1), "；".join(doubts), today)
    except ValueError:
        return Joined(fault=f"{shown(text)}不是日期，没有这一天，{_HOW}")


def _parts(text: str) -> tuple[str, int, int] | None:
    """(year as written, month, day or 0)."""
    if found := _MARKED.fullmatch(text) or _SOLID.fullmatch(text):
        return found[1].lstrip("'"), int(found[2]), int(found[3] or 0)
    if found := _SPOKEN.fullmatch(text.replace("○", "〇")):
        return str(read_int(found[1])), read_int(found[2]) or 0, (read_int(found[3]) or 0) if found[3] else 0
    return None


def _whole_year(year: str, today: date) -> int:
    if len(year) == 4:
        return int(year)
    return int(year) + (2000 if int(year) <= today.year % 100 else 1900)


def _within(day: date, doubt: str, today: date) -> Joined:
    if day > today:
        return Joined(fault=f"入党时间 {day} 还没有到，请核对")
    if day < FOUNDED:
        return Joined(fault=f"入党时间 {day} 早于建党时间，请核对")
    return Joined(day, doubt=doubt)
