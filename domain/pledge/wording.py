"""承诺的文字 wording: the four clears and what goes with them, as everybody writes, reviews and reads them (A6, B6)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum
from typing import Any

from domain.pledge.refusals import TextHasIdNumber, TextTooLong

MOST: Mapping[str, int] = {"content": 300, "measures": 300, "standard": 300, "slogan": 40, "theme": 60, "dimension": 20}
"""Field → most characters that are kept."""
LABELS: Mapping[str, str] = {
    "content": "承诺内容",
    "measures": "落实措施",
    "standard": "兑现标准",
    "deadline": "完成时限",
    "slogan": "口号",
    "theme": "承诺主题",
    "dimension": "带头方面",
    "addressees": "承诺对象",
}
"""Field → what people call it."""
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
_ID_NUMBER = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")
_LINES = re.compile(r"\s*\n\s*")


class Kind(StrEnum):
    """承诺类别: what everybody pledges, what the post asks, one thing done for people (S8)."""

    COMMON = "common"
    POST = "post"
    PRACTICAL = "practical"

    @property
    def chinese(self) -> str:
        return {Kind.COMMON: "共性承诺", Kind.POST: "岗位承诺", Kind.PRACTICAL: "实事承诺"}[self]


@dataclass(frozen=True)
class Wording:
    """What is promised, how, to what measure, until when; under which theme and to whom."""

    content: str
    measures: str
    standard: str
    deadline: date | None
    theme: str = ""
    slogan: str = ""
    dimension: str = ""
    addressees: tuple[str, ...] = ()

    def cleaned(self) -> "Wording":
        """As it is kept: unprintable signs out, ends trimmed. Raises `TextTooLong`, `TextHasIdNumber` (P09)."""
        texts: dict[str, Any] = {name: clean(name, getattr(self, name)) for name in MOST}
        return replace(self, **texts)


NOTHING_WRITTEN = Wording("", "", "", None)


def clean(name: str, text: str, most: int = 0, label: str = "") -> str:
    """One field as it is kept; `most` and `label` for texts that are not of the wording."""
    text = _LINES.sub("\n", _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))).strip()
    label, most = label or LABELS.get(name, name), most or MOST.get(name, 300)
    if len(text) > most:
        raise TextTooLong(name, label=label, most=most, length=len(text))
    if _ID_NUMBER.search(text):
        raise TextHasIdNumber(name, label=label)
    return text


@dataclass(frozen=True)
class Difference:
    """One field before and after an amendment."""

    field: str
    label: str
    before: str
    after: str


def differences(before: Wording, after: Wording) -> tuple[Difference, ...]:
    """What an amendment changes, field by field, in the form's order."""
    names = [one.name for one in fields(Wording)]
    changed = [name for name in names if getattr(before, name) != getattr(after, name)]
    return tuple(Difference(name, LABELS[name], spoken(getattr(before, name)), spoken(getattr(after, name))) for name in changed)


def spoken(value: str | date | tuple[str, ...] | None) -> str:
    """A field's value in words, “无” when there is none."""
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    return ("、".join(value) if isinstance(value, tuple) else value or "") or "无"
