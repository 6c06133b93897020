"""Files from outside: what is a sheet is read, what is none, or too much of one, gets one sentence."""

import io
import os
import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime

import pytest
import xlsxwriter
import xlwt

from domain.errors import Refusal
from domain.roster.refusals import SheetEmpty, SheetTooLarge, SheetUnreadable
from gateways import sheets

HEAD = ["姓名", "党支部"]
ROWS = [HEAD, ["林知远", "窗口党支部"], ["江𬍛", "机关党支部"]]


def xlsx(fill: Callable[[xlsxwriter.Workbook, xlsxwriter.worksheet.Worksheet], None]) -> bytes:
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made)
    fill(book, book.add_worksheet("名册"))
    book.close()
    return made.getvalue()


def plain(_book: xlsxwriter.Workbook, page: xlsxwriter.worksheet.Worksheet) -> None:
    for number, row in enumerate(ROWS):
        page.write_row(number, 0, row)


def xls() -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    page = book.add_sheet("名册")
    for row, cells in enumerate(ROWS):
        for column, cell in enumerate(cells):
            page.write(row, column, cell)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


CSV = "\r\n".join(",".join(row) for row in ROWS)
FILES = {
    "xlsx": xlsx(plain),
    "xls": xls(),
    "csv in UTF-8": CSV.encode(),
    "csv in UTF-8 with its mark": CSV.encode("utf-8-sig"),
    "csv in GB 18030": CSV.encode("gb18030"),
    "csv in UTF-16": CSV.encode("utf-16"),
    "csv with tabs": CSV.replace(",", "\t").encode(),
    "csv with semicolons": CSV.replace(",", ";").encode(),
}


@pytest.mark.parametrize("data", FILES.values(), ids=FILES.keys())
def test_the_same_cells_come_out_of(data: bytes) -> None:
    assert sheets.read(data, "名单")[0].rows == ROWS


def test_a_csv_in_gbk_is_read() -> None:
    text = CSV.replace("𬍛", "南")
    assert sheets.read(text.encode("gbk"), "名单")[0].rows[2][0] == "江南"


def test_dates_numbers_merges_and_empty_first_rows_keep_their_place() -> None:
    def fill(book: xlsxwriter.Workbook, page: xlsxwriter.worksheet.Worksheet) -> None:
        page.merge_range(2, 1, 4, 1, "窗口党支部")
        page.write_datetime(2, 2, datetime(1998, 7, 1), book.add_format({"num_format": "yyyy-mm-dd"}))
        page.write_number(3, 2, 13800001111)

    grid = sheets.read(xlsx(fill), "名单")[0]
    assert list(grid.merges) == [(2, 1, 4, 1)]
    assert (grid.rows[0], grid.rows[2], grid.rows[3][2]) == (["", "", ""], ["", "窗口党支部", date(1998, 7, 1)], 13800001111.0)


def test_a_hidden_sheet_is_not_read() -> None:
    def fill(book: xlsxwriter.Workbook, page: xlsxwriter.worksheet.Worksheet) -> None:
        plain(book, page)
        hidden = book.add_worksheet("旧名册")
        hidden.write(0, 0, "姓名")
        hidden.hide()

    assert [grid.name for grid in sheets.read(xlsx(fill), "名单")] == ["名册"]


def test_numbers_kept_as_formula_text_are_read() -> None:
    assert sheets.read('姓名,手机\n林知远,"=""13800001111"""'.encode(), "名单")[0].rows[1] == ["林知远", "13800001111"]


def zipped(**parts: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in parts.items():
            packed.writestr(name.replace("__", "/") + ".xml", data)
    return made.getvalue()


def with_sheet(cells: bytes) -> bytes:
    """A sound workbook whose sheet is replaced."""
    page = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>' + cells + b"</sheetData></worksheet>"
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(FILES["xlsx"])) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
        for part in old.infolist():
            new.writestr(part.filename, page if part.filename.endswith("sheet1.xml") else old.read(part))
    return made.getvalue()


BOMB = with_sheet(b" " * 101_000_000)


def lying() -> bytes:
    """A bomb that declares a kilobyte in both of its headers."""
    with zipfile.ZipFile(io.BytesIO(BOMB)) as packed:
        true = max(part.file_size for part in packed.infolist()).to_bytes(4, "little")
    return BOMB.replace(true, (1024).to_bytes(4, "little"))


def forged(count: bytes) -> bytes:
    """A workbook that claims so many shared words: the reader would make room for them all."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(FILES["xlsx"])) as old, zipfile.ZipFile(made, "w") as new:
        for part in old.infolist():
            new.writestr(part.filename, re.sub(rb'uniqueCount="\d+"', b'uniqueCount="' + count + b'"', old.read(part)))
    return made.getvalue()


FAR = b'<row r="%d"><c r="%s" t="str"><v>1</v></c></row>'
HOSTILE: dict[str, tuple[bytes, type[Refusal]]] = {
    "nothing": (b"", SheetEmpty),
    "blanks": (b" \n\n", SheetEmpty),
    "only commas": (b",,,\n,,,\n", SheetEmpty),
    "an empty workbook": (xlsx(lambda *_: None), SheetEmpty),
    "a picture": (b"\xff\xd8\xff\xe0\x00\x10JFIF" + os.urandom(4000), SheetUnreadable),
    "a picture without noughts": (b"\x89PNG\r\n\x1a\n" + bytes(range(1, 256)) * 9, SheetUnreadable),
    "a zip of something else": (zipped(word__document=b"<x/>"), SheetUnreadable),
    "a zip cut short": (FILES["xlsx"][:2000], SheetUnreadable),
    "a zip of noise": (b"PK\x03\x04" + os.urandom(4000), SheetUnreadable),
    "an old workbook of noise": (FILES["xls"][:8] + os.urandom(6000), SheetUnreadable),
    "a sheet that is no XML": (with_sheet(b"</row></nothing>&&&<c"), SheetUnreadable),
    "ten megabytes": (b"x" * 10_000_000, SheetTooLarge),
    "a bomb": (BOMB, SheetTooLarge),
    "a bomb that lies": (lying(), SheetUnreadable),
    "a cell at the far end": (with_sheet(FAR % (1, b"A1") + FAR % (1048576, b"XFD1048576")), SheetUnreadable),
    "a cell far down": (with_sheet(FAR % (1, b"A1") + FAR % (1048576, b"A1048576")), SheetTooLarge),
    "a cell far right": (with_sheet(FAR % (1, b"A1") + FAR % (1, b"ZZ1")), SheetTooLarge),
    "a forged count of words": (forged(b"99999999999"), SheetUnreadable),
    "a forged count beyond all bounds": (forged(b"18446744073709551615"), SheetUnreadable),
    "a cell a little too far down": (with_sheet(FAR % (1, b"A1") + FAR % (20002, b"A20002")), SheetTooLarge),
    "100,000 rows": ("\n".join(["姓名,党支部", *("林知远,窗口",) * 100_000]).encode(), SheetTooLarge),
    "a thousand columns": (b",".join([b"x"] * 1000), SheetTooLarge),
    "one endless cell": (b'"' + b"x" * 200_000, SheetUnreadable),
}


@pytest.mark.parametrize(("data", "refusal"), HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_file_is_refused_in_words(data: bytes, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal) as refused:
        sheets.read(data, "名单.xlsx")
    assert "名单.xlsx" in refused.value.text


def test_entities_of_a_sheet_are_never_multiplied() -> None:
    cell = b'<row r="1"><c r="A1" t="str"><v>&b;</v></c></row>'
    with pytest.raises(SheetUnreadable):
        sheets.read(with_sheet(cell), "名单")
