"""日期 as people say it: written out, and as they type it in a chat.

Typed are 12月31日, 2026-12-31, 年底, 10月底; a day of the past without a year means the next year's.
"""

import re
from datetime import date

from domain.campaign.wording import Course, resolve

_DASHED = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")


def spoken(day: date) -> str:
    """“2026年11月24日”."""
    return f"{day.year}年{day.month}月{day.day}日"


def near(day: date, today: date) -> str:
    """“11月24日”; the year is said when it is not this one: a deadline of next July is not one long past."""
    return f"{day.month}月{day.day}日" if day.year == today.year else spoken(day)


def read_day(said: str, today: date) -> date | None:
    """The day meant, or None."""
    said = said.strip().removesuffix("前").removesuffix("之")
    dashed = _DASHED.fullmatch(said)
    if dashed:
        said = f"{dashed[1]}年{int(dashed[2])}月{int(dashed[3])}日"
    said = f"{today.year}年12月31日" if said in ("年底", "今年年底", "年末") else said
    try:
        found = resolve(said, Course(today.year, today, None)).last_day
    except ValueError:
        return None
    if found is not None and found < today and "年" not in said:
        return found.replace(year=found.year + 1) if (found.month, found.day) != (2, 29) else None
    return found
