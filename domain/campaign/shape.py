"""Shape: which keys a part of the file has, of what kind, and which of them it must have."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from domain.campaign.findings import Report, nearest, quoted
from domain.campaign.nodes import line_of
from domain.campaign.values import Misread, Reader, attempt


@dataclass(frozen=True)
class Key:
    """One key: its name in the file, how it is read, the record's field (the same name unless told)."""

    name: str
    read: Reader
    required: bool = False
    field: str = ""


@dataclass(frozen=True)
class Shape:
    """A mapping of the file and the record it becomes; `chinese` is what a finding calls it."""

    chinese: str
    make: Callable[..., Any]
    keys: tuple[Key, ...]

    def __call__(self, node: yaml.Node, report: Report) -> Any:
        """The record, with defaults where a key is missing or wrong (then reported)."""
        if not isinstance(node, yaml.MappingNode):
            raise Misread(node, f"{self.chinese}应写成“键: 值”，例如 {self.keys[0].name}: …")
        return self.read(node, report)

    def read(self, node: yaml.MappingNode, report: Report) -> Any:
        known = {key.name: key for key in self.keys}
        values: dict[str, Any] = {}
        lines = {"": line_of(node)}
        for key_node, value_node in node.value:
            key = self._key(key_node, known, lines, report)
            if key is None:
                continue
            lines[key.name] = line_of(key_node)
            value = attempt(key.read, value_node, report)
            if value is not None:
                values[key.field or key.name] = value
        self._report_missing(lines, report)
        return self.make(**values, lines=lines)

    def _key(self, node: yaml.Node, known: Mapping[str, Key], lines: Mapping[str, int], report: Report) -> Key | None:
        if not isinstance(node, yaml.ScalarNode):
            report.error(line_of(node), f"{self.chinese}的键应是一个词，不能是列表或分组")
            return None
        if node.value in lines:
            report.error(line_of(node), f"键{quoted(node.value)}写了两次（另一处在第{lines[node.value]}行），请只留一处")
            return None
        if node.value not in known:
            report.error(line_of(node), f"{self.chinese}没有{quoted(node.value)}这个键{nearest(node.value, known)}")
            return None
        return known[node.value]

    def _report_missing(self, lines: Mapping[str, int], report: Report) -> None:
        missing = [key.name for key in self.keys if key.required and key.name not in lines]
        if missing:
            report.error(lines[""], f"{self.chinese}缺少：{'、'.join(missing)}。请补上")
