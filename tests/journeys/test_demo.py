"""A newcomer's first hour: the whole demo is started, looked at, spoken to, stopped and started again."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

import pytest
import requests

from tests.phones import wait_until
from tests.services_here import free_port

ROOT = Path(__file__).parent.parent.parent
READY = "按 Ctrl-C 停止"
pytestmark = pytest.mark.faults


class Demo:
    """`manage.py demo` on free ports, with its state in a folder of its own."""

    def __init__(self, state: Path, **more: str) -> None:
        self.port, self.emulator_port, self.said = free_port(), free_port(), state / "said.txt"
        kept = {name: value for name, value in os.environ.items() if not name.startswith("LIANGNUO_")}
        given = {"PORT": str(self.port), "EMULATOR_PORT": str(self.emulator_port), "LIANGNUO_STATE": str(state), "PYTHONIOENCODING": "utf-8"}
        with self.said.open("wb") as out:
            self.process = subprocess.Popen([sys.executable, "manage.py", "demo"], cwd=ROOT, env=kept | given | more, stdout=out, stderr=out)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def words(self) -> str:
        return self.said.read_text(encoding="utf-8")

    def ready(self) -> Self:
        wait_until(lambda: READY in self.words or self.process.poll() is not None, 90)
        assert self.process.poll() is None, self.words
        return self

    def family(self) -> set[int]:
        """The process ids of all that the demo has started, grandchildren too."""
        return _below(self.process.pid)

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        if self.process.poll() is None:
            self.process.send_signal(how)
        return self.process.wait(30)

    def phone(self, path: str, **body: Any) -> Any:
        status, text = fetch(f"http://127.0.0.1:{self.emulator_port}/_emulator{path}", body)
        assert status == 200, text
        return json.loads(text)

    def look(self, path: str) -> Any:
        """What the emulator tells when nobody does anything."""
        return json.loads(fetch(f"http://127.0.0.1:{self.emulator_port}/_emulator{path}")[1])

    def says(self, person: str, text: str) -> str:
        return str(self.phone(f"/people/{person}/text", content=text)["reply"]["body"]["Content"])


def fetch(address: str, body: dict[str, Any] | None = None) -> tuple[int, str]:
    parts = urlsplit(address)
    connection = HTTPConnection(parts.netloc, timeout=20)
    connection.request("GET" if body is None else "POST", parts.path or "/", None if body is None else json.dumps(body))
    answer = connection.getresponse()
    return answer.status, answer.read().decode()


def _below(pid: int) -> set[int]:
    found: set[int] = set()
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in map(int, task.read_text().split()):
            found |= {child} | _below(child)
    return found


def alive(pids: set[int]) -> set[int]:
    return {pid for pid in pids if Path(f"/proc/{pid}").exists()}


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    with Demo(tmp_path_factory.mktemp("demo")) as demo:
        yield demo.ready()


def test_every_address_that_is_printed_opens(running: Demo) -> None:
    addresses = re.findall(r"http://\S+", running.words)
    assert len(addresses) == 7
    assert {address: fetch(address)[0] for address in addresses} == dict.fromkeys(addresses, 200)


def test_the_landing_page_shows_who_is_on_duty(running: Demo) -> None:
    landing = re.search(r"http://\S+/p/\w+", running.words)
    assert landing
    page = fetch(landing[0])[1]
    assert all(word in page for word in ("周白露", "不动产登记受理岗", "1个工作日", "一次告知，少跑一趟"))


def test_a_citizen_writes_and_is_answered(running: Demo) -> None:
    assert "3号窗口（不动产登记窗口）的评价“满意”已记下" in running.says("p01", "评价 3号窗口 满意")


def test_a_bad_rating_reaches_the_head_of_the_window(running: Demo) -> None:
    number = re.search(r"编号([A-Z]\d{4})", running.says("p02", "评价3号窗口不满意 等了两个小时"))
    assert number
    assert number[1] in running.says("p06", "待办")
    wait_until(lambda: number[1] in json.dumps(fetch_inbox(running, "p06")), 20)


def fetch_inbox(demo: Demo, person: str) -> Any:
    return json.loads(fetch(f"http://127.0.0.1:{demo.emulator_port}/_emulator/people/{person}/inbox")[1])


def test_every_plate_lies_on_the_table(running: Demo) -> None:
    plates = json.loads(fetch(f"http://127.0.0.1:{running.emulator_port}/_emulator/plates")[1])["plates"]
    assert "3号窗口 不动产登记受理岗" in plates
    assert any(name.endswith("（已过期）") for name in plates)
    scanned = running.phone("/people/p03/scan", plate="3号窗口（扫码进服务号）")
    assert scanned["leads"] == "account"
    assert scanned["reply"]["kind"] == "news"


def test_the_sign_in_code_is_scanned_and_confirmed(running: Demo) -> None:
    desk, door = requests.Session(), f"http://127.0.0.1:{running.port}/console/sign-in"
    desk.headers["Origin"] = f"http://127.0.0.1:{running.port}"
    desk.get(door)
    (code, *_) = json.loads(fetch(f"http://127.0.0.1:{running.emulator_port}/_emulator/plates")[1])["shown"].values()
    assert "回复 1 确认" in running.phone("/people/p04/scan", text=code)["reply"]["body"]["Content"]
    running.says("p04", "1")
    assert "李清明" in desk.post(f"{door}/wait", {"onward": "/console/"}).text


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_stopping_ends_all_and_starting_again_keeps_the_data(tmp_path: Path, how: signal.Signals) -> None:
    with Demo(tmp_path) as first:
        assert "示范单位已录入" in first.ready().words
        first.says("p01", "评价 3号窗口 满意")
        family = first.family()
        assert len(family) >= 4
        assert first.stop(how) == 0
        assert not alive(family)
    with Demo(tmp_path) as again:
        assert "接着用上次的数据" in again.ready().words
        assert "改为" in again.says("p01", "评价 3号窗口 非常满意")


def test_a_part_that_dies_ends_the_demo_with_its_last_words(tmp_path: Path) -> None:
    with Demo(tmp_path) as demo:
        family = demo.ready().family()
        emulator = next(pid for pid in family if b"emulator" in Path(f"/proc/{pid}/cmdline").read_bytes())
        os.kill(emulator, signal.SIGKILL)
        assert demo.process.wait(30) == 1
        assert "微信模拟器意外停止" in demo.words
        assert "EncodingAESKey" in demo.words
        assert not alive(family)


def test_a_port_in_use_is_told_with_the_variable_to_change(running: Demo, tmp_path: Path) -> None:
    with Demo(tmp_path, PORT=str(running.port)) as late:
        assert late.process.wait(30) == 1
        assert late.words == f"Error: 端口 {running.port} 已被别的程序占用，请换一个再试，例如：PORT={running.port + 10} make demo\n"


def test_the_accounts_of_the_environment_are_played(tmp_path: Path) -> None:
    given = {"LIANGNUO_WECHAT__APPID": "wxabcdef0123456789", "LIANGNUO_WECHAT__TOKEN": "myOwnToken", "LIANGNUO_WECHAT__MODE": "plain"}
    with Demo(tmp_path, **given) as demo:
        demo.ready()
        accounts = json.loads(fetch(f"http://127.0.0.1:{demo.emulator_port}/_emulator/accounts")[1])["accounts"]
        assert (accounts[0]["appid"], accounts[0]["token"], accounts[0]["mode"]) == ("wxabcdef0123456789", "myOwnToken", "plain")
        assert "已记下" in demo.says("p01", "评价 3号窗口 满意")
