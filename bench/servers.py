"""Servers under measurement: started here, watched by /proc, ended here."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
_TICK = os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True)
class Server:
    """One running server: its name in the tables, its port, its first process."""

    name: str
    port: int
    process: subprocess.Popen[bytes]

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def cpu(self) -> float:
        """Seconds of processor time that it and all its children have used."""
        return sum(_cpu_of(pid) for pid in tree(self.process.pid))

    def workers(self) -> list[int]:
        """Processes that serve: all but the first and Python's tracker of shared things."""
        return [pid for pid in tree(self.process.pid) if pid != self.process.pid and "resource_tracker" not in _command(pid)]


def surroundings(more: Mapping[str, str]) -> dict[str, str]:
    """The environment of every process measured. Python may keep what it compiled, as it does wherever the service is installed."""
    return {name: value for name, value in {**os.environ, **more}.items() if name != "PYTHONDONTWRITEBYTECODE"}


@contextmanager
def running(name: str, command: list[str], port: int, environment: Mapping[str, str], path: str = "/", patience: float = 30) -> Iterator[Server]:
    """A server that answers at `path`; ended with all its children when done. Its own words go to stderr only when it does not come up."""
    process = subprocess.Popen(
        command, cwd=ROOT, env=surroundings(environment), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    server = Server(name, port, process)
    try:
        wait_for(f"{server.base}{path}", process, patience)
        yield server
    finally:
        stop(process)


def wait_for(url: str, process: subprocess.Popen[bytes], patience: float = 30, pause: float = 0.02) -> None:
    """Until the server answers anything. Raises when it ends or the time is over."""
    ends = time.monotonic() + patience
    while time.monotonic() < ends:
        if process.poll() is not None:
            raise SystemExit(f"the server for {url} ended by itself (status {process.returncode}): start it by hand to read why")
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(pause)
    raise SystemExit(f"{url} did not answer within {patience:g} s")


def stop(process: subprocess.Popen[bytes]) -> None:
    """Politely, then not: the process was started as the head of its own group."""
    if process.poll() is not None:
        return
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(5)


def granian(application: str, port: int, *, workers: int = 2) -> list[str]:
    """The command by which a yardstick is served."""
    return [
        sys.executable, "-m", "granian", application, "--factory", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
        "--workers", str(workers), "--blocking-threads", "1", "--no-ws", "--log-level", "error",
    ]  # fmt: skip


def tree(pid: int) -> list[int]:
    """A process and everything below it."""
    found = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            for child in task.read_text().split():
                found += tree(int(child))
        except OSError:  # it ended while we looked
            continue
    return found


def _cpu_of(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / _TICK


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return ""


def memory_of(pid: int) -> float:
    """Proportional set size in MiB: what the process costs the machine, shared pages shared out."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    raise ValueError(f"no Pss of {pid}")
