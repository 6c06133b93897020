"""Load by wrk: prepared requests, each sent once, from as many connections as asked; what was answered, how fast."""

import json
import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.servers import Server

_LUA = Path(__file__).parent / "requests.lua"
_RESULT = re.compile(r"^RESULT (\{.*\})$", re.MULTILINE)


@dataclass(frozen=True)
class Round:
    """One run: answers, seconds, latencies in ms, requests begun, processor seconds of the server."""

    answered: int
    seconds: float
    p50: float
    p99: float
    sent: int
    cpu: float

    @property
    def rate(self) -> float:
        return self.answered / self.seconds

    @property
    def cpu_each(self) -> float:
        """Microseconds of the server's processor time for one answer."""
        return self.cpu / self.answered * 1e6


def wrk() -> str:
    """Where wrk is; as root it is fetched from Debian's packages."""
    if shutil.which("wrk") is None and shutil.which("apt-get"):
        subprocess.run(["apt-get", "install", "-y", "-qq", "wrk"], check=False, capture_output=True)
    found = shutil.which("wrk")
    if found is None:
        raise SystemExit("wrk is not on this machine: run `apt-get install wrk` as root")
    return found


def post(path: str, body: bytes, headers: str = "Content-Type: text/xml\r\n") -> bytes:
    """One request as it stands on the wire."""
    return f"POST {path} HTTP/1.1\r\nHost: bench\r\n{headers}Content-Length: {len(body)}\r\n\r\n".encode() + body


def get(path: str) -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: bench\r\n\r\n".encode()


def run(server: Server, requests: Sequence[bytes], seconds: float, connections: int = 32, *, again: bool = False) -> Round:
    """Send for `seconds`, or until the requests are used up; `again` begins anew at their end."""
    threads = min(2, connections)
    with tempfile.TemporaryDirectory(prefix="ln-bench-") as folder:
        for thread in range(threads):
            with open(f"{folder}/requests.{thread}", "wb") as file:
                file.writelines(b"%d\n%s" % (len(one), one) for one in requests[thread::threads])
        before = server.cpu()
        command = [wrk(), f"-t{threads}", f"-c{connections}", f"-d{seconds:g}s", "-s", str(_LUA), "--timeout", "10s", server.base]
        ran = subprocess.run([*command, "--", f"{folder}/requests", "again" if again else ""], capture_output=True, text=True, timeout=seconds + 60)
        cpu = server.cpu() - before
    return _read(server, ran, cpu, [len(requests[thread::threads]) for thread in range(threads)], again=again)


def _read(server: Server, ran: "subprocess.CompletedProcess[str]", cpu: float, prepared: list[int], *, again: bool) -> Round:
    found = _RESULT.search(ran.stdout)
    if found is None:
        raise SystemExit(f"wrk failed against {server.name}: {ran.stderr or ran.stdout}")
    told = json.loads(found[1])
    sent = sum(told["sent"]) if again else sum(map(min, told["sent"], prepared))
    if told["refused"] or told["broken"] or not told["answered"]:
        raise SystemExit(f"{server.name} refused {told['refused']} and broke {told['broken']} of {told['answered']} requests")
    return Round(told["answered"], told["microseconds"] / 1e6, told["p50"] / 1e3, told["p99"] / 1e3, sent, cpu)
