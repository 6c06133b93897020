"""Late: a library or a file of one's own room that few processes need, loaded when it is first used (performance.md, point 10)."""

from importlib import import_module
from typing import Any


class Late:
    """Stands for the module of this name. A web worker that prints nothing and speaks to no Redis loads neither (decision 10)."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, attribute: str) -> Any:
        return getattr(import_module(self._name), attribute)
