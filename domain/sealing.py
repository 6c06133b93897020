"""Sealing: openids and phone numbers are encrypted at rest (AES-256-GCM); the key stays in the settings (P01, design.md 5.10)."""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM


class Sealer:
    """Seals short texts. A sealed text is 12 bytes of nonce, the cipher text and its 16-byte mark."""

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)

    def seal(self, text: str) -> bytes:
        nonce = os.urandom(12)
        return nonce + self._cipher.encrypt(nonce, text.encode(), None)

    def open(self, sealed: bytes) -> str:
        """Raises `ValueError` when the text was sealed under another key or was damaged."""
        try:
            return self._cipher.decrypt(sealed[:12], sealed[12:], None).decode()
        except InvalidTag:
            raise ValueError("sealed under another key, or damaged") from None
