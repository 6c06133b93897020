"""One-time codes: login, phone number, web OAuth; each once and for five minutes (wechat-platform.md §15, §16)."""

from dataclasses import dataclass, field
from typing import Any

from emulator.errors import Refusal
from emulator.seeds import OPENID, Seeds

LIFE = 300


@dataclass(slots=True)
class Code:
    kind: str
    appid: str
    person: str
    ends: float
    about: dict[str, Any] = field(default_factory=dict)
    used: bool = False


class Codes:
    """Codes of every kind in one book; a code of another kind or account is invalid."""

    def __init__(self, seeds: Seeds) -> None:
        self._seeds = seeds
        self._book: dict[str, Code] = {}

    def make(self, kind: str, appid: str, person: str, now: float, **about: Any) -> str:
        text = "0" + self._seeds.running(f"code-{kind}", 31, OPENID if kind == "phone" else "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOP")
        self._book[text] = Code(kind, appid, person, now + LIFE, about)
        return text

    def redeem(self, text: str, kind: str, appid: str, now: float) -> Code:
        """Take the code. Raises 41008 missing, 40029 unknown or expired, 40163 used."""
        if not text:
            raise Refusal(41008)
        code = self._book.get(text)
        if code is None or (code.kind, code.appid) != (kind, appid) or now >= code.ends:
            raise Refusal(40029)
        if code.used:
            raise Refusal(40163)
        code.used = True
        return code

    def look(self, text: str, kind: str, now: float, unknown: int, expired: int) -> Code:
        """A lasting code (web token): not used up by looking. Raises the given errcodes."""
        code = self._book.get(text)
        if code is None or code.kind != kind:
            raise Refusal(unknown)
        if now >= code.ends:
            raise Refusal(expired)
        return code
