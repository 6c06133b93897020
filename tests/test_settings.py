"""Wrong settings stop the house at the door, all named at once, each as a sentence that says what to do (R42)."""

from typing import Any

import pytest

from settings import Settings, SettingsFault, load
from tests.conftest import AES_KEY

ACCOUNT = {"appid": "wx1", "secret": "s" * 32, "token": "bureau-token", "encoding_aes_key": AES_KEY}
SOUND: dict[str, Any] = {"secret_key": "0123456789" * 4, "production": True, "base_url": "https://zj.example.gov.cn", "wechat": ACCOUNT}
MANY = {"workers": 4}

WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "no secret": ({"secret_key": ""}, "secret_key 没有设置"),
    "short secret": ({"secret_key": "short"}, "secret_key 太短"),
    "demo secret": ({"secret_key": "demo" * 12}, "演示用的"),
    "plain http": ({"base_url": "http://zj.example.gov.cn"}, "https://"),
    "plain callbacks": ({"wechat": ACCOUNT | {"mode": "plain"}}, "必须是 safe"),
    "compatible callbacks": ({"wechat": ACCOUNT | {"mode": "compatible"}}, "必须是 safe"),
    "no token": ({"wechat": ACCOUNT | {"token": ""}}, "wechat.token"),
    "short token": ({"wechat": ACCOUNT | {"token": "abc"}}, "token 太短"),
    "no appid": ({"wechat": {}}, "wechat.appid"),
    "no app secret": ({"wechat": ACCOUNT | {"secret": ""}}, "wechat.secret"),
    "wrong AES key": ({"wechat": ACCOUNT | {"encoding_aes_key": "short"}}, "43 个字母或数字"),
    "many on SQLite": ({"serve": MANY}, "不能用 SQLite"),
    "many without Redis": ({"serve": MANY, "database": {"url": "postgresql://x/y"}}, "redis.url"),
    "unknown key": ({"wechatt": {}}, "wechatt：没有这一项"),
    "wrong type": ({"serve": {"port": "eighty"}}, "serve.port：应填整数"),
    "unknown mode": ({"wechat": ACCOUNT | {"mode": "secret"}}, "只能填 safe"),
}


@pytest.mark.parametrize(("change", "word"), WRONG.values(), ids=WRONG.keys())
def test_a_wrong_setting_stops_it_at_the_door(change: dict[str, Any], word: str) -> None:
    with pytest.raises(SettingsFault) as fault:
        load(**(SOUND | change))
    assert word in str(fault.value)
    assert "pydantic" not in str(fault.value)


def test_all_faults_are_named_at_once() -> None:
    with pytest.raises(SettingsFault) as fault:
        load(production=True, secret_key="", base_url="http://x", serve=MANY)
    assert str(fault.value).count("·") >= 5


def test_sound_settings_start() -> None:
    assert load(**SOUND).production


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIANGNUO_SERVE__PORT", "9999")
    monkeypatch.setenv("LIANGNUO_POLICY__FIX_WORKING_DAYS", "15")
    found = Settings(secret_key="k" * 40)
    assert (found.serve.port, found.policy.fix_working_days, found.serve.threads) == (9999, 15, 32)


def test_no_secret_is_shown_by_accident() -> None:
    assert "s" * 32 not in repr(Settings(**SOUND))
