"""党员类别 as lists have it: 正式, 预备, 中共党员, or a mark in one of two columns."""

from domain.roster.cells import shown
from domain.roster.records import FULL, PROBATIONARY

_FULL = frozenset(("正式", "正式党员", "中共党员", "党员", "中共正式党员", "中国共产党党员", "中国共产党正式党员", "已转正"))
_PROBATIONARY = frozenset(("预备", "预备党员", "中共预备党员", "中国共产党预备党员", "预备期", "未转正"))
_YES = frozenset(("是", "√", "✓", "✔", "☑", "对", "1", "y", "Y", "yes", "●", "*", "有"))
_NO = frozenset(("", "否", "×", "✗", "☐", "0", "n", "N", "no", "/", "-", "—", "无"))


def read_category(text: str) -> tuple[str | None, str]:
    """(category or None when nothing is written, fault)."""
    bare = "".join(text.split())
    if bare in _FULL:
        return FULL, ""
    if bare in _PROBATIONARY:
        return PROBATIONARY, ""
    if bare in _NO:
        return None, ""
    return None, f"{shown(text)}不是党员类别，请写“正式党员”或“预备党员”；如不是党员，请删去这一行"


def read_marks(full: str, probationary: str, has_both: bool) -> tuple[str | None, str]:
    """The same from two columns 正式 and 预备, or one of them, that hold a mark."""
    says = [_marked(full, "正式"), _marked(probationary, "预备")]
    if None in says or says == [True, True]:
        return None, "正式、预备两栏请只在一栏打“√”"
    if says[0] or says[1]:
        return (FULL if says[0] else PROBATIONARY), ""
    if has_both or not (full or probationary):
        return None, ""
    return (PROBATIONARY if full else FULL), ""


def _marked(text: str, word: str) -> bool | None:
    bare = "".join(text.split())
    if bare in _YES or bare in (word, f"{word}党员"):
        return True
    return False if bare in _NO else None
