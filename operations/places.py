"""Where a faulty setting stands: the variable, or the line of config.yaml, that has to be changed (R42)."""

import os
import re
from collections.abc import Iterator
from typing import Any

import yaml

from settings import CONFIG

_PATH = re.compile(r"[a-z_]+(?:\.\w+)*", re.ASCII)


def told(head: str, faults: list[str]) -> str:
    """One line for each fault, with the place where the wrong word stands."""
    return "\n".join([head, *(f"  · {fault}{_place(fault)}" for fault in faults)])


def _place(fault: str) -> str:
    """The variable, or the line of config.yaml, that gave the setting a fault begins with; nothing where none did."""
    found = _PATH.match(fault)
    variable = f"LIANGNUO_{found[0].upper().replace('.', '__')}" if found else ""
    if variable in os.environ:
        return f"（环境变量 {variable}）"
    try:
        line = dict(_lines(yaml.compose(CONFIG.read_text(encoding="utf-8")))).get(found[0]) if found else None
    except (OSError, yaml.YAMLError):
        return ""
    return f"（config.yaml 第{line}行）" if line else ""


def _lines(node: Any, above: str = "") -> Iterator[tuple[str, int]]:
    """Every setting written in the file, with its line."""
    if not isinstance(node, yaml.MappingNode):
        return
    for key, value in node.value:
        yield f"{above}{key.value}", key.start_mark.line + 1
        yield from _lines(value, f"{above}{key.value}.")
