"""The header of a sheet: somewhere below merged titles, in one row or two, columns in any order and under many names."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from domain.roster.cells import text_of
from domain.roster.records import Cell, Grid

DEEPEST = 30
"""Rows from the top in which a header is looked for."""

_ASIDE = re.compile(r"[(\[【〔].*?[)\]】〕]|[\s*:,，、。]")
_OTHERS = re.compile("办公|固定|家庭|座机|宅电|紧急|配偶|家属|短号|书记|介绍人|培养|代码|编号|转正|地址|曾用")
_FIELDS: dict[str, tuple[str, ...]] = {  # the better names first: of two columns that fit, the earlier line wins
    "name": ("(党员|人员|本人)?姓名", "(党员)?名字|党员", "姓名.*"),
    "branch": ("(所在|所属|组织关系所在)?(党支部|支部)(名称|全称)?", "(所在|所属|组织关系所在)?(基层)?党组织(名称|全称)?", ".*支部(名称)?"),
    "phone": ("(本人|常用)?(手机|移动电话)(号码?|电话)?", "手机.*|.*手机号码?", "(本人|联系)?电话(号码?)?|联系方式|联系(电话|手机).*"),
    "joined": (
        "入党(时间|日期|年月日?)",
        "(何时)?(加入|入)(中国)?(共产党|中共|党|党组织)(组织)?(的)?(时间|日期|年月日?)?",
        "接收为?预备党员(时间|日期)|入党.*",
    ),
    "category": ("(党员|人员)(类别|类型|身份)", "类别|类型|党员情况|正式/?或?预备(党员)?", "政治面貌|身份"),
    "full": ("(是否)?(为)?正式(党员)?",),
    "probationary": ("(是否)?(为)?预备(党员)?",),
}
_RULES = [(field, rank, re.compile(rule)) for field, rules in _FIELDS.items() for rank, rule in enumerate(rules)]
_ABOVE = re.compile(r"(?:所在|所属)?(?:党支部|支部|党组织)(?:名称|全称)?\s*[:：]\s*(\S+)")


@dataclass(frozen=True)
class Header:
    """Where each field stands (column, from 0), the first row below, and a branch named above the table."""

    columns: dict[str, int]
    top: int
    below: int
    branch: str = ""
    merit: tuple[int, int] = (0, 0)


class _Fit(NamedTuple):
    field: str
    rank: int


def find_header(grid: Grid) -> Header | None:
    """The row (or pair of rows) that names most fields; None when no row names 姓名 and one field more."""
    best: Header | None = None
    for top in range(min(len(grid.rows), DEEPEST)):
        for header in _candidates(grid.rows, top):
            if best is None or header.merit > best.merit:
                best = header
    return best and replace(best, branch=_branch_above(grid.rows[: best.top]))


def _candidates(rows: Sequence[Sequence[Cell]], top: int) -> list[Header]:
    upper = [_label(cell) for cell in rows[top]]
    found = [_header([(label,) for label in upper], top, 1)]
    if top + 1 < len(rows):
        lower = [_label(cell) for cell in rows[top + 1]]
        both = _header(_stacked(upper, lower), top, 2)
        if both.merit > max(found[0].merit, _header([(label,) for label in lower], top, 1).merit) and _is_header(lower, both.columns):
            found.append(both)
    return [header for header in found if "name" in header.columns and len(header.columns) > 1]


def _label(cell: Cell) -> str:
    return _ASIDE.sub("", text_of(cell)) if isinstance(cell, str) else text_of(cell)


def _stacked(upper: Sequence[str], lower: Sequence[str]) -> list[tuple[str, ...]]:
    """What a column may be called: its lower label, or both together; an upper label reaches right as far as it is alone."""
    labels: list[tuple[str, ...]] = []
    over = ""
    for high, low in zip(upper, lower, strict=True):
        over = high or (over if low else "")
        labels.append((low, over + low, low + over) if low and low != high else (high,))
    return labels


def _is_header(lower: Sequence[str], columns: dict[str, int]) -> bool:
    """Whether the second row is one: it names no person, holds no figures."""
    name = lower[columns["name"]] if "name" in columns else "?"
    return (not name or _fit(name) is not None) and not any(sum(map(str.isdigit, label)) > 3 for label in lower)


def _header(labels: Sequence[tuple[str, ...]], top: int, rows: int) -> Header:
    """Its merit: how many fields it names, then how well."""
    chosen: dict[str, tuple[int, int]] = {}
    for column, names in enumerate(labels):
        fit = next((fit for fit in map(_fit, names) if fit), None)
        if fit and (fit.field not in chosen or fit.rank < chosen[fit.field][0]):
            chosen[fit.field] = (fit.rank, column)
    columns = {field: column for field, (_, column) in chosen.items()}
    return Header(columns, top, top + rows, merit=(len(chosen), -sum(rank for rank, _ in chosen.values())))


def _fit(label: str) -> _Fit | None:
    """The field a label names."""
    if not label or len(label) > 16 or _OTHERS.search(label):
        return None
    return next((_Fit(field, rank) for field, rank, rule in _RULES if rule.fullmatch(label)), None)


def _branch_above(rows: Sequence[Sequence[Cell]]) -> str:
    """“支部名称：窗口党支部” between title and table."""
    for row in reversed(rows):
        for cell in row:
            if found := _ABOVE.search(text_of(cell)):
                return found[1]
    return ""
