"""The accounts the emulator plays: a service account (服务号) and a mini-program (小程序), their keys and console settings."""

import re
from dataclasses import dataclass, field
from typing import Any

from emulator.seeds import Seeds

SERVICE, MINI = "service", "mini"
AES_KEY = re.compile(r"[A-Za-z0-9+/]{43}")
MODES = ("safe", "plain", "compatible")


@dataclass
class Account:
    """One account as its owner sees it in the web console (开发者后台)."""

    kind: str
    appid: str
    secret: str
    token: str
    encoding_aes_key: str
    original_id: str
    name: str
    callback: str = ""
    mode: str = "safe"
    data_format: str = "xml"  # mini-programs may choose JSON
    previous_aes_key: str = ""
    unionid: bool = True  # bound to an open-platform account (微信开放平台)
    ip_whitelist: list[str] = field(default_factory=list)  # empty: every address may ask
    oauth_domains: list[str] = field(default_factory=list)  # empty: every host may (a real account must list them)
    js_domains: list[str] = field(default_factory=list)
    ungranted: list[str] = field(default_factory=list)  # paths answering 48001
    banned: list[str] = field(default_factory=list)  # paths answering 48004
    secret_frozen: bool = False
    pages: list[str] = field(default_factory=list)  # released mini-program pages; empty: every page exists
    linked_minis: list[str] = field(default_factory=list)  # appids a menu may name; empty: all
    link_rules: list[dict[str, Any]] = field(default_factory=list)  # 扫普通链接二维码打开小程序
    listed_values: dict[str, list[str]] = field(default_factory=dict)  # values an enum/const key allows
    blacklist: list[str] = field(default_factory=list)  # openids the account has blocked

    @property
    def is_service(self) -> bool:
        return self.kind == SERVICE

    def public(self) -> dict[str, Any]:
        return dict(vars(self))


class Refused(ValueError):
    """A console setting that the emulator cannot take, in Chinese for the page."""


def invented(seeds: Seeds, kind: str) -> Account:
    """A complete account made from the seed."""
    hexa = "0123456789abcdef"
    return Account(
        kind=kind,
        appid="wx" + seeds.fixed("appid", kind, length=16, alphabet=hexa),
        secret=seeds.fixed("secret", kind, length=32, alphabet=hexa),
        token=seeds.fixed("token", kind, length=24),
        encoding_aes_key=seeds.aes_key(kind),
        original_id="gh_" + seeds.fixed("original", kind, length=12, alphabet=hexa),
        name="示范住建服务号" if kind == SERVICE else "亮身份亮承诺小程序",
        data_format="xml" if kind == SERVICE else "json",
    )


class Accounts:
    """All accounts by appid; the first of a kind answers to the kind's name."""

    def __init__(self, accounts: list[Account]) -> None:
        self.all = accounts
        self._by_name = {account.kind: account for account in reversed(accounts)}
        self._by_name |= {account.appid: account for account in accounts}

    def find(self, name: str) -> Account | None:
        return self._by_name.get(name)

    def need(self, name: str) -> Account:
        account = self._by_name.get(name)
        if account is None:
            raise Refused(f"没有账号“{name}”，可写 service、mini 或 appid")
        return account


def change(account: Account, changes: dict[str, Any]) -> None:
    """Take console settings; a new key keeps the old one as previous (密钥轮换)."""
    for name, value in changes.items():
        if name not in vars(account) or name == "kind":
            raise Refused(f"账号没有设置项“{name}”")
        if not isinstance(value, type(getattr(account, name))):
            raise Refused(f"设置项“{name}”的类型不对")
        if name == "mode" and value not in MODES:
            raise Refused("加解密方式只能是 safe、plain、compatible")
        if name == "encoding_aes_key" and not AES_KEY.fullmatch(value):
            raise Refused("EncodingAESKey 应为 43 个字母或数字")
    if "encoding_aes_key" in changes:
        account.previous_aes_key = account.encoding_aes_key
    for name, value in changes.items():
        setattr(account, name, value)
