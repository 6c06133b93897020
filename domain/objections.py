"""异议 objection: what is said against a pledge, by whom it may be known, and how it is read from one line of chat (A10, F28)."""

import re
from dataclasses import dataclass

from domain.actor import Actor
from domain.numbers import read_pledge
from domain.numerals import halfwidth
from domain.objection_refusals import PhoneUnreadable
from domain.ratings import MOST_NOTE, Channel, Privacy

MOST_TEXT = MOST_NOTE
WHO_SEES = {
    Privacy.ANONYMOUS: "不记录您是谁，谁也查不到；核实的人只看到文字。",
    Privacy.CONFIDENTIAL: "只有负责核实的人能联系您，被反映的人看不到您是谁；文字不公开。",
    Privacy.PUBLIC: "负责核实的人能联系您；文字经审核后可以和答复一起公开，但不写您是谁。",
}
"""Said before sending; the first is the default."""


@dataclass(frozen=True, slots=True)
class Objection:
    """One wish to object. `phone_sealed` only when the citizen wants to be called back (P08)."""

    actor: Actor
    pledge_code: str
    text: str
    privacy: Privacy = Privacy.ANONYMOUS
    channel: Channel = Channel.BROWSER
    phone_sealed: bytes | None = None


@dataclass(frozen=True, slots=True)
class SaidObjection:
    """One line of chat: the pledge's number, the level if one was named, the words."""

    pledge: int
    privacy: Privacy
    text: str


_PHONE = re.compile(r"\+?[0-9](?:[ -]?[0-9]){6,15}")
_LINE = re.compile(r"(?:提?异议|有意见)[\s:,]*(?P<pledge>(?:诺|NO|no|No)?\s*[0-9]{1,7})(?:号?承诺|号)?[\s:,]*", re.DOTALL)
_LEVEL = re.compile(r"(匿名|保密|公开)[\s:,]+(?=\S)")
_LEVELS = {one.chinese: one for one in Privacy}


def read_phone(said: str) -> str:
    """The phone as it is sealed, “” for none. Raises `PhoneUnreadable`."""
    plain = halfwidth(said).strip()
    if plain and not _PHONE.fullmatch(plain):
        raise PhoneUnreadable()
    return plain


def read_objection_line(text: str) -> SaidObjection | None:
    """“异议 31 保密 说好三天，等了一周”; None when it is no objection with a number. The words may still be missing."""
    text = text.strip()
    plain = halfwidth(text)
    line = _LINE.match(plain)
    pledge = read_pledge(line["pledge"]) if line else None
    if line is None or pledge is None:
        return None
    level = _LEVEL.match(plain, line.end())
    words = text[(level or line).end() :]
    return SaidObjection(pledge, _LEVELS[level[1]] if level else Privacy.ANONYMOUS, words)
