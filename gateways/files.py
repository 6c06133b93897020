"""Files on disk, private: named by their digest, pictures drawn anew without what a camera wrote beside them (F58, T19)."""

import hashlib
import io
import os
import tempfile
import zipfile
from datetime import datetime
from pathlib import Path
from typing import IO

from domain.files import LARGEST, FileMissing, FileTooLarge, Kept, Kind, KindNotTaken, NoRoom, kind_of, shown_name
from domain.late import Late

_PICTURES = Late("gateways.pictures")
_INSIDE = {Kind.DOCX: "word/", Kind.XLSX: "xl/"}


class FileStore:
    """One folder; several processes, and machines that share it, may keep files at the same time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, name: str, sent: IO[bytes]) -> Kept:
        """Take a file. Raises `FileMissing`, `FileTooLarge`, `KindNotTaken`, `PictureUnreadable`, `NoRoom`."""
        shown, raw = shown_name(name), sent.read(LARGEST + 1)
        if not raw:
            raise FileMissing()
        if len(raw) > LARGEST:
            raise FileTooLarge(name=shown)
        kind = kind_of(shown, raw[:16])
        if kind.is_picture:
            kind, raw = _PICTURES.drawn_anew(shown, kind, raw)
        elif kind in _INSIDE and not _holds(raw, _INSIDE[kind]):
            raise KindNotTaken(name=shown)
        digest = hashlib.sha256(raw).hexdigest()
        self._write(digest, raw)
        return Kept(digest, shown, kind, len(raw))

    def path(self, digest: str) -> Path:
        """Where the file of this digest lies."""
        return self._folder / digest[:2] / digest

    def drop(self, digest: str, before: datetime) -> None:
        """Remove it; one that is gone already is no fault. One written after `before` stays: the same bytes have just come again."""
        place = self.path(digest)
        if place.exists() and place.stat().st_mtime < before.timestamp():
            place.unlink(missing_ok=True)

    def _write(self, digest: str, raw: bytes) -> None:
        """Whole or not at all, and on the disk before it is acknowledged."""
        place = self.path(digest)
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=place.parent, prefix="new-", delete=False) as file:
                try:
                    file.write(raw)
                    file.flush()
                    os.fsync(file.fileno())
                    os.replace(file.name, place)
                except BaseException:
                    os.unlink(file.name)
                    raise
        except OSError:
            raise NoRoom() from None


def _holds(raw: bytes, folder: str) -> bool:
    """Whether the packed file is what its ending says."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            return any(name.startswith(folder) for name in packed.namelist())
    except (zipfile.BadZipFile, OSError, ValueError):
        return False
