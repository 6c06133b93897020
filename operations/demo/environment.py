"""The demo's settings: what the environment already sets is kept, what it leaves open gets an invented value."""

import json
import socket
from collections.abc import MutableMapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
TEMPLATE = "demo-template-notice-000000000000000000000"
"""The notice template that the demo's account has chosen; every kind of letter goes by it."""

_NOTICES = (
    *("rectification_open", "rectification_reopen", "rectification_withdraw", "rectification_answer", "pledge_submit", "pledge_return"),
    *("reminder", "reminder_above", "todo_urge", "todo_return", "todo_accept"),
)
_ACCOUNTS = {
    "LIANGNUO_WECHAT__": {
        "APPID": "wx2010082200000001",
        "ORIGINAL_ID": "gh_201008220001",
        "SECRET": "demo0service0secret0not0for0real",
        "TOKEN": "demoServiceToken2010",
        "ENCODING_AES_KEY": "demoServiceKeyNotForRealUse2010xxxxxxxxxxxA",
        "TEMPLATES": json.dumps(dict.fromkeys(_NOTICES, TEMPLATE)),
    },
    "LIANGNUO_MINIPROGRAM__": {
        "APPID": "wx2010082200000002",
        "ORIGINAL_ID": "gh_201008220002",
        "SECRET": "demo0mini00secret00not0for00real",
        "TOKEN": "demoMiniToken2010",
        "ENCODING_AES_KEY": "demoMiniAppKeyNotForRealUse2010xxxxxxxxxxxA",
    },
}


class CannotStart(Exception):
    """One Chinese sentence that names what to change."""


@dataclass(frozen=True)
class Places:
    """Where the demo listens and where it keeps its state."""

    port: int
    emulator_port: int
    state: Path

    @property
    def emulator(self) -> str:
        return f"http://127.0.0.1:{self.emulator_port}"


def prepare(environment: MutableMapping[str, str]) -> Places:
    """Fill the gaps in `environment` and say where everything will be. Raises `CannotStart`.

    `PORT`, `EMULATOR_PORT` choose the ports; `LIANGNUO_STATE` another folder than var/demo.
    """
    port = _port(environment, "LIANGNUO_SERVE__PORT" if environment.get("LIANGNUO_SERVE__PORT") else "PORT", 8000)
    places = Places(port, _port(environment, "EMULATOR_PORT", 9000), Path(environment.get("LIANGNUO_STATE") or ROOT / "var" / "demo").resolve())
    if places.port == places.emulator_port:
        raise CannotStart(f"PORT 和 EMULATOR_PORT 都是 {places.port}，请改成不同的端口。")
    for name, value in _defaults(places).items():
        environment.setdefault(name, value)
    return places


def _port(environment: MutableMapping[str, str], name: str, default: int) -> int:
    said = environment.get(name) or str(default)
    if not (said.isascii() and said.isdigit() and 0 < int(said) < 65536):
        raise CannotStart(f"{name} 应为 1 到 65535 的端口号，现在是“{said}”，请改正后再试。")
    return int(said)


def _defaults(places: Places) -> dict[str, str]:
    given = {
        "LIANGNUO_BUREAU": "青禾县住房和城乡建设局",
        "LIANGNUO_SECRET_KEY": "demo-key-2010-08-22-only-for-the-demonstration",
        "LIANGNUO_DEMO": "true",
        "LIANGNUO_BASE_URL": f"http://127.0.0.1:{places.port}",
        "LIANGNUO_SERVE__PORT": str(places.port),
        "LIANGNUO_DATABASE__URL": f"sqlite:///{places.state / 'liangnuo.db'}",
        "LIANGNUO_FILES__FOLDER": str(places.state / "files"),
    }
    for prefix, account in _ACCOUNTS.items():
        given |= {prefix + name: value for name, value in account.items()}
        given |= {f"{prefix}{base}_BASE": places.emulator for base in ("API", "OPEN", "MP")}
    return given


def check_free(port: int, variable: str) -> None:
    """Raises `CannotStart` when somebody listens there already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise CannotStart(f"端口 {port} 已被别的程序占用，请换一个再试，例如：{variable}={port + 10} make demo") from None


def make_room(state: Path) -> None:
    """Raises `CannotStart` when the state cannot be kept there."""
    try:
        (state / "logs").mkdir(parents=True, exist_ok=True)
    except OSError:
        raise CannotStart(f"不能在 {state} 写入：请检查该文件夹的权限，或用 LIANGNUO_STATE 另选一个文件夹。") from None
