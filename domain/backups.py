"""备份 backups: what a backup says of itself, sealed with the house's key; why one is not restored (R39, T18)."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from domain.errors import Invalid, WrongMoment

FORMAT = 1
_ALL = (1 << 128) - 1


class BackupDamaged(Invalid):
    code = "backup_damaged"
    sentence = "备份文件不完整或已损坏（{what}），没有恢复任何内容。请换一份备份再试。"
    field = "file"


class BackupOfAnotherKey(WrongMoment):
    code = "backup_of_another_key"
    sentence = "这份备份是用另一个 secret_key 做的，没有恢复任何内容。请把 LIANGNUO_SECRET_KEY 设为备份时的那一个再试。"


class BackupOfAnotherVersion(WrongMoment):
    code = "backup_of_another_version"
    sentence = "备份的数据库版本是{theirs}，本程序是{ours}，没有恢复任何内容。请先装上备份时的程序恢复，再升级。"


class DatabaseInUse(WrongMoment):
    code = "database_in_use"
    sentence = "数据库里已经有数据，没有恢复任何内容。只能恢复到空的数据库：请把 database.url 改为新的数据库再试。"


class FileInTheWay(WrongMoment):
    code = "file_in_the_way"
    sentence = "“{name}”已经存在，不会覆盖。请换一个文件名。"


class Sum:
    """Digest of a table's rows whatever their order: two databases sort words differently."""

    def __init__(self) -> None:
        self.rows, self._sum = 0, 0

    def add(self, line: bytes) -> None:
        self.rows += 1
        self._sum = (self._sum + int.from_bytes(hashlib.blake2b(line, digest_size=16).digest())) & _ALL

    @property
    def told(self) -> list[Any]:
        """(rows, digest)."""
        return [self.rows, f"{self._sum:032x}"]


@dataclass(frozen=True)
class Manifest:
    """The backup's own account: `tables` is name → (rows, digest), `files` digest → size."""

    version: str
    at: str
    bureau: str
    tables: Mapping[str, list[Any]]
    files: Mapping[str, int]
    format: int = FORMAT

    @property
    def rows(self) -> int:
        return sum(rows for rows, _ in self.tables.values())

    def sealed(self, key: bytes) -> bytes:
        said = json.dumps(asdict(self), sort_keys=True, ensure_ascii=False)
        return json.dumps({"manifest": said, "key": _mark(key), "seal": _seal(key, said)}).encode()


def opened(raw: bytes, key: bytes) -> Manifest:
    """Raises `BackupDamaged`, `BackupOfAnotherKey`."""
    try:
        held = json.loads(raw)
        said, mark, seal = (str(held[name]) for name in ("manifest", "key", "seal"))
        if not hmac.compare_digest(mark, _mark(key)):
            raise BackupOfAnotherKey()
        if not hmac.compare_digest(seal, _seal(key, said)):
            raise BackupDamaged(what="目录被改动过")
        return Manifest(**json.loads(said))
    except (ValueError, KeyError, TypeError):
        raise BackupDamaged(what="目录读不出") from None


def _seal(key: bytes, said: str) -> str:
    return hmac.new(key, b"backup|" + said.encode(), hashlib.sha256).hexdigest()


def _mark(key: bytes) -> str:
    """Tells one key from another, and nothing of either."""
    return hmac.new(key, b"backup|which key", hashlib.sha256).hexdigest()[:16]
