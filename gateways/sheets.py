"""表格文件: xlsx, xls and csv from outside as grids of cells; whatever is no sheet, or too much of one, is refused in words."""

import csv
import io
import pickle
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator

from domain.roster.records import Cell, Grid
from domain.roster.refusals import SheetEmpty, SheetLocked, SheetTooLarge, SheetUnreadable
from gateways import workbook

MOST_BYTES = 8 * 1024 * 1024
MOST_ROWS = 20_000
_MOST_COLUMNS = 104
_MOST_UNPACKED = 96 * 1024 * 1024
_MOST_PARTS = 2000
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_LIMITS = {workbook.TOO_MANY_ROWS: f"最多{MOST_ROWS}行", workbook.TOO_MANY_COLUMNS: f"最多{_MOST_COLUMNS}列"}
_PATIENCE = 30
_TEXT_CELL = re.compile('="(.*)"')


def read(data: bytes, name: str) -> list[Grid]:
    """All visible sheets of a file; its kind is told by its first bytes, whatever it is called.

    Raises `SheetUnreadable`, `SheetLocked`, `SheetTooLarge`, `SheetEmpty`; `name` is what their sentences call the file.
    """
    if len(data) > MOST_BYTES:
        raise SheetTooLarge(said=name, limit=f"文件最大{MOST_BYTES >> 20}MB")
    if not data.strip():
        raise SheetEmpty(said=name)
    grids = list(_workbook(data, name) if data.startswith((_ZIP, _OLE)) else _text(data, name))
    if sum(len(grid.rows) for grid in grids) > MOST_ROWS:
        raise SheetTooLarge(said=name, limit=f"最多{MOST_ROWS}行")
    if not any(cell not in ("", None) for grid in grids for row in grid.rows for cell in row):
        raise SheetEmpty(said=name)
    return grids


def _workbook(data: bytes, name: str) -> Iterator[Grid]:
    if data.startswith(_ZIP):
        _look_at(data, name)
    elif _ENCRYPTED in data:
        raise SheetLocked(said=name)
    command = [sys.executable, "-I", workbook.__file__, str(MOST_ROWS), str(_MOST_COLUMNS)]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=_PATIENCE, check=False)
    except (subprocess.TimeoutExpired, OSError):
        raise SheetUnreadable(said=name) from None
    if done.returncode == workbook.LOCKED:
        raise SheetLocked(said=name)
    if done.returncode in _LIMITS:
        raise SheetTooLarge(said=name, limit=_LIMITS[done.returncode])
    if done.returncode:
        raise SheetUnreadable(said=name)
    sheets: list[workbook.Sheet] = pickle.loads(done.stdout)  # noqa: S301 -- written by our own file
    yield from (Grid(*sheet) for sheet in sheets)


def _look_at(data: bytes, name: str) -> None:
    """What the packing list itself says is too much need not be unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = packed.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise SheetUnreadable(said=name) from None
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _MOST_UNPACKED:
        raise SheetTooLarge(said=name, limit=f"解压后最大{_MOST_UNPACKED >> 20}MB")
    if not any(_SHEET.fullmatch(part.filename) for part in parts):
        raise SheetUnreadable(said=name)


def _text(data: bytes, name: str) -> Iterator[Grid]:
    text = _decoded(data, name)
    sample = text[:4096]
    delimiter = max(",\t;，", key=sample.count)
    try:
        rows: list[list[Cell]] = []
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            rows.append([_unquoted(cell) for cell in row])
            if len(rows) > MOST_ROWS or len(row) > _MOST_COLUMNS:
                raise SheetTooLarge(said=name, limit=f"最多{_MOST_COLUMNS}列、{MOST_ROWS}行")
    except csv.Error:
        raise SheetUnreadable(said=name) from None
    width = max(map(len, rows), default=0)
    yield Grid("", [row + [""] * (width - len(row)) for row in rows])


def _decoded(data: bytes, name: str) -> str:
    """UTF-8 with or without its mark, UTF-16 with its mark, else GB 18030 (which GBK is part of)."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    elif b"\x00" in data:
        raise SheetUnreadable(said=name)
    else:
        encodings = ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if sum(map(text.count, "\ufffd\x01\x02\x03\x04\x05\x06\x07\x08")) == 0:
            return text
    raise SheetUnreadable(said=name)


def _unquoted(cell: str) -> str:
    """="13800001111" is how some programs keep a spreadsheet from rounding."""
    found = _TEXT_CELL.fullmatch(cell.strip())
    return found[1] if found else cell
