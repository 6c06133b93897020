"""How the emulator starts: accounts from a file, from the product's environment or from the seed; and what may be tuned while it runs."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import yaml

from emulator.accounts import MINI, SERVICE, Account, Refused, change, invented
from emulator.seeds import Seeds

ENVIRONMENT = {SERVICE: "LIANGNUO_WECHAT__", MINI: "LIANGNUO_MINIPROGRAM__"}
FROM_ENVIRONMENT = ("appid", "secret", "token", "encoding_aes_key", "original_id")
PUBLISHED_SEED = "liangnuo"


@dataclass
class Tuning:
    """Changed at any time by `/_emulator/settings`; seconds are real ones."""

    answer_limit: float = 5.0  # the account's server must answer within
    deliveries: int = 3  # of one message in all
    repeat_after: float = 5.0  # from one delivery's start to the next
    repeat_reuses_query: bool = False  # unconfirmed on the real platform
    connections: int = 64  # pushes under way at once
    call_latency: float = 0.0  # added to every API answer
    receipt_delay: float = 0.5  # emulated seconds to TEMPLATESENDJOBFINISH and the like
    media_check_delay: float = 2.0  # emulated seconds to wxa_media_check
    change_wrapper: str = "SubscribeMsgChangeEvent"  # one official sample prints SubscribeMsgPopupEvent
    accepts_add_up: bool = True  # unconfirmed: one-time accepts accumulate
    safety_suggest: str = ""  # pass, review or risky for every text; empty: by word list

    def change(self, changes: Mapping[str, Any]) -> None:
        for name, value in changes.items():
            if name not in {item.name for item in fields(self)}:
                raise Refused(f"没有设置“{name}”")
            old = getattr(self, name)
            number = isinstance(old, int | float) and not isinstance(old, bool)
            if not (isinstance(value, int | float) and not isinstance(value, bool) if number else isinstance(value, type(old))):
                raise Refused(f"设置“{name}”的类型不对")
        for name, value in changes.items():
            setattr(self, name, type(getattr(self, name))(value))


@dataclass
class Options:
    """The command line."""

    seed: str = ""
    accounts_file: str = ""
    callback: str = ""
    mini_callback: str = ""
    mode: str = "safe"
    site: str = ""
    base_url: str = "http://127.0.0.1:9000"


def _from_file(path: str) -> list[dict[str, Any]]:
    text = Path(path).read_text(encoding="utf-8")
    try:
        data = json.loads(text) if path.endswith(".json") else yaml.safe_load(text)
    except (ValueError, yaml.YAMLError) as error:
        raise Refused("账号文件不是合法的 YAML 或 JSON") from error
    rows = data.get("accounts") if isinstance(data, dict) else data
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise Refused("账号文件应是一个列表，每项是一个账号")
    return rows


def _from_environment(kind: str, environment: Mapping[str, str]) -> dict[str, Any]:
    prefix = ENVIRONMENT[kind]
    given = {name: environment.get(prefix + name.upper(), "") for name in FROM_ENVIRONMENT}
    return {name: value for name, value in given.items() if value}


def accounts(options: Options, seeds: Seeds, environment: Mapping[str, str] = os.environ) -> list[Account]:
    """The accounts to play, every missing value invented from the seed. Raises Refused for a bad file."""
    rows = _from_file(options.accounts_file) if options.accounts_file else [{"kind": SERVICE}, {"kind": MINI}]
    made: list[Account] = []
    for row in rows:
        kind = row.get("kind", SERVICE)
        if kind not in ENVIRONMENT:
            raise Refused("账号的 kind 只能是 service 或 mini")
        account = invented(seeds, kind)
        account.mode = options.mode
        account.callback = options.callback if kind == SERVICE else options.mini_callback
        change(account, {name: value for name, value in row.items() if name != "kind"})
        first = kind not in {earlier.kind for earlier in made}
        change(account, _from_environment(kind, environment) if first else {})
        account.previous_aes_key = row.get("previous_aes_key", "")
        made.append(account)
    return made
