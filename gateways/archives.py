"""Archives: a backup as one packed file, written under another name until it is whole; read to its last byte before it is believed (R39)."""

import hashlib
import os
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from domain.backups import FORMAT, BackupDamaged, FileInTheWay, Manifest, Sum, opened

_MANIFEST, _TABLES, _FILES = "manifest.json", "tables/", "files/"
_FAST, _DIGEST = 3, 64
_BLOCK = 1 << 20


class Writing:
    """An archive under way."""

    def __init__(self, packed: zipfile.ZipFile) -> None:
        self._packed = packed
        self.tables: dict[str, list[object]] = {}
        self.files: dict[str, int] = {}

    def table(self, name: str, lines: Iterable[bytes]) -> None:
        total = Sum()
        with self._packed.open(_TABLES + name, "w", force_zip64=True) as member:
            for line in lines:
                total.add(line)
                member.write(line + b"\n")
        self.tables[name] = total.told

    def file(self, digest: str, path: Path) -> None:
        """A handed-in file; it is named by its digest, and packed already."""
        with path.open("rb") as source, self._packed.open(zipfile.ZipInfo(_FILES + digest), "w", force_zip64=True) as member:
            shutil.copyfileobj(source, member, _BLOCK)
        self.files[digest] = path.stat().st_size

    def close(self, manifest: Manifest, key: bytes) -> None:
        self._packed.writestr(_MANIFEST, manifest.sealed(key))


@contextmanager
def writing(path: Path) -> Iterator[Writing]:
    """Raises `FileInTheWay`. What breaks off leaves nothing behind."""
    if path.exists():
        raise FileInTheWay(name=path.name)
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix="new-", delete=False) as file:
        try:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=_FAST) as packed:
                packed.comment = bytes(_DIGEST)
                yield Writing(packed)
            file.flush()
            file.seek(-_DIGEST, os.SEEK_END)
            file.write(_digest(Path(file.name)))
            file.flush()
            os.fsync(file.fileno())
            os.replace(file.name, path)
        except BaseException:
            os.unlink(file.name)
            raise


def _digest(path: Path) -> bytes:
    """Of all but the last bytes, where it stands itself, as the archive's comment."""
    left, total = path.stat().st_size - _DIGEST, hashlib.sha256()
    with path.open("rb") as file:
        while left > 0 and (block := file.read(min(_BLOCK, left))):
            total.update(block)
            left -= len(block)
    return total.hexdigest().encode()


class Reading:
    """An archive that was found sound."""

    def __init__(self, packed: zipfile.ZipFile, manifest: Manifest) -> None:
        self._packed, self.manifest = packed, manifest

    def table(self, name: str) -> Iterator[bytes]:
        with self._packed.open(_TABLES + name) as member:
            for line in member:
                yield line.rstrip(b"\n")

    def file_into(self, digest: str, place: Path) -> None:
        """Whole or not at all."""
        place.parent.mkdir(parents=True, exist_ok=True)
        with self._packed.open(_FILES + digest) as member, tempfile.NamedTemporaryFile(dir=place.parent, prefix="new-", delete=False) as file:
            shutil.copyfileobj(member, file, _BLOCK)
            file.flush()
            os.fsync(file.fileno())
            os.replace(file.name, place)

    def check(self) -> None:
        """Every table and file against the manifest. Raises `BackupDamaged`."""
        held = set(self._packed.namelist()) - {_MANIFEST}
        wanted = {_TABLES + name for name in self.manifest.tables} | {_FILES + digest for digest in self.manifest.files}
        if self.manifest.format != FORMAT or held != wanted or len(self._packed.namelist()) != len(wanted) + 1:
            raise BackupDamaged(what="内容与目录不符")
        for name, told in self.manifest.tables.items():
            total = Sum()
            for line in self.table(name):
                total.add(line)
            if total.told != told:
                raise BackupDamaged(what=f"{name} 表对不上")
        for digest in self.manifest.files:
            with self._packed.open(_FILES + digest) as member:
                if hashlib.file_digest(member, "sha256").hexdigest() != digest:  # type: ignore[arg-type]
                    raise BackupDamaged(what="附件对不上")


@contextmanager
def reading(path: Path, key: bytes) -> Iterator[Reading]:
    """Raises `BackupDamaged`, `BackupOfAnotherKey`."""
    try:
        with zipfile.ZipFile(path) as packed:
            if packed.comment != _digest(path):
                raise BackupDamaged(what="有字节变了")
            found = Reading(packed, opened(packed.read(_MANIFEST), key))
            found.check()
            yield found
    except (zipfile.BadZipFile, zlib.error, OSError, KeyError, EOFError, NotImplementedError, RuntimeError):
        raise BackupDamaged(what="文件打不开或被截断") from None
