"""Twelve wrong settings, each refused in production by `serve` and `clock` with the line that is to be changed (R42)."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import click
import pytest

import settings
from operations.entrance import enter
from tests.conftest import AES_KEY
from tests.gateways.moody import Moody, moody
from tests.services_here import free_port

ROOT = Path(__file__).parent.parent.parent
SOUND = {
    "LIANGNUO_PRODUCTION": "true",
    "LIANGNUO_SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyz-ABC",
    "LIANGNUO_BASE_URL": "https://zj.example.gov.cn",
    "LIANGNUO_WECHAT__APPID": "wx1",
    "LIANGNUO_WECHAT__SECRET": "s" * 32,
    "LIANGNUO_WECHAT__TOKEN": "bureau-token",
    "LIANGNUO_WECHAT__ENCODING_AES_KEY": AES_KEY,
    "TZ": "Asia/Shanghai",
}


@dataclass(frozen=True)
class Wrong:
    """What is changed in the environment, in config.yaml (words and mode), or on WeChat's clock; what the refusal says of it."""

    says: str
    given: dict[str, str] = field(default_factory=dict)
    file: str = "bureau: 青禾县住房和城乡建设局\n"
    mode: int = 0o644
    ahead: float = 0


MANY = "serve:\n  workers: 4\n"
TWELVE = {
    "no secret": Wrong("secret_key 没有设置", {"LIANGNUO_SECRET_KEY": ""}),
    "a short secret": Wrong("太短：至少 32 个字符（环境变量 LIANGNUO_SECRET_KEY）", {"LIANGNUO_SECRET_KEY": "short"}),
    "the demo's secret": Wrong(
        "演示用的：请换成随机字符（环境变量 LIANGNUO_SECRET_KEY）", {"LIANGNUO_SECRET_KEY": "demo-0123456789abcdefghijklmnopq"}
    ),
    "plain callbacks": Wrong("wechat.mode 在正式运行时必须是 safe：明文消息无法防伪造（config.yaml 第2行）", file="wechat:\n  mode: plain\n"),
    "plain http": Wrong("必须以 https:// 开头（环境变量 LIANGNUO_BASE_URL）", {"LIANGNUO_BASE_URL": "http://zj.example.gov.cn"}),
    "the demo's doors": Wrong("demo 在正式运行时必须是 false：演示入口谁都能进（config.yaml 第1行）", file="demo: true\n"),
    "debugging": Wrong("环境变量 FLASK_DEBUG 或 PYTHONDEVMODE 打开了调试", {"FLASK_DEBUG": "1"}),
    "a secret that all can read": Wrong(
        "LIANGNUO_DATABASE__URL，或让属主独享 config.yaml（chmod 600）（config.yaml 第2行）", file="database:\n  url: postgresql://l:p@db/l\n"
    ),
    "a file that all can write": Wrong("请运行 chmod 644 config.yaml", mode=0o666),
    "several on SQLite": Wrong("或把 workers 改回 1（config.yaml 第2行）", {"LIANGNUO_REDIS__URL": "redis://r"}, MANY),
    "a clock six minutes slow": Wrong("系统时间比微信服务器慢6分钟：请校准时间", ahead=360),
    "a zone that is not there": Wrong("环境变量 TZ 写的“Asia/Peking”没有这个时区", {"TZ": "Asia/Peking"}),
}
BESIDES = {
    "one secret in every place": Wrong("太简单：请运行 python manage.py secret 生成", {"LIANGNUO_SECRET_KEY": "k" * 40}),
    "several without Redis": Wrong("必须填写 redis.url", {"LIANGNUO_DATABASE__URL": "postgresql://db/l"}, MANY),
    "a clock six minutes fast": Wrong("系统时间比微信服务器快6分钟", ahead=-360),
    "a zone of elsewhere": Wrong("差13小时：请把环境变量 TZ 改为 Asia/Shanghai", {"TZ": "EST5"}),
    "a misspelt setting": Wrong("serve.wokers：没有这一项，请删去或核对拼写（config.yaml 第2行）", file="serve:\n  wokers: 2\n"),
}


@pytest.fixture
def wechat() -> Iterator[Moody]:
    with moody() as server:
        yield server


@pytest.fixture
def office(wechat: Moody, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """A sound installation; the folder of its config.yaml."""
    for name in [name for name in os.environ if name.startswith("LIANGNUO_")]:
        monkeypatch.delenv(name)
    for name, value in {**SOUND, "LIANGNUO_WECHAT__API_BASE": wechat.base}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(settings, "CONFIG", tmp_path / "config.yaml")
    monkeypatch.setattr("operations.places.CONFIG", tmp_path / "config.yaml")
    yield tmp_path
    monkeypatch.undo()
    time.tzset()


def prepare(wrong: Wrong, office: Path, wechat: Moody, monkeypatch: pytest.MonkeyPatch) -> None:
    (office / "config.yaml").write_text(wrong.file, encoding="utf-8")
    (office / "config.yaml").chmod(wrong.mode)
    wechat.ahead = wrong.ahead
    for name, value in wrong.given.items():
        monkeypatch.setenv(name, value)
    time.tzset()


def test_there_are_twelve() -> None:
    assert len({wrong.says for wrong in TWELVE.values()}) == 12


@pytest.mark.parametrize("wrong", (TWELVE | BESIDES).values(), ids=(TWELVE | BESIDES).keys())
def test_a_wrong_setting_ends_it_at_the_door(wrong: Wrong, office: Path, wechat: Moody, monkeypatch: pytest.MonkeyPatch) -> None:
    prepare(wrong, office, wechat, monkeypatch)
    with pytest.raises(click.ClickException) as refused:
        enter()
    assert wrong.says in refused.value.message
    assert refused.value.message.count("·") == 1, "nothing else is wrong"


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "UTC", "CST-8", ":Asia/Shanghai"])
def test_a_sound_house_opens(zone: str, office: Path, wechat: Moody, monkeypatch: pytest.MonkeyPatch) -> None:
    prepare(Wrong("", {"TZ": zone}, ahead=240), office, wechat, monkeypatch)
    assert enter().production


def test_a_secret_in_the_owners_own_file_is_no_fault(office: Path, wechat: Moody, monkeypatch: pytest.MonkeyPatch) -> None:
    prepare(Wrong("", file=TWELVE["a secret that all can read"].file, mode=0o600), office, wechat, monkeypatch)
    assert enter().database.url.startswith("postgresql")


def test_wechat_out_of_reach_does_not_keep_the_house_closed(office: Path, wechat: Moody, monkeypatch: pytest.MonkeyPatch) -> None:
    prepare(Wrong("", {"LIANGNUO_WECHAT__API_BASE": f"http://127.0.0.1:{free_port()}"}), office, wechat, monkeypatch)
    assert enter().production


@pytest.mark.parametrize("command", ["serve", "clock"])
def test_the_real_command_names_all_at_once_and_ends(command: str, office: Path, tmp_path: Path) -> None:
    wrong = {**os.environ, "TZ": "Nowhere", "FLASK_DEBUG": "1", "LIANGNUO_BASE_URL": "http://x", "LIANGNUO_SECRET_KEY": ""}
    ran = subprocess.run([sys.executable, "manage.py", command], cwd=ROOT, env=wrong, capture_output=True, text=True, timeout=20)
    assert ran.returncode == 1
    assert ran.stderr.count("·") == 3
    assert "Traceback" not in ran.stderr
