"""手机号 as lists have it: spaced, prefixed, remarked, doubled, landlines. Sentences never repeat a number (P07)."""

import re
from typing import NamedTuple

from domain.roster.cells import text_of
from domain.roster.records import Cell

_PLAIN = re.compile("1[3-9][0-9]{9}")
_WITHIN = re.compile(r"(?<!\d)(?:\+?86|0086)?[\s-]*(1[3-9]\d(?:[\s-]*\d){8})(?!\d)")
_LANDLINE = re.compile(r"(?<!\d)(?:0\d{2,3}[\s-]*)?[2-8]\d{6,7}(?:[-转\s]+\d{1,6})?(?!\d)")
_MASKED = re.compile(r"\d{3}\*+\d{2,4}")
_POWER = re.compile(r"\d(?:\.\d+)?[eE]\+?\d+")
_NONE = frozenset(("", "0", "无", "暂无", "没有", "无手机", "不详", "空", "/", "\\", "-", "--", "—", "——"))
_KIN = re.compile("[妻夫爱配父母爸妈儿女子媳婿兄弟姐妹哥嫂孙家亲友邻代转]")
_PLEASANT = re.compile("本人|微信|同号|常用|新号?|移动|联通|电信|广电|手机|电话|号码?|[\\W_]")


class Phone(NamedTuple):
    """A mobile number, or what is wrong. `own` is False for a number that is somebody else's: to call, not to sign in with."""

    number: str | None = None
    own: bool = True
    fault: str = ""
    doubt: str = ""


NO_PHONE = Phone()


def read_phone(cell: Cell) -> Phone:
    """The member's mobile number of 11 figures."""
    if isinstance(cell, str) and _PLAIN.fullmatch(cell):  # most are: the rest costs ten times as much
        return Phone(cell)
    text = text_of(cell)
    if _PLAIN.fullmatch(text):
        return Phone(text)
    if text in _NONE or _MASKED.fullmatch(text):
        return NO_PHONE
    if _POWER.fullmatch(text):
        return Phone(fault="手机号被表格写成了科学计数，请把这一列设为文本后重新填写")
    found = [re.sub(r"\D", "", number) for number in _WITHIN.findall(text)]
    return _chosen(found, _WITHIN.sub("", text)) if found else _no_mobile(text)


def _chosen(found: list[str], rest: str) -> Phone:
    remark = _PLEASANT.sub("", rest)
    if _KIN.search(rest):
        return Phone(found[0], own=False, doubt="号码旁注明是他人的，只作联系用，不能用来登录，请补本人手机号")
    if len(set(found)) > 1:
        return Phone(found[0], doubt="写了不止一个号码，登记了第一个，请只留本人常用的")
    return Phone(found[0], doubt="号码旁的备注没有登记，请核对" if remark else "")


def _no_mobile(text: str) -> Phone:
    figures = len(re.sub(r"\D", "", text))
    if _LANDLINE.fullmatch(re.sub(r"[()]", "", text)):
        return Phone(doubt="这是固定电话，没有登记，请写手机号")
    if not figures:
        return Phone(doubt="这里没有号码，请写手机号")
    if figures == 11:
        return Phone(fault="这不是手机号，手机号以13至19开头，请核对")
    return Phone(fault=f"手机号应是11位数字，这里有{figures}位，请核对")


def masked(number: str) -> str:
    """138****1111."""
    return f"{number[:3]}****{number[-4:]}"
