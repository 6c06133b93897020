"""It starts alone with one command, introduces its accounts, ends when told, and says in Chinese why it cannot."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import requests

from tests.emulator.conftest import free_port

ROOT = Path(__file__).resolve().parents[2]


def started(*options: str) -> subprocess.Popen[str]:
    words = [sys.executable, "-m", "emulator", *options]
    plain = {name: value for name, value in os.environ.items() if not name.startswith("LIANGNUO_")}
    return subprocess.Popen(words, cwd=ROOT, env=plain, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_one_command_starts_it_and_a_signal_ends_it_even_with_an_open_line() -> None:
    port = free_port()
    running = started("--port", str(port), "--seed", "a")
    assert running.stdout is not None
    assert "模拟器已启动" in running.stdout.readline()
    line = requests.get(f"http://127.0.0.1:{port}/_emulator/changes", stream=True, timeout=5)
    begin = time.monotonic()
    running.send_signal(signal.SIGTERM)
    assert running.wait(10) == 0
    assert time.monotonic() - begin < 5
    line.close()
    assert "EncodingAESKey" in running.stdout.read()


def test_a_taken_port_and_a_bad_file_are_named_in_words(tmp_path: Path) -> None:
    bad = tmp_path / "accounts.yaml"
    bad.write_text("- {kind: robot}\n", encoding="utf-8")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        for options in (("--port", str(taken.getsockname()[1])), ("--port", "99999"), ("--accounts", str(bad)), ("--accounts", "none.yaml")):
            out, error = started(*options).communicate(timeout=20)
            assert error.startswith("不能启动：")
            assert "Traceback" not in error + out


def test_it_takes_a_free_port_and_ends_with_whoever_started_it() -> None:
    words = [sys.executable, "-m", "emulator", "--port", "0", "--until-eof"]
    with subprocess.Popen(words, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        assert running.stdin is not None
        address = running.stdout.readline().split("：")[1].split("/  ")[0]
        assert requests.get(f"{address}/_emulator/clock", timeout=5).status_code == 200
        running.stdin.close()
        assert running.wait(10) == 0
