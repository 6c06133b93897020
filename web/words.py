"""Dates and figures as an office writes them: filters of the templates."""

from datetime import date, datetime

from domain import spoken_days
from domain.calendar import SHANGHAI

_WEEK = "一二三四五六日"


def day(value: date | None) -> str:
    """“2026年11月24日”."""
    return spoken_days.spoken(value) if value else ""


def weekday(value: date, today: date) -> str:
    """“11月24日（星期二）”; the year is said when it is not this one."""
    return f"{spoken_days.near(value, today)}（星期{_WEEK[value.weekday()]}）"


def moment(value: datetime) -> str:
    """“2026-11-24 09:30” in Asia/Shanghai: for tables."""
    return f"{value.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"


def percent(rate: float) -> str:
    """One decimal at most, never rounded up to 100% or down to 0%: “96.3%”, “100%”."""
    if rate in (0, 1):
        return f"{rate:.0%}"
    return f"{min(max(rate * 100, 0.1), 99.9):.1f}".removesuffix(".0") + "%"


def spoken(number: int | None, name: str) -> str:
    """What to write after 评价: “3号窗口”, or the name where there is no number."""
    return f"{number}号窗口" if number else name
