"""What is wrong with a field, in Chinese and by the field's name (R18)."""

import re
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ValidationError

from domain.errors import Invalid
from domain.quoting import fill

_SENTENCES = {
    "missing": "请填写“{label}”。",
    "extra_forbidden": "不认识的项目“{label}”，请删去后再提交。",
    "int_type": "“{label}”应为整数，不加引号，不带小数。",
    "greater_than_equal": "“{label}”不能小于{ge}。",
    "less_than_equal": "“{label}”不能大于{le}。",
    "string_type": "“{label}”应为文字。",
    "string_too_short": "“{label}”不能少于{min_length}个字。",
    "string_too_long": "“{label}”最多{max_length}个字，请删短后再提交。",
    "string_pattern_mismatch": "“{label}”里有不能使用的字符，请核对后再提交。",
    "string_unicode": "“{label}”里有无法识别的字符，请删去后再提交。",
    "literal_error": "“{label}”只能从给出的选项中选择。",
    "list_type": "“{label}”应为列表。",
    "too_long": "“{label}”最多{max_length}项。",
    "said_twice": "“{label}”出现了两次，只能填写一次。",
}
"""pydantic's kind of error → sentence; any other kind gets the last resort below."""
_ELSE = "“{label}”填写有误，请检查后再提交。"
_STRANGE = re.compile(r"[^\w.\-]")


class FieldsWrong(Invalid):
    """One or more fields cannot be read. `fields` holds (field, sentence) for each."""

    sentence = "{first}"

    def __init__(self, fields: list[tuple[str, str]]) -> None:
        super().__init__(first=fields[0][1])
        self.fields = fields


def plain_name(name: object) -> str:
    """A name as sent, without signs that could not be sent back."""
    return _STRANGE.sub("", str(name))[:40] or "?"


def wrong(kind: str, name: str, label: str = "", **words: Any) -> FieldsWrong:
    """One field is wrong in this way."""
    return FieldsWrong([(name, fill(_SENTENCES.get(kind, _ELSE), {"label": label or name, **words}))])


def complaint(error: ValidationError, form: type[BaseModel]) -> FieldsWrong:
    """All that pydantic found, field by field, each field once."""
    labels = {info.alias or name: info.title or name for name, info in form.model_fields.items()}
    found: dict[str, str] = {}
    for one in error.errors(include_url=False, include_input=False):
        name, sentence = _told(one["type"], one["loc"], one.get("ctx") or {}, one["msg"], labels)
        found.setdefault(name, sentence)
    return FieldsWrong(list(found.items()))


def _told(kind: str, loc: tuple[Any, ...], words: Mapping[str, Any], own: str, labels: Mapping[str, str]) -> tuple[str, str]:
    if "field" in words:  # a rule of the form itself, already worded
        return str(words["field"]), own
    name = plain_name(loc[0]) if loc else "body"
    return name, fill(_SENTENCES.get(kind, _ELSE), {"label": labels.get(name, name), **words})
