"""The laws of the house, read from source: who may import whom, where a word may stand (design.md 2)."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

DOORS = ("bot", "miniapp_api", "web", "scheduler")
MAY: dict[str, frozenset[str]] = {
    **{door: frozenset({"services", "gateways", "domain"}) for door in DOORS},
    "services": frozenset({"carriers", "models", "domain"}),
    "carriers": frozenset({"domain"}),
    "models": frozenset({"domain"}),
    "gateways": frozenset({"domain"}),
    "domain": frozenset(),
    "emulator": frozenset(),
    "bench": frozenset(),
    "migrations": frozenset(),
    "settings": frozenset({"domain"}),
    "front": frozenset(),
}
ROOTS = ("app", "manage", "operations")
OURS = frozenset({*MAY, *ROOTS})
ONLY_IN: dict[str, frozenset[str]] = {
    "flask": frozenset({"bot", "miniapp_api", "web", "app", "bench"}),
    "flask_openapi3": frozenset({"miniapp_api"}),
    "wechatpy": frozenset({"bot", "gateways", "bench"}),
    "requests": frozenset({"gateways"}),
    "urllib3": frozenset({"gateways"}),
    "redis": frozenset({"gateways"}),
    "apscheduler": frozenset({"scheduler"}),
    "typst": frozenset({"gateways"}),
    "docx": frozenset({"gateways"}),
    "xlsxwriter": frozenset({"gateways", "bench"}),
}
NETWORK = frozenset({"flask", "requests", "urllib3", "redis", "socket", "http", "structlog"})
_SQL = re.compile(r"(?<![.\w])(?:select|update|delete)\(\s*[A-Z_]|\bexec_driver_sql\(|\btext\(\"(?:SELECT|INSERT|UPDATE|DELETE)")
_CLOCK = re.compile(r"\bdatetime\.(?:now|utcnow|today)\(|\bdate\.today\(|\btime\.time\(")
_COMMIT = re.compile(r"\.commit\(|\.rollback\(")
_STATE = re.compile(r"\.state = ")
_VAGUE = re.compile(r"^_?(utils?|helpers?|common|misc|base_\w+|\w+_manager)$")


@dataclass(frozen=True)
class Source:
    """One file: its room is the first folder, or the file's own name at the root."""

    path: Path
    room: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)


def sources(root: Path) -> Iterator[Source]:
    for room in sorted(OURS):
        folder, file = root / room, root / f"{room}.py"
        for path in [file] if file.exists() else sorted(folder.rglob("*.py")):
            yield Source(path.relative_to(root), room, path.read_text(encoding="utf-8"))


def imported(tree: ast.AST) -> Iterator[str]:
    """Top names of all imports, late ones too, and of what `Late("…")` stands for."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Late" and isinstance(node.args[0], ast.Constant):
            yield str(node.args[0].value).split(".")[0]
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]


def breaches(source: Source) -> Iterator[str]:
    """Every law that this file breaks, as a sentence."""
    yield from _directions(source)
    yield from _words(source)
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            late = [inner for inner in ast.walk(node) if isinstance(inner, ast.Import | ast.ImportFrom)]
            if late and source.room not in ("emulator", "bench"):
                yield f"{source.path}:{late[0].lineno} imports late"
    if _VAGUE.match(source.path.stem):
        yield f"{source.path} has a name that names no duty"


def _directions(source: Source) -> Iterator[str]:
    names = set(imported(source.tree))
    if source.room in MAY:
        for name in sorted(names & OURS - MAY[source.room] - {source.room}):
            yield f"{source.path}: {source.room} must not import {name}"
    for library, rooms in ONLY_IN.items():
        if library in names and source.room not in rooms and source.room != "emulator":
            yield f"{source.path}: {library} belongs to {', '.join(sorted(rooms))}"
    if source.room in ("domain", "services", "carriers", "models"):
        for name in sorted(names & NETWORK):
            yield f"{source.path}: {source.room} knows no {name}"


def _words(source: Source) -> Iterator[str]:
    apart = source.room in ("emulator", "bench", "migrations")
    if apart:
        return
    at = source.path.as_posix()
    if source.room not in ("models",) and _SQL.search(source.text):
        yield f"{at}: SQL belongs to models"
    if at != "gateways/clock.py" and _CLOCK.search(source.text):
        yield f"{at}: the time is read in gateways/clock.py"
    if at != "models/database.py" and _COMMIT.search(source.text):
        yield f"{at}: only models/database.py commits"
    if at != "services/moves.py" and _STATE.search(source.text):
        yield f"{at}: a state is set in services/moves.py only"
    if ".begin(" in source.text and source.room not in ("models", "gateways"):  # gateways see no database; http.client has a `begin` too
        yield f"{at}: only models begins a transaction"


def stories(root: Path) -> Iterator[Source]:
    """The tests: sizes are for them as well, directions are not."""
    for path in sorted((root / "tests").rglob("*.py")):
        yield Source(path.relative_to(root), "tests", path.read_text(encoding="utf-8"))


Function = ast.FunctionDef | ast.AsyncFunctionDef
MOST_LINES, MOST_OF_A_FUNCTION, DEEPEST = 300, 40, 3


def functions(source: Source) -> Iterator[Function]:
    yield from (node for node in ast.walk(source.tree) if isinstance(node, Function))


def length(function: Function) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def sizes(source: Source) -> Iterator[str]:
    """What is longer or deeper than style.md 3 allows, and what says not what it takes. A migration lists columns as long as its tables are."""
    if len(source.text.splitlines()) > MOST_LINES:
        yield f"{source.path} is longer than {MOST_LINES} lines"
    for function in functions(source):
        at = f"{source.path}:{function.lineno} {function.name}"
        if length(function) > MOST_OF_A_FUNCTION and source.room != "migrations":
            yield f"{at} is longer than {MOST_OF_A_FUNCTION} lines"
        if _depth(function) > DEEPEST:
            yield f"{at} is nested deeper than {DEEPEST} levels"
        if function.returns is None or any(one.annotation is None for one in _arguments(function)):
            yield f"{at} is not annotated"


def _arguments(function: Function) -> list[ast.arg]:
    given = function.args
    named = [*given.posonlyargs, *given.args, *given.kwonlyargs, *filter(None, (given.vararg, given.kwarg))]
    return [one for one in named if one.arg not in ("self", "cls")]


_BLOCKS = ast.If | ast.For | ast.AsyncFor | ast.While | ast.With | ast.AsyncWith | ast.Try | ast.Match
_OTHERS = Function | ast.Lambda | ast.ClassDef


def _depth(node: ast.AST) -> int:
    """Blocks within blocks; an `elif` is no deeper than its `if`."""
    deepest = 0
    for inner in ast.iter_child_nodes(node):
        if not isinstance(inner, _OTHERS):
            chained = isinstance(node, ast.If) and isinstance(inner, ast.If) and node.orelse == [inner]
            deepest = max(deepest, _depth(inner) + (isinstance(inner, _BLOCKS) and not chained))
    return deepest


def cycles(root: Path) -> list[str]:
    """Rooms that can reach themselves."""
    graph: dict[str, set[str]] = {}
    for source in sources(root):
        graph.setdefault(source.room, set()).update(set(imported(source.tree)) & OURS - {source.room})
    return [room for room in graph if room in _reach(graph, room)]


def _reach(graph: dict[str, set[str]], start: str) -> set[str]:
    seen: set[str] = set()
    todo = list(graph[start])
    while todo:
        room = todo.pop()
        if room not in seen:
            seen.add(room)
            todo += graph.get(room, set())
    return seen
