"""Ours under measurement: a bureau founded in an empty database, served by `manage.py serve` as the README recommends for 2 cores."""

import atexit
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.messages import AES_KEY, APPID, TOKEN
from bench.servers import ROOT, Server, free_port, running
from bench.stored import Stored
from tests.services_here import database_urls, redis_server, stop_all

_FOUNDED = "import app, settings; from operations.bureau import found; house = app.build(settings.load()); found(house, house.now())"
THREADS = {"sqlite": 32, "postgresql": 16}
WORKERS = {"sqlite": 1, "postgresql": 2}
atexit.register(stop_all)


@dataclass(frozen=True)
class Ours:
    """The server, and its database as seen from outside."""

    server: Server
    stored: Stored
    url: str

    @property
    def file(self) -> str:
        """SQLite's file."""
        return self.url.removeprefix("sqlite:///")


def environment(url: str, port: int, backend: str, **more: str) -> dict[str, str]:
    """The settings, as an operator would give them."""
    account = {"APPID": APPID, "SECRET": "s" * 32, "TOKEN": TOKEN, "ENCODING_AES_KEY": AES_KEY, "API_BASE": "http://127.0.0.1:9"}
    given = {
        "SECRET_KEY": "bench-" * 8,
        "DATABASE__URL": url,
        "SERVE__PORT": str(port),
        "SERVE__WORKERS": str(WORKERS[backend]),
        "SERVE__THREADS": str(THREADS[backend]),
        "BROWSER__PAGES_PER_MINUTE": str(10**9),
        **{f"WECHAT__{name}": value for name, value in account.items()},
        **{f"MINIPROGRAM__{name}": value for name, value in account.items()},
        **({"REDIS__URL": redis_server().url} if backend == "postgresql" else {}),
    }
    return {f"LIANGNUO_{name}": value for name, value in (given | more).items()}


@contextmanager
def ours(backend: str, mode: str = "safe", **more: str) -> Iterator[Ours]:
    """A bureau served from an empty database of the kind `sqlite` or `postgresql` (that one with Redis)."""
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="ln-bench-"))
        url = stack.enter_context(database_urls(backend, Path(folder)))
        port = free_port()
        settings = environment(url, port, backend, WECHAT__MODE=mode, **more)
        found_in(settings)
        command = [sys.executable, "manage.py", "serve"]
        server = stack.enter_context(running(f"ours on {backend}", command, port, settings, "/healthz"))
        yield Ours(server, stack.enter_context(Stored.at(url)), url)


def found_in(settings: Mapping[str, str]) -> None:
    """The schema and the bureau, in the database of these settings."""
    _run([sys.executable, "manage.py", "migrate"], settings)
    _run([sys.executable, "-c", _FOUNDED], settings)


def _run(command: list[str], settings: Mapping[str, str]) -> None:
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, **settings}, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stderr[-3000:]}")
