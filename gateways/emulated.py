"""Emulated WeChat: `python -m emulator` as a process of its own on a free loopback port, with made-up secrets; for rehearsals (X15).

It asks nobody outside, gets none of the house's settings, and ends with whoever started it.
"""

import json
import os
import re
import secrets
import select
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from domain.rehearsals import NoEmulator
from gateways.wechat import Account
from gateways.wire import Patience, Unanswered, Unsent, Wire

PATIENT = Patience(read=60)
"""Loopback loses nothing: a slow answer means a busy machine."""
_ROOT = Path(__file__).parent.parent
_WAIT, _GRACE = 30, 5
_WHERE = re.compile(r"http://127\.0\.0\.1:\d+")
_REFUSED = 400


class Emulated:
    """A running one: its accounts as kind → account, and its control API."""

    def __init__(self, base: str, accounts: Mapping[str, Account]) -> None:
        self.accounts = accounts
        self._wire = Wire(base, PATIENT)

    def control(self, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        """Raises `NoEmulator` when it does not answer, `ValueError` for a request it refuses."""
        try:
            status, raw = self._wire.ask("GET" if body is None else "POST", f"/_emulator{path}", None if body is None else json.dumps(body).encode())
        except (Unsent, Unanswered):
            raise NoEmulator() from None
        if status >= _REFUSED:
            raise ValueError(raw.decode(errors="replace")[:200])
        told: dict[str, Any] = json.loads(raw)
        return told


@contextmanager
def emulated(appids: Mapping[str, str]) -> Iterator[Emulated]:
    """`appids` is kind (service, mini) → appid. Raises `NoEmulator`."""
    secret = secrets.token_hex(16)
    with TemporaryDirectory(prefix="liangnuo-") as folder:
        file = Path(folder) / "accounts.json"
        file.write_text(json.dumps([{"kind": kind, "appid": appid, "secret": secret} for kind, appid in appids.items()]))
        command = [sys.executable, "-m", "emulator", "--port", "0", "--until-eof", "--accounts", str(file)]
        with subprocess.Popen(command, cwd=_ROOT, env=_surroundings(), stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
            try:
                base = _address(child)
                yield Emulated(base, {kind: Account(appid, secret, base) for kind, appid in appids.items()})
            finally:
                _end(child)


def _surroundings() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("LIANGNUO_")}


def _address(child: subprocess.Popen[bytes]) -> str:
    """Its first line names it; a process that ended says nothing."""
    if child.stdout is None or not select.select([child.stdout], [], [], _WAIT)[0]:
        raise NoEmulator()
    found = _WHERE.search(child.stdout.readline().decode())
    if found is None:
        raise NoEmulator()
    return found[0]


def _end(child: subprocess.Popen[bytes]) -> None:
    child.terminate()
    try:
        child.wait(_GRACE)
    except subprocess.TimeoutExpired:
        child.kill()
