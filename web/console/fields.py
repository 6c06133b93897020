"""Fields of a form as the services want them: days, numbers, choices; what cannot be read is refused by the name of its field."""

from datetime import date
from enum import StrEnum
from typing import TypeVar

from flask import request

from domain.errors import Invalid
from web.codes import read_id

Choice = TypeVar("Choice", bound=StrEnum)


class DayUnreadable(Invalid):
    code = "day_unreadable"
    sentence = "“{label}”的日期读不懂，请写成 2026-11-16 这样。"


class ChoiceMissing(Invalid):
    code = "choice_missing"
    sentence = "请先选择“{label}”。"


def words(name: str, most: int = 500) -> str:
    """What was typed, without blanks around and without the one sign that PostgreSQL cannot keep."""
    return request.form.get(name, "").replace("\0", "").strip()[:most]


def day(name: str, label: str) -> date:
    """Raises `DayUnreadable`."""
    try:
        return date.fromisoformat(words(name))
    except ValueError:
        raise DayUnreadable(label=label) from None


def day_or_none(name: str, label: str) -> date | None:
    """None for an empty field. Raises `DayUnreadable`."""
    return day(name, label) if words(name) else None


def number(name: str) -> int | None:
    """The id chosen; None for none."""
    return read_id(words(name)) or None


def numbers(name: str) -> tuple[int, ...]:
    """The ids of all ticked boxes."""
    return tuple(found for said in request.form.getlist(name) if (found := read_id(said)))


def choice(name: str, of: type[Choice], label: str) -> Choice:
    """Raises `ChoiceMissing`."""
    try:
        return of(words(name))
    except ValueError:
        raise ChoiceMissing(label=label) from None
