"""The real thing, to be harmed: PostgreSQL, Redis, several web processes, and citizens who write without pause."""

import contextlib
import http.client
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from sqlalchemy import create_engine, text

import app
from domain.ports import House
from gateways import clock
from models import migrations
from tests.bureau import Bureau, found
from tests.conftest import AES_KEY, settings_for
from tests.phones import Phone
from tests.services_here import free_port

ROOT = Path(__file__).parent.parent.parent


@dataclass
class Town:
    """A service under load. `base` is its address; `url` its database."""

    base: str
    url: str
    process: subprocess.Popen[bytes]
    house: House
    bureau: Bureau
    log: Path
    environment: dict[str, str]

    def another(self) -> "subprocess.Popen[bytes]":
        """One more service beside the first, on the same port: the kernel shares the callers out. Returns when it serves."""
        before = self.log.stat().st_size
        process = _serve(self.environment, self.log)
        while self.log.read_bytes()[before:].count(b"Started server process") < int(self.environment["LIANGNUO_SERVE__WORKERS"]):
            if process.poll() is not None:
                raise RuntimeError("the second service ended at once")
            time.sleep(0.02)
        return process

    def workers(self) -> list[int]:
        """The web processes' ids: living children of the one that was started."""
        found_ids = []
        for status in Path("/proc").glob("[0-9]*/status"):
            with contextlib.suppress(OSError):
                lines = dict(line.split(":\t", 1) for line in status.read_text().splitlines() if ":\t" in line)
                if lines.get("PPid") == str(self.process.pid) and not lines["State"].startswith("Z"):
                    found_ids.append(int(status.parent.name))
        return sorted(found_ids)

    def sql(self, statement: str) -> list[Any]:
        engine = create_engine(self.url.replace("postgresql://", "postgresql+psycopg://"))
        with engine.connect() as connection:
            rows = list(connection.execute(text(statement)))
        engine.dispose()
        return rows


@contextmanager
def town(url: str, redis_url: str, log: Path, workers: int = 2) -> Iterator[Town]:
    """Start it, wait until it is ready, end it."""
    given: dict[str, Any] = {"redis": {"url": redis_url}} if redis_url else {}
    settings = settings_for(url, **given)
    house = app.build(settings)
    migrations.climb(house.database.engine)  # type: ignore[attr-defined]
    bureau = found(house, clock.now())
    port = free_port()
    environment = environment_for(url, redis_url, port, workers)
    process = _serve(environment, log)
    base = f"http://127.0.0.1:{port}"
    try:
        _ready(base, process)
        here = Town(base, url, process, house, bureau, log, environment)
        while len(here.workers()) < workers:
            time.sleep(0.02)
        yield here
    finally:
        end(process)
        house.database.close()  # type: ignore[attr-defined]


def _serve(environment: dict[str, str], log: Path) -> "subprocess.Popen[bytes]":
    with log.open("ab") as out:
        return subprocess.Popen([sys.executable, "manage.py", "serve"], cwd=ROOT, env=environment, stdout=out, stderr=out)


def end(process: "subprocess.Popen[bytes]") -> None:
    """Politely, then not."""
    process.send_signal(signal.SIGTERM)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(15)
    process.kill()
    process.wait()


def environment_for(url: str, redis_url: str, port: int, workers: int) -> dict[str, str]:
    settings = settings_for(url)
    ours = {"SECRET_KEY": settings.secret_key.get_secret_value(), "DATABASE__URL": url, "REDIS__URL": redis_url, "BASE_URL": settings.base_url}
    ours |= {"SERVE__PORT": str(port), "SERVE__WORKERS": str(workers), "SERVE__THREADS": "16", "BROWSER__PAGES_PER_MINUTE": "100000"}
    for name, account in (("WECHAT", settings.wechat), ("MINIPROGRAM", settings.miniprogram)):
        ours |= {f"{name}__APPID": account.appid, f"{name}__API_BASE": account.api_base, f"{name}__ENCODING_AES_KEY": AES_KEY}
        ours |= {f"{name}__TOKEN": account.token.get_secret_value(), f"{name}__SECRET": account.secret.get_secret_value()}
    kept = {key: value for key, value in os.environ.items() if not key.startswith("LIANGNUO_")}
    return kept | {f"LIANGNUO_{key}": value for key, value in ours.items()}


def _ready(base: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(400):
        if process.poll() is not None:
            raise RuntimeError("the service ended at once")
        with contextlib.suppress(OSError, http.client.HTTPException):
            if ask(base, "GET", "/healthz")[0] == 200:
                return
        time.sleep(0.05)
    raise RuntimeError("the service did not start")


def ask(base: str, method: str, path: str, body: bytes = b"", patience: float = 10, kind: str = "text/xml") -> tuple[int, bytes]:
    """One request over a connection of its own."""
    where = urlsplit(base)
    connection = http.client.HTTPConnection(where.hostname or "", where.port, timeout=patience)
    try:
        connection.request(method, path, body, {"Content-Type": kind} if body else {})
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


@dataclass
class Citizen:
    """Writes ratings one after the other, each repeated as WeChat does until it is answered (up to `tries`)."""

    town: Town
    name: str
    tries: int = 30
    acknowledged: list[str] = field(default_factory=list)
    spans: list[float] = field(default_factory=list)
    strange: list[str] = field(default_factory=list)
    hung: int = 0
    """Pushes that were not answered within five seconds: WeChat hangs up then."""

    def write(self, many: int, until: threading.Event | None = None) -> None:
        for at in range(many):
            if until is not None and until.is_set():
                return
            self.one(f"{self.name}n{at}", "不满意 等太久" if at % 5 == 0 else "满意")

    def one(self, who: str, said: str) -> None:
        """A new person each time, so that each message is a rating of its own."""
        phone = Phone(None, who, clock.now, AES_KEY)
        query, body = phone.envelope({"MsgType": "text", "Content": f"评价 3号窗口 {said}", "MsgId": str(abs(hash(who)))})
        for _ in range(self.tries):
            if self._push(phone, f"/wechat?{urlencode(query)}", body, who):
                return
            time.sleep(0.05)
        self.strange.append(f"{who}: never answered")

    def _push(self, phone: Phone, path: str, body: bytes, who: str) -> bool:
        """Whether the message is settled: not while nobody listens, nobody answers in time, or the answer is to come again."""
        began = time.monotonic()
        try:
            status, answer = ask(self.town.base, "POST", path, body, patience=5)
        except (OSError, http.client.HTTPException) as error:
            self.hung += isinstance(error, TimeoutError) and time.monotonic() - began < 6  # longer: we slept, not the service
            return False
        self.spans.append(time.monotonic() - began)
        return self._settled(phone, status, answer, who)

    def _settled(self, phone: Phone, status: int, answer: bytes, who: str) -> bool:
        if status != 200:
            return False

        class Held:
            status_code, data, text = status, answer, ""

        phone.last = Held
        words = phone.words()
        if "已记下" in words:
            self.acknowledged.append(who)
            return True
        if "请一分钟后再试" in words or "请稍等" in words or "没有处理成功" in words:
            return False
        self.strange.append(f"{who}: {words[:60]}")
        return True
