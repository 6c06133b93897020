"""Value rules by key type, else 47003 naming the field (参数值限制说明, wechat-platform.md §12)."""

import re
from typing import Any

from emulator.accounts import Account
from emulator.errors import Refusal

CJK = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
CLOCK = r"(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?"
DATE = r"(?:\d{4}年\d{1,2}月\d{1,2}日|\d{4}[-/]\d{1,2}[-/]\d{1,2}|\d{1,2}月\d{1,2}日)"

RULES: dict[str, re.Pattern[str]] = {
    "thing": re.compile(r".{1,20}"),
    "number": re.compile(r"(?=.{1,33}$)-?\d{1,32}(?:\.\d+)?"),
    "letter": re.compile(r"[A-Za-z]{1,32}"),
    "symbol": re.compile(rf"[^\w\s{CJK}]{{1,5}}"),
    "character_string": re.compile(rf"[^{CJK}\s]{{1,32}}"),
    "time": re.compile(rf"(?:{DATE} ?)?{CLOCK}(?:~(?:{DATE} ?)?{CLOCK})?"),
    "date": re.compile(rf"{DATE}(?: ?{CLOCK})?(?:~{DATE}(?: ?{CLOCK})?)?"),
    "amount": re.compile(r"[^\w\s]?\d{1,10}(?:\.\d+)?元?"),
    "phone_number": re.compile(r"[\d+\-() #*]{1,17}"),
    "car_number": re.compile(rf"[{CJK}A-Z0-9]?[A-Za-z0-9·]{{0,6}}[{CJK}A-Z0-9]"),
    "phrase": re.compile(rf"[{CJK}]{{1,5}}"),
}
ONLY_LATIN = re.compile(rf"[^{CJK}]{{1,20}}")
KEY_TYPE = re.compile(r"^([a-z_]+?)\d*$")


def check(account: Account, keys: list[str], data: dict[str, Any]) -> None:
    """Every key of the template present, an object with a `value` that obeys its type. Raises 47003 or 47001."""
    for key in keys:
        if key not in data:
            raise Refusal(47003, f" data.{key}.value is empty")
    for key, item in data.items():
        if not isinstance(item, dict):
            raise Refusal(47001)
        value = item.get("value")
        if not isinstance(value, str) or (key in keys and not fits(account, key, value)):
            raise Refusal(47003, f" data.{key}.value {'invalid' if value else 'is empty'}")


def fits(account: Account, key: str, value: str) -> bool:
    """One value against its key's rule; lengths are counted by code point."""
    if not value or "\n" in value or "\r" in value:
        return False
    found = KEY_TYPE.match(key)
    kind = found.group(1) if found else ""
    if kind == "name":
        return bool(ONLY_LATIN.fullmatch(value)) or len(value) <= 10
    if kind in ("enum", "const"):
        return value in account.listed_values.get(key, [value])
    rule = RULES.get(kind)
    return rule is None or bool(rule.fullmatch(value))
