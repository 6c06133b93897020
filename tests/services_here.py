"""Real PostgreSQL and Redis for the tests: started once a session, a fresh database for each story."""

import atexit
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import psycopg
import redis

_BINARIES = [*sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True), Path("/usr/local/bin"), Path("/usr/bin")]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _binary(name: str) -> str:
    found = next((str(place / name) for place in _BINARIES if (place / name).exists()), None) or shutil.which(name)
    if found is None:
        raise RuntimeError(f"{name} is not on this machine: run `make services` as root, or install PostgreSQL and Redis")
    return found


def _as_postgres(folder: Path) -> dict[str, object]:
    """initdb refuses to run as root: then it runs as nobody."""
    if os.geteuid() != 0:
        return {}
    os.chown(folder, 65534, 65534)
    return {"user": 65534, "group": 65534}


class Postgres:
    """One server of our own under a temporary folder. One that is not `durable` forgets its last second when the machine dies."""

    def __init__(self, durable: bool) -> None:
        self._durable = durable
        self.folder = Path(tempfile.mkdtemp(prefix="ln-pg-"))
        self.port = free_port()
        self._who = _as_postgres(self.folder)
        self._data = self.folder / "data"
        subprocess.run(
            [_binary("initdb"), "-D", str(self._data), "-U", "liangnuo", "--auth=trust", "-E", "UTF8", "--locale=C"],
            check=True,
            capture_output=True,
            **self._who,
        )  # type: ignore[call-overload]
        self.process: subprocess.Popen[bytes] | None = None
        self.start()

    def start(self) -> None:
        settings = ["listen_addresses=127.0.0.1", "max_connections=200"]
        settings += [] if self._durable else ["fsync=off", "full_page_writes=off", "synchronous_commit=off"]
        options = ["-D", str(self._data), "-p", str(self.port), "-k", str(self.folder)]
        options += [word for setting in settings for word in ("-c", setting)]
        self.process = subprocess.Popen([_binary("postgres"), *options], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **self._who)  # type: ignore[call-overload]
        for _ in range(200):
            try:
                psycopg.connect(self.admin, connect_timeout=1).close()
                return
            except psycopg.OperationalError:
                time.sleep(0.05)
        raise RuntimeError("PostgreSQL did not start")

    @property
    def admin(self) -> str:
        return f"postgresql://liangnuo@127.0.0.1:{self.port}/postgres"

    def create(self, like: str = "template1") -> str:
        """The address of a new database, empty or a copy of the one at the address `like`."""
        name = f"t{uuid.uuid4().hex[:12]}"
        with psycopg.connect(self.admin, autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{like.rpartition("/")[2]}"')
        return f"postgresql://liangnuo@127.0.0.1:{self.port}/{name}"

    def drop(self, url: str) -> None:
        with psycopg.connect(self.admin, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{url.rpartition("/")[2]}" WITH (FORCE)')

    def stop(self) -> None:
        if self.process is not None:
            self.process.send_signal(signal.SIGINT)  # without waiting for those who are still connected
            self.process.wait(20)
        shutil.rmtree(self.folder, ignore_errors=True)


class RedisServer:
    """One Redis of our own."""

    def __init__(self) -> None:
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.process = subprocess.Popen(
            [_binary("redis-server"), "--port", str(self.port), "--save", "", "--appendonly", "no"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        client = redis.Redis(port=self.port)
        for _ in range(100):
            try:
                client.ping()
                return
            except redis.ConnectionError:
                time.sleep(0.05)
        raise RuntimeError("Redis did not start")

    def stop(self) -> None:
        self.process.kill()
        self.process.wait(10)


_STARTED: list[Postgres | RedisServer] = []
"""Stopped when the test process ends, however it ends."""


@cache
def postgres(durable: bool = True) -> Postgres:
    """The session's server. Stories that harm or measure want the durable one, all others the quick one."""
    server = Postgres(durable)
    _STARTED.append(server)
    return server


@cache
def redis_server() -> RedisServer:
    server = RedisServer()
    _STARTED.append(server)
    return server


def stop_all() -> None:
    for server in _STARTED:
        server.stop()
    _STARTED.clear()


@contextmanager
def database_urls(kind: str, folder: Path, durable: bool = True) -> Iterator[str]:
    """The address of one empty database."""
    if kind == "sqlite":
        yield f"sqlite:///{folder}/liangnuo.db"
        return
    url = postgres(durable).create()
    try:
        yield url
    finally:
        postgres(durable).drop(url)


atexit.register(stop_all)
