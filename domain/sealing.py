"""Sealing: openids and phone numbers are encrypted at rest (AES-256-GCM); the key stays in the settings (P01, design.md 5.10)."""

import os
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE = 12


class Sealer:
    """Seals short texts. A sealed text is 12 bytes of nonce, the cipher text and its 16-byte mark."""

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)

    def seal(self, text: str) -> bytes:
        return self.seal_all([text])[0]

    def seal_all(self, texts: Sequence[str]) -> list[bytes]:
        """Many at once, by one draw of nonces."""
        noise = os.urandom(_NONCE * len(texts))
        nonces = [noise[at : at + _NONCE] for at in range(0, len(noise), _NONCE)]
        return [nonce + self._cipher.encrypt(nonce, text.encode(), None) for nonce, text in zip(nonces, texts, strict=True)]

    def open(self, sealed: bytes) -> str:
        """Raises `ValueError` when the text was sealed under another key or was damaged."""
        try:
            return self._cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], None).decode()
        except InvalidTag:
            raise ValueError("sealed under another key, or damaged") from None
