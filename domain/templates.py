"""模板 templates: what a WeChat template is filled with, each value cut to the rule of its key (wechat-platform.md §12, else 47003)."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from domain.letters import Channel

_KEY = re.compile(r"([a-z_]+?)\d*\Z")
_HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_PICTURES = re.compile("[\u200d\u20e3\u2600-\u27bf\u2b00-\u2bff\ufe00-\ufe0f\U0001f000-\U0001faff\U000e0000-\U000e007f]")
"""Emoji and their joiners: how WeChat counts them is not known, so they are left out."""
_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_NOTHING = "—"


@dataclass(frozen=True)
class Template:
    """One template of an account. `values` is the template's key → a text with the letter's words in braces."""

    id: str
    channel: Channel
    values: Mapping[str, str] = field(default_factory=dict)
    kinds: tuple[str, ...] = ()
    long_term: bool = False
    page: str = ""

    def filled(self, words: Mapping[str, Any]) -> dict[str, dict[str, str]]:
        """The `data` of a message; a word that the letter lacks is left out."""
        known = _Blank(words)
        return {key: {"value": fit(key, text.format_map(known))} for key, text in self.values.items()}


class _Blank(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return ""


def kind_of(key: str) -> str:
    """thing3 → thing; “” for a key that follows no rule known here."""
    found = _KEY.match(key)
    return found[1] if found and found[1] in RULES else ""


def fit(key: str, text: str) -> str:
    """The text as its key's rule takes it: one line, no emoji, never empty, cut by code point with the dots inside the limit."""
    flat = " ".join(_PICTURES.sub("", text).split())
    rule = RULES.get(kind_of(key))
    return (rule(flat) if rule else flat) or _NOTHING


def _cut(most: int) -> Callable[[str], str]:
    def rule(text: str) -> str:
        return text if len(text) <= most else text[: most - 1] + "…"

    return rule


def _only(signs: str, most: int, otherwise: str) -> Callable[[str], str]:
    """What is not among the signs is dropped."""

    def rule(text: str) -> str:
        return re.sub(f"[^{signs}]", "", text)[:most] or otherwise

    return rule


def _first(pattern: str, otherwise: str) -> Callable[[str], str]:
    """The first that reads like one."""

    def rule(text: str) -> str:
        found = re.search(pattern, text)
        return found[0] if found else otherwise

    return rule


def _dated(text: str) -> str:
    """2026-11-16 as 2026年11月16日; what is a date in words already stays."""
    return _DAY.sub(lambda found: f"{found[1]}年{int(found[2])}月{int(found[3])}日", text)


def _timed(text: str) -> str:
    """`time` wants an hour: a day without one means until its end."""
    said = _dated(text)
    return said if ":" in said else f"{said} 23:59"


def _name(text: str) -> str:
    latin = not re.search(f"[{_HAN}]", text)
    return text[:20] if latin else text[:10]


RULES: Mapping[str, Callable[[str], str]] = {
    "thing": _cut(20),
    "character_string": _only(r"!-~", 32, "-"),
    "number": _first(r"-?\d{1,20}(?:\.\d{1,10})?", "0"),
    "letter": _only("A-Za-z", 32, "A"),
    "symbol": _only(r"!-/:-@\[-`{-~", 5, "-"),
    "phrase": _only(_HAN, 5, "通知"),
    "date": _dated,
    "time": _timed,
    "amount": _first(r"[¥￥$]?\d{1,10}(?:\.\d{1,2})?元?", "0元"),
    "phone_number": _only(r"0-9+\-() ", 17, "0"),
    "car_number": _only(f"A-Z0-9{_HAN}", 8, "A"),
    "name": _name,
    "enum": str,
    "const": str,
}


def faults(name: str, template: Template, content: str | None = None) -> list[str]:
    """What is wrong with a template as configured; with `content`, the template's own text in WeChat's console, also against that."""
    found = [f"{name} 的 {key} 不是微信规定的参数类型，请按模板详情里的写法填写" for key in template.values if not kind_of(key)]
    if content is not None:
        keys = set(re.findall(r"\{\{(\w+)\.DATA\}\}", content))
        found += [f"{name} 的模板里没有 {key}，请对照公众平台的模板详情改正" for key in template.values if key not in keys]
        found += [f"{name} 的模板还需要 {key}，请在 values 里补上" for key in sorted(keys - set(template.values))]
    return found
