"""“评价 3号窗口 满意”: what one chat message says about a window, or that it says nothing of the kind."""

import re
from dataclasses import dataclass
from functools import lru_cache

from domain.marks import DENYING, LOOSE_MARKS, PROPER_MARKS, Mark, read_mark
from domain.numerals import NUMERAL, halfwidth

# The mark must stand within this many signs of the beginning; what follows it is the note, of any length.
REACH = 80
LONGEST_WINDOW = 24
SHORT_NAME = 6
_USUAL = 16
"""Signs of what many write alike, “评价 3号窗口 满意”: read once. Longer texts are somebody's own words and are not kept."""


@dataclass(frozen=True, slots=True)
class SaidRating:
    """One rating as said: `window` as written (“” when none is named), the level, and the rest in the citizen's own words."""

    window: str
    mark: Mark
    note: str


_PROPER = re.compile(PROPER_MARKS)
_LOOSE = re.compile(LOOSE_MARKS)
_CALL = re.compile(r"\s*(?:(?:我|请|帮我|给|来)?(?:要|想)?(?:评价|点评|评议|打分|评分)(?:一下|下)?)[\s:,。.、]*")
_CLAUSE = re.compile(r"[,。;!?、~…：\s]+")
_EDGE = " \t\r\n\u3000,.:;!?~，．：；！？～、。…·—-“”‘’\"'()（）【】[]"
_BEGINS = "".join(sign for sign in _EDGE if sign not in "“‘(（【[")
_ENDS = "".join(sign for sign in _EDGE if sign not in "”’)）】]")


def _trimmed(note: str) -> str:
    """Without the stops at its ends; what was put in brackets keeps both."""
    return note.lstrip(_BEGINS).rstrip(_ENDS)


# 不动产, 无障碍 and 办不成事 are windows, not refusals.
_DENIAL = re.compile(r"不(?!动产|成事|打烊|见面|跑)|没|未(?!成年|来)|无(?!障碍|偿|线|忧|差别)|别(?:给|评|打|再)|取消|撤销|拒绝")
_DANGLING = re.compile(rf"(?<![都也题病话]){DENYING}\W*$")
_QUESTION = re.compile(r"怎么|怎样|如何|哪|什么|吗|几[点号个]|谁|为啥|多少|能不能|可不可以|是不是|是否")

_STOP = r"(?=[\s,。;!?、]|$)"
_WINDOW = re.compile(
    rf"(?:第 ?)?(?:窗口 ?)?{NUMERAL} ?(?:号 ?)?(?:窗口|窗|柜台|台)?{_STOP}"
    rf"|(?:第 ?)?{NUMERAL} ?号 ?窗口?"
    rf"|[^,。;!?、]{{1,{LONGEST_WINDOW}}}?(?:窗口|柜台)"
    r"|[^\s,。;!?、]+"
)
_AFTERWARDS = re.compile(rf"[\s,。:!;]*((?:第 ?)?{NUMERAL} ?号 ?(?:窗口)?|[^\s,。;!?、]{{1,12}}(?<!这个)(?<!那个)(?<!你们)(?<!该)窗口){_STOP}")
_SIGN = re.compile(rf"[窗号柜台科股室处所厅]|中心|{NUMERAL}")
_LEADING = re.compile(r"(?:[\s,。:;、.]|我|请|对|给|在|到|去|觉得|感觉|认为|刚才|刚刚|今天|你们的?|咱们的?)+")
_TRAILING = re.compile(r"(?:的|服务|态度|办事|效率|工作|我|给|打|评|评价|打分|改为|改成|是|为|感觉|觉得|让人|令人|总体|整体|很|了|个|一个)+$")


def read_rating(text: str) -> SaidRating | None:
    """The rating a message says; the first proper mark counts, everyday words (不错, 一般) only where there is none.

    `window` is “” only when the text begins with 评价 or with the mark itself. None for questions, for talk without a mark, and
    wherever a no stands too near a good mark to be sure: those are asked, never guessed. Linear in the length of the text.
    """
    return _remembered(text) if len(text) <= _USUAL else _read(text)


@lru_cache(4096)
def _remembered(text: str) -> SaidRating | None:
    return _read(text)


def _read(text: str) -> SaidRating | None:
    head = halfwidth(text[:REACH])
    found = _PROPER.search(head) or _LOOSE.search(head)
    if found is None:
        return None
    mark = read_mark(found[0])
    call = _CALL.match(head, 0, found.start())
    start = call.end() if call else 0
    before = head[start : found.start()]
    if mark is None or (before and _unsure(before, mark, call is not None)):
        return None
    return _said(text, start, found.start(), found.end(), mark, called=call is not None)


def _unsure(before: str, mark: Mark, called: bool) -> bool:
    """Whether the words before the mark turn it into a question or its opposite."""
    beside = _CLAUSE.split(before)[-1]  # “” when a stop or a blank parts them from the mark
    if _DANGLING.search(before) or _QUESTION.search(beside if called else before):
        return True
    return not mark.is_negative and _DENIAL.search(beside) is not None


def _split(text: str, start: int, end: int) -> tuple[str, str]:
    """The window named between two offsets, and what else is said there."""
    plain = halfwidth(text[start:end])
    leading = _LEADING.match(plain)
    at = leading.end() if leading else 0
    found = _WINDOW.match(plain, at)
    if found is None:
        return "", ""
    aside = text[start + found.end() : end].strip(_EDGE)
    return _TRAILING.sub("", plain[at : found.end()]).strip(), "" if _TRAILING.fullmatch(aside) else aside


def _named_afterwards(text: str, end: int) -> tuple[str, str]:
    """“好评，3号窗口”: the window right behind a leading mark, else none."""
    found = _AFTERWARDS.match(halfwidth(text[end : end + REACH]))
    if found is None:
        return "", _trimmed(text[end:])
    return found[1], _trimmed(text[end + found.end() :])


_ANOTHER = re.compile(rf"(?:[\s,、;]|和|跟|与|及|同|还有)*((?:第 ?)?{NUMERAL} ?号 ?(?:窗口|窗)?)(?=[\s,。、;!?都也]|$)")


def another_window(said: SaidRating) -> tuple[str, SaidRating] | None:
    """“3号窗口和5号窗口都满意”: the second window named beside the first, and the rating without it. One message is one rating."""
    found = _ANOTHER.match(halfwidth(said.note)) if said.note else None
    if found is None:
        return None
    rest = said.note[found.end() :].strip(_EDGE)
    return found[1], SaidRating(said.window, said.mark, "" if _TRAILING.fullmatch(rest) or rest in ("都", "也") else rest)


def _said(text: str, start: int, mark_at: int, mark_end: int, mark: Mark, called: bool) -> SaidRating | None:
    if not text[start:mark_at].strip(_EDGE):
        window, note = _named_afterwards(text, mark_end)
        return SaidRating(window, mark, note)
    window, aside = _split(text, start, mark_at)
    if not called and (not window or not (len(window) <= SHORT_NAME or _SIGN.search(window))):
        return None
    note = _trimmed(text[mark_end:])
    return SaidRating(window, mark, f"{aside} {note}".strip()) if len(window) <= LONGEST_WINDOW else None
