"""An account as the door needs it: token, keys, mode; both the service account's and the mini-program's."""

from dataclasses import dataclass
from typing import Any, Literal

from bot.envelope import Cipher


@dataclass(frozen=True)
class Account:
    """`ciphers` holds the present key first and, while keys are being changed, the previous one (wechat-platform.md §2)."""

    kind: Literal["service", "mini"]
    appid: str
    token: str
    mode: Literal["safe", "compatible", "plain"]
    ciphers: tuple[Cipher, ...]

    @classmethod
    def of(cls, kind: Literal["service", "mini"], settings: Any) -> "Account":
        """From a section of the settings."""
        keys = (settings.encoding_aes_key.get_secret_value(), settings.previous_encoding_aes_key.get_secret_value())
        ciphers = tuple(Cipher(key, settings.appid) for key in keys if key)
        return cls(kind, settings.appid, settings.token.get_secret_value(), settings.mode, ciphers)
