"""信封: signatures and AES of WeChat's callbacks; one cached cipher a key (wechat-platform.md §1, §2; decision 0002)."""

import base64
import binascii
import hashlib
import hmac
import struct

from cryptography.hazmat.primitives.ciphers import Cipher as AesCipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

from domain.keyed import Keyed

_BLOCK = 32
"""WeChat pads to 32 bytes, not to AES's 16."""


class BadEnvelope(Exception):
    """Not from WeChat, or not for us: answered 403 without a word about why."""


def signature_of(*parts: str) -> str:
    """sha1 over the sorted parts, as WeChat joins them."""
    return hashlib.sha1("".join(sorted(parts)).encode(), usedforsecurity=False).hexdigest()


def signed(signature: str, *parts: str) -> bool:
    """Whether the signature is that of the parts; compared in constant time."""
    return hmac.compare_digest(signature_of(*parts).encode(), signature.encode())


class Cipher:
    """AES-256-CBC by one EncodingAESKey. `encrypt` is deterministic in `mark`, so that a repeated answer is alike to the byte."""

    def __init__(self, key43: str, appid: str) -> None:
        key = base64.b64decode(key43 + "=")
        self._cipher = AesCipher(AES(key), CBC(key[:16]))
        self._appid = appid.encode()
        self._lead = Keyed(key)

    def decrypt(self, text: str) -> bytes:
        """The message inside. Raises `BadEnvelope` for anything that is not one of ours: padding, length, appid."""
        try:
            sealed = base64.b64decode(text, validate=True)
        except (binascii.Error, ValueError) as error:
            raise BadEnvelope() from error
        if not sealed or len(sealed) % 16:
            raise BadEnvelope()
        opener = self._cipher.decryptor()
        plain = opener.update(sealed) + opener.finalize()
        return self._unwrapped(plain)

    def _unwrapped(self, plain: bytes) -> bytes:
        padding = plain[-1]
        if not 1 <= padding <= _BLOCK or len(plain) < padding + 20 or plain[-padding:] != bytes([padding]) * padding:
            raise BadEnvelope()
        body = plain[16:-padding]
        (length,) = struct.unpack(">I", body[:4])
        if length > len(body) - 4 or not hmac.compare_digest(body[4 + length :], self._appid):
            raise BadEnvelope()
        return body[4 : 4 + length]

    def encrypt(self, message: bytes, mark: bytes) -> str:
        """The message in its envelope. The 16 leading bytes come from the key and the message's mark."""
        head = self._lead(mark)[:16]
        body = head + struct.pack(">I", len(message)) + message + self._appid
        padding = _BLOCK - len(body) % _BLOCK
        sealer = self._cipher.encryptor()
        return base64.b64encode(sealer.update(body + bytes([padding]) * padding) + sealer.finalize()).decode()
