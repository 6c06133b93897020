"""旬 and other dates as official papers word them (“8月下旬”, “8月底前”, “8月24日前”), resolved to days (F02)."""

import calendar
import re
import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta

FIRST_YEAR, LAST_YEAR = 1949, 2100

TEN_DAY_PERIODS = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, None)}
"""First and last day of each 旬; None is the end of the month."""

_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_YEAR_WORDS = re.compile(r"[〇零一二三四五六七八九0-9]{4}(?=年)")
_NUMBER_WORDS = re.compile(r"[一二三四五六七八九]?十[一二三四五六七八九]?(?=[月日号])|[一二三四五六七八九](?=[月日号])")
_POINT = r"(?:(?P<{0}year>\d{{4}}|次|当)年)?(?:(?P<{0}month>\d{{1,2}})月份?)?(?P<{0}part>上旬|中旬|下旬|年底|年末|底|末|(?P<{0}day>\d{{1,2}})[日号])?"
_JOIN = r"(?:至|到|~|—|–|-)+"
_BEFORE = r"(?P<before>之?前|以前)"
_SINCE = r"(?P<since>开始|起)"
_SPAN = re.compile(_POINT.format("a_") + rf"(?:{_JOIN}{_POINT.format('b_')})?(?:{_BEFORE}|{_SINCE})?")
_WHOLE_COURSE = re.compile("贯穿|全过程|全程")


@dataclass(frozen=True, slots=True)
class Window:
    """The days a wording stands for; each is None where the words do not say. `due_on` is the last day allowed."""

    starts_on: date | None = None
    ends_on: date | None = None
    due_on: date | None = None

    @property
    def empty(self) -> bool:
        return self == Window()

    @property
    def last_day(self) -> date | None:
        """Until when it may be done: the deadline, else the end."""
        return self.due_on or self.ends_on


@dataclass(frozen=True, slots=True)
class Course:
    """The year the papers mean when they name none, and the campaign's first and last day as far as known."""

    year: int
    starts_on: date | None = None
    ends_on: date | None = None

    def holds(self, window: Window) -> bool:
        first, last = window.starts_on or window.last_day, window.last_day or window.starts_on
        if first is None or last is None or self.starts_on is None or self.ends_on is None:
            return False
        return first <= self.ends_on and last >= self.starts_on


def resolve(wording: str, course: Course) -> Window:
    """The days of a wording, an empty `Window` for words only (“适时”, “定期”) and for several dates in one wording.

    A wording without a year means the campaign's year, or the next one when only that lies in the course
    (“6月下旬” of a campaign from August to June). Raises ValueError when the words name a day that does not exist.
    """
    found = _spans(wording)
    if len(found) != 1:
        return Window()
    window = _in_course(found[0], course)
    if window.ends_on is None and window.starts_on and _WHOLE_COURSE.search(wording):
        return Window(window.starts_on, course.ends_on)
    return window


def _in_course(span: re.Match[str], course: Course) -> Window:
    """The reading that lies in the course: of the campaign's year or the next; else the first that exists."""
    windows = []
    for year in (course.year,) if span["a_year"] else (course.year, course.year + 1):
        with suppress(ValueError):  # 29 February of a common year
            windows.append(_window(span, year))
    if not windows:
        raise ValueError(span.group())
    return next((window for window in windows if course.holds(window)), windows[0])


def names_several(wording: str) -> bool:
    """Whether a wording holds more than one date or range, so that none of them can be taken for the date."""
    return len(_spans(wording)) > 1


def plain(wording: str) -> str:
    """The wording in the one writing that dates are read from: no blanks, half-width signs, years, months and days in figures."""
    text = "".join(unicodedata.normalize("NFKC", wording).split())
    text = _YEAR_WORDS.sub(lambda match: match.group().translate(_DIGITS), text)
    return _NUMBER_WORDS.sub(lambda match: str(_number(match.group())), text)


def spotted(text: str) -> list[tuple[int, int]]:
    """Beginning and end of every date or range in a `plain` text."""
    return [match.span() for match in _spans(text)]


def _spans(wording: str) -> list[re.Match[str]]:
    return [match for match in _SPAN.finditer(plain(wording)) if match["a_month"] or match["a_part"] in ("年底", "年末")]


def _number(words: str) -> int:
    tens, ten, units = words.rpartition("十")
    return int((tens or "1").translate(_DIGITS)) * 10 * bool(ten) + int((units or "0").translate(_DIGITS))


def _window(span: re.Match[str], base_year: int) -> Window:
    year = _year(span["a_year"], base_year)
    month = int(span["a_month"] or 12)
    first, last = _days(year, month, span["a_part"], span["a_day"])
    joined = bool(span["b_month"] or span["b_part"])
    if joined:
        last = _end(span, year, month)
    if span["since"]:
        return Window(first)
    if span["before"]:
        return Window(due_on=last if joined or _names_a_day(span["a_part"]) else first - timedelta(days=1))
    if not joined and span["a_part"] in ("底", "末", "年底", "年末"):
        return Window(due_on=last)
    return Window(first, last)


def _end(span: re.Match[str], year: int, month: int) -> date:
    """Last day of “5月至10月”, “3月1日至15日”, “11月至1月” (which ends in the next year)."""
    end_month = int(span["b_month"] or month)
    wraps = span["b_year"] is None and end_month < month
    return _days(_year(span["b_year"], year) + wraps, end_month, span["b_part"], span["b_day"])[1]


def _names_a_day(part: str | None) -> bool:
    """“24日前” and “月底前” include that day; “9月前” and “下旬前” end the day before it begins."""
    return part is not None and part not in TEN_DAY_PERIODS


def _year(said: str | None, base: int) -> int:
    if said == "次":
        return base + 1
    return int(said) if said and said.isdecimal() else base


def _days(year: int, month: int, part: str | None, day: str | None) -> tuple[date, date]:
    if not (1 <= month <= 12 and FIRST_YEAR <= year <= LAST_YEAR):
        raise ValueError(f"{year}年{month}月")
    end = calendar.monthrange(year, month)[1]
    if day:
        return date(year, month, int(day)), date(year, month, int(day))
    if part in TEN_DAY_PERIODS:
        low, high = TEN_DAY_PERIODS[part]
        return date(year, month, low), date(year, month, high or end)
    if part:
        return date(year, month, end), date(year, month, end)
    return date(year, month, 1), date(year, month, end)
