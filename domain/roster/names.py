"""姓名 as lists have it: blanks for looks, dots of many shapes, remarks, and characters no keyboard knows."""

import re
from functools import lru_cache

from domain.numerals import halfwidth
from domain.roster.cells import shown

_DOTS = str.maketrans(dict.fromkeys("•・‧∙⋅･．᛫●", "·"))
_REMARK = re.compile(r"[(\[【〔].*?[)\]】〕]|[*※★▲△●]+$")
_HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_JOINED = re.compile(rf"(?<=[{_HAN}·])\s+(?=[{_HAN}·])")
_DOT = re.compile(rf"(?<=[{_HAN}])\s*\.\s*(?=[{_HAN}])")
_GOOD = re.compile(rf"[{_HAN}\u2ff0-\u2fff\ufe00-\ufe0f\U000e0100-\U000e01ef·]+|[A-Za-z][A-Za-z .'·-]*")
_LOST = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff\ufffd□?■〓]")
_MOST = 30


@lru_cache(maxsize=4096)
def read_name(said: str) -> tuple[str, str, str]:
    """(name, fault, doubt). Traditional and rare characters stay as they are: a name is not ours to change."""
    text = halfwidth(said).strip().lstrip("'")
    bare = _REMARK.sub("", text).strip()
    name = _JOINED.sub("", _DOT.sub("·", re.sub(r"\s+", " ", bare.translate(_DOTS)))).strip("·.")
    fault = _fault(name)
    if fault:
        return name, fault, ""
    remark = "".join(_REMARK.findall(text)).strip("*※★▲△●")
    return name, "", f"姓名旁的{shown(remark)}没有登记，请核对" if remark else ""


def _fault(name: str) -> str:
    if not name:
        return "没有写姓名，请补上；如不是党员，请删去这一行"
    if _LOST.search(name):
        return "姓名里有显示不出来的字，请用输入法重新写出这个字"
    if any(sign.isdigit() for sign in name):
        return "姓名里有数字，请只写姓名"
    if len(name) < 2:
        return "姓名只有一个字，请写全"
    if len(name) > _MOST or not _GOOD.fullmatch(name):
        return "这一格不像姓名，请只写一个人的姓名"
    return ""
