"""消息加解密: signatures and AES-256-CBC exactly as the platform's page describes (wechat-platform.md §2)."""

import base64
import hashlib
import struct
from functools import lru_cache

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

BLOCK = 32  # PKCS7 pads to 32 bytes here, not to AES's 16


class CryptoError(ValueError):
    """A ciphertext that cannot be read; the sentence says at which step, in Chinese."""


def signature(*parts: str) -> str:
    """sha1 over the sorted parts: (token, timestamp, nonce) or, for msg_signature, with the Encrypt text too."""
    return hashlib.sha1("".join(sorted(parts)).encode()).hexdigest()


@lru_cache(maxsize=64)
def _cipher(encoding_aes_key: str) -> Cipher[CBC]:
    key = base64.b64decode(encoding_aes_key + "=")
    return Cipher(AES(key), CBC(key[:16]))


def encrypt(encoding_aes_key: str, appid: str, message: str, random16: bytes) -> str:
    """Base64 of AES(random16 + length + message + appid)."""
    body = message.encode()
    plain = random16 + struct.pack(">I", len(body)) + body + appid.encode()
    pad = BLOCK - len(plain) % BLOCK
    encryptor = _cipher(encoding_aes_key).encryptor()
    return base64.b64encode(encryptor.update(plain + bytes([pad]) * pad) + encryptor.finalize()).decode()


def decrypt(encoding_aes_key: str, appid: str, encrypted: str) -> tuple[str, bytes]:
    """The message and its 16 random bytes. Raises CryptoError naming the first thing that is wrong."""
    try:
        data = base64.b64decode(encrypted, validate=True)
    except ValueError as error:
        raise CryptoError("Encrypt 不是合法的 base64") from error
    if not data or len(data) % 16:
        raise CryptoError("密文长度不是 16 的倍数")
    decryptor = _cipher(encoding_aes_key).decryptor()
    plain = decryptor.update(data) + decryptor.finalize()
    pad = plain[-1]
    if not 1 <= pad <= BLOCK or plain[-pad:] != bytes([pad]) * pad:
        raise CryptoError("填充不对（密钥可能不一致，或没有补到 32 的倍数）")
    plain = plain[:-pad]
    if len(plain) < 20:
        raise CryptoError("明文太短")
    length = struct.unpack(">I", plain[16:20])[0]
    if len(plain) < 20 + length:
        raise CryptoError("长度字段不对")
    if plain[20 + length :] != appid.encode():
        raise CryptoError(f"密文末尾的 appid 不是 {appid}")
    try:
        return plain[20 : 20 + length].decode(), plain[:16]
    except UnicodeDecodeError as error:
        raise CryptoError("解密后的内容不是 UTF-8") from error
