"""The demo's processes: started together, watched together, ended together; each writes its own log."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from types import TracebackType
from typing import Self

from operations.demo.environment import ROOT, CannotStart

_TICK = 0.1
_PATIENCE = 60.0
"""Seconds in which a part must answer for the first time."""
_GRACE = 12.0
"""Seconds to end by itself; the server needs up to 10 for its last requests."""
_LAST_LINES = 12


@dataclass
class Child:
    """One process. `chinese` is what people read."""

    chinese: str
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def last_words(self) -> str:
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-_LAST_LINES:]
        return "\n".join(f"  {line}" for line in lines) or "  （没有留下日志）"


class Children:
    """All of them. `stopping` says whether somebody has asked for the end."""

    def __init__(self, logs: Path, stopping: Callable[[], bool]) -> None:
        self._logs, self._stopping = logs, stopping
        self._all: list[Child] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.end()

    def start(self, name: str, chinese: str, *words: str) -> None:
        """`words` follow the Python interpreter, in the project's folder."""
        log = self._logs / f"{name}.log"
        with log.open("wb") as out:
            process = subprocess.Popen([sys.executable, *words], cwd=ROOT, stdin=subprocess.DEVNULL, stdout=out, stderr=out, env=os.environ)
        self._all.append(Child(chinese, process, log))

    def watch(self) -> None:
        """Until the end is asked for. Raises `CannotStart` when one dies before."""
        while not self._stopping():
            time.sleep(_TICK)
            self._check()

    def wait_for(self, chinese: str, port: int, path: str) -> None:
        """Until this part answers, or the end is asked for. Raises `CannotStart` when it does not."""
        for _ in range(int(_PATIENCE / _TICK)):
            if self._stopping() or answers(port, path):
                return
            self._check()
            time.sleep(_TICK)
        raise CannotStart(f"{chinese}在 {_PATIENCE:.0f} 秒内没有响应，演示已停止。日志在 {self._logs}。")

    def _check(self) -> None:
        """A dead child ends the demo, unless Ctrl-C reached it a moment before it reaches us."""
        dead = next((child for child in self._all if child.process.poll() is not None), None)
        if dead is None:
            return
        time.sleep(5 * _TICK)
        if not self._stopping():
            raise CannotStart(f"{dead.chinese}意外停止，演示随之结束。它最后留下的日志（全文在 {dead.log}）：\n{dead.last_words}")

    def end(self) -> None:
        """Ask all to stop, then insist."""
        for child in self._all:
            child.process.terminate()
        deadline = time.monotonic() + _GRACE
        for child in self._all:
            try:
                child.process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.process.kill()
                child.process.wait()
        self._all.clear()


def answers(port: int, path: str) -> bool:
    """Whether the local server answers this path with 200."""
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
