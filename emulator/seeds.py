"""Deterministic identifiers: the same seed gives the same people, openids, tokens and message numbers."""

import base64
import hashlib
import random
from collections import Counter

ALNUM = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
OPENID = ALNUM + "-_"
FIRST_MSGID = 24_000_000_000_000_000


def letters(material: str, length: int, alphabet: str = ALNUM) -> str:
    """`length` characters drawn from `alphabet` by a digest of `material`."""
    out: list[str] = []
    block = 0
    while len(out) < length:
        digest = hashlib.sha512(f"{material}/{block}".encode()).digest()
        out.extend(alphabet[byte % len(alphabet)] for byte in digest)
        block += 1
    return "".join(out[:length])


class Seeds:
    """`seed` fixes people and accounts; `start` moves the running numbers on, so a restart repeats none."""

    def __init__(self, seed: str, start: int = 0) -> None:
        self.seed = seed
        self.start = start
        self._counts: Counter[str] = Counter()
        self.dice = random.Random(seed)

    def fixed(self, kind: str, *of: str, length: int = 28, alphabet: str = ALNUM) -> str:
        return letters("/".join((self.seed, kind, *of)), length, alphabet)

    def running(self, kind: str, length: int = 32, alphabet: str = ALNUM) -> str:
        self._counts[kind] += 1
        return letters(f"{self.seed}/{self.start}/{kind}/{self._counts[kind]}", length, alphabet)

    def number(self, kind: str) -> int:
        """The next 64-bit running number of this kind (MsgId, MsgID)."""
        self._counts[kind] += 1
        return FIRST_MSGID + self.start * 1_000_000 + self._counts[kind]

    def nonce(self) -> str:
        return str(self.dice.randrange(100_000_000, 2_000_000_000))

    def sixteen(self) -> bytes:
        return self.dice.randbytes(16)

    def rid(self) -> str:
        """Request ids look like `66aa0f12-1b2c3d4e-5f607182`."""
        return "-".join(f"{self.dice.getrandbits(32):08x}" for _ in range(3))

    def aes_key(self, *of: str) -> str:
        """An EncodingAESKey: 43 characters whose last one leaves no stray bits (strict decoders refuse others)."""
        raw = hashlib.sha256("/".join((self.seed, "aes", *of)).encode()).digest()
        text = base64.b64encode(raw).decode().rstrip("=")
        return text.replace("+", "A").replace("/", "B")
