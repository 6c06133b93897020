"""A workbook read apart: this file runs as a process of its own, because a forged count in a workbook takes the whole process down.

Bytes come in by stdin, `[(name, rows, merges), …]` goes out by stdout as a pickle; the exit status says what was wrong.
"""

import io
import pickle
import resource
import sys
from collections.abc import Iterator
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

UNREADABLE, TOO_MANY_ROWS, TOO_MANY_COLUMNS, LOCKED = 1, 3, 4, 5
_MEMORY, _SECONDS = 1 << 30, 20
_MOST_SHEETS = 60

Sheet = tuple[str, list[list[Any]], list[tuple[int, int, int, int]]]


def sheets_of(data: bytes, most_rows: int, most_columns: int) -> Iterator[Sheet]:
    """All visible sheets. Raises SystemExit with the status."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    shown = [one.name for one in book.sheets_metadata if one.typ is SheetTypeEnum.WorkSheet and one.visible is SheetVisibleEnum.Visible]
    for title in shown[:_MOST_SHEETS]:
        sheet = book.get_sheet_by_name(title)
        if sheet.total_height > most_rows:
            raise SystemExit(TOO_MANY_ROWS)
        if sheet.total_width > most_columns:
            raise SystemExit(TOO_MANY_COLUMNS)
        yield sheet.name, sheet.to_python(skip_empty_area=False), [(*first, *last) for first, last in sheet.merged_cell_ranges or ()]


def main() -> None:
    """Within limits of memory and time: whatever goes beyond ends this process, and nothing else."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        found = list(sheets_of(sys.stdin.buffer.read(), *map(int, sys.argv[1:3])))
    except PasswordError:
        raise SystemExit(LOCKED) from None
    except (CalamineError, OSError, ValueError, OverflowError, MemoryError):
        raise SystemExit(UNREADABLE) from None
    sys.stdout.buffer.write(pickle.dumps(found, pickle.HIGHEST_PROTOCOL))


if __name__ == "__main__":
    main()
