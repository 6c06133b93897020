"""YAML text to PyYAML nodes, so that every finding knows its line; hostile text gives a finding, never an exception."""

import re
from typing import Any

import yaml

from domain.campaign.findings import Report

MOST_BYTES = 256 * 1024
DEEPEST = 20
MOST_NODES = 20_000

_PLAIN_TAGS = frozenset(f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null", "timestamp", "map", "seq", "merge", "value"))
_WORDS = (
    (re.compile(r"escape|hexdecimal"), "双引号里的反斜线写法不对。普通文字请改用单引号"),
    (re.compile(r"cannot start any token"), "这里有不能直接开头的符号（如制表符、@、`、%）。缩进请用空格，文字请加引号"),
    (re.compile(r"mapping values are not allowed|expected ':'"), "冒号用得不对。键和值之间写“: ”（冒号后留一个空格）；文字里有英文冒号时整句加引号"),
    (re.compile(r"block end|block mapping|block collection|block sequence"), "缩进没有对齐。同一级的内容请从同一列开始，每级缩进两个空格"),
    (re.compile(r"quoted scalar|end of stream|unexpected end"), "引号或括号没有成对。请补上另一半"),
    (re.compile(r"flow (mapping|sequence)|',' or"), "花括号或方括号里的内容不完整。各项之间用英文逗号，最后补上右括号"),
    (re.compile(r"single document"), "一个文件只写一个活动。请去掉多余的“---”，把其他活动另存一个文件"),
)


class _Refused(yaml.MarkedYAMLError):
    """A construct that no campaign file needs; the message is ours."""


class _Loader(yaml.SafeLoader):
    """Composes nodes only, without anchors, aliases, foreign tags, deep nesting or a flood of nodes."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.depth = 0
        self.count = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        event = self.peek_event()  # type: ignore[no-untyped-call]
        self.depth += 1
        self.count += 1
        complaint = _complaint(event, self.depth, self.count)
        if complaint:
            raise _Refused(None, None, complaint, event.start_mark)
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


def compose(text: str, report: Report) -> yaml.MappingNode | None:
    """The top mapping of the file, or None after reporting why there is none."""
    if len(text) > MOST_BYTES or len(text.encode("utf-8", "replace")) > MOST_BYTES:
        report.error(1, f"文件太大，最多{MOST_BYTES // 1024}KB。请删去附件和大段正文，只留活动的安排")
        return None
    node = None
    try:
        node = _Loader(text).get_single_node()
    except _Refused as refused:
        report.error(_line(refused.problem_mark), str(refused.problem))
        return None
    except yaml.MarkedYAMLError as broken:
        report.error(*_in_chinese(broken))
        return None
    except (yaml.YAMLError, ValueError, OverflowError):  # unprintable characters, \U escapes beyond Unicode
        report.error(_unprintable_line(text), "有不能显示的字符。请删去这个字符，文件另存为 UTF-8 编码")
        return None
    if not isinstance(node, yaml.MappingNode):
        report.error(1, "文件开头应是“键: 值”的写法，例如 id: service_year。请参照 campaigns/template.yaml")
        return None
    return node


def line_of(node: yaml.Node) -> int:
    """The node's line, counted from 1."""
    return _line(node.start_mark)


def _complaint(event: Any, depth: int, count: int) -> str:
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        return "不支持“&”“*”引用的写法。请把内容直接写在这里；文字以 & 或 * 开头时加引号"
    tag = getattr(event, "tag", None)
    if tag not in (None, "!") and tag not in _PLAIN_TAGS:
        return "不支持“!”标签。请去掉标签，直接写内容"
    if depth > DEEPEST:
        return f"层次太深，最多{DEEPEST}层。请参照 campaigns/template.yaml 的写法"
    if count > MOST_NODES:
        return f"内容太多，最多{MOST_NODES}项。请删去与活动安排无关的内容"
    return ""


def _line(mark: Any) -> int:
    return int(mark.line) + 1 if mark is not None else 1


def _in_chinese(broken: yaml.MarkedYAMLError) -> tuple[int, str]:
    """Line and words; a quote never closed is found at the end of the file, so its beginning is named."""
    said = f"{broken.context or ''} {broken.problem or ''}"
    words = next((words for pattern, words in _WORDS if pattern.search(said)), "这里的 YAML 写法不对。请核对缩进、冒号和引号")
    never_closed = "quoted scalar" in said and broken.context_mark is not None
    return _line(broken.context_mark if never_closed else broken.problem_mark or broken.context_mark), words


def _unprintable_line(text: str) -> int:
    found = yaml.reader.Reader.NON_PRINTABLE.search(text)
    return text.count("\n", 0, found.start()) + 1 if found else 1
