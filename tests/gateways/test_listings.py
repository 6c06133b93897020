"""Listings as files: read back, they say what was put in; nothing in them computes; pages have exact millimetres."""

import io
import zipfile
from datetime import UTC, date, datetime

import docx
import pytest
from docx.oxml.ns import qn
from python_calamine import CalamineWorkbook

from domain.listings import Column, Format, Listing, Size
from gateways import listings
from gateways.listings import pdf
from tests.scanning import sizes_of, words_of

NOW = datetime(2026, 11, 16, 1, 30, tzinfo=UTC)
HOSTILE = ("=1+1", "+8613800001111", "-1", "@SUM(A1)", "\t=1", "=cmd|' /C calc'!A0", "<b>&amp;</b>", "http://x.invalid/", "0012", "\x00\x08药\ud83d")
COLUMNS = (Column("阶段", 6, joined=True, centred=True), Column("任务", 16), Column("时限", 8, centred=True), Column("数", 3))
ROWS = tuple(("集中承诺" if number < 4 else "兑现承诺", words, date(2026, 8, 24), number) for number, words in enumerate(HOSTILE))
LISTING = Listing("配档表：[甲]/乙", COLUMNS, ROWS, under="青禾县\u3000共10条", notes=("=注",), landscape=True)
SHOWN = [*HOSTILE[:4], "=1", *HOSTILE[5:9], "药"]


def made(form: Format, listing: Listing = LISTING) -> bytes:
    return listings.file(listing, form, "青禾县住房和城乡建设局", NOW)


def test_a_workbook_read_back_says_what_was_put_in() -> None:
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(made(Format.XLSX))).get_sheet_by_index(0)
    title, under, head, *rows, note = sheet.to_python(skip_empty_area=False)
    assert (title[0], under[0], head, note[0]) == ("配档表：[甲]/乙", "青禾县\u3000共10条", ["阶段", "任务", "时限", "数"], "=注")
    assert [row[1:] for row in rows] == [[words, date(2026, 8, 24), number] for number, words in enumerate(SHOWN)]
    assert [row[0] for row in rows if row[0]] == ["集中承诺", "兑现承诺"]
    assert ((3, 0), (6, 0)) in (sheet.merged_cell_ranges or [])


def test_no_cell_of_a_workbook_is_a_formula_or_a_link() -> None:
    with zipfile.ZipFile(io.BytesIO(made(Format.XLSX))) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
        styles = parts.read("xl/styles.xml").decode()
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet
    assert 'quotePrefix="1"' in styles
    assert 'state="frozen"' in sheet
    assert 'orientation="landscape"' in sheet


def test_a_document_read_back_says_what_was_put_in() -> None:
    read = docx.Document(io.BytesIO(made(Format.DOCX)))
    (table,) = read.tables
    assert [cell.text for cell in table.rows[0].cells] == ["阶段", "任务", "时限", "数"]
    assert [row.cells[1].text for row in table.rows[1:]] == SHOWN
    assert {row.cells[0].text for row in table.rows[1:]} == {"集中承诺", "兑现承诺"}
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert (round(read.sections[0].page_width.mm, 1), round(read.sections[0].page_height.mm, 1)) == (297, 210)


@pytest.mark.parametrize("size", Size)
@pytest.mark.parametrize("landscape", [False, True])
def test_a_page_has_its_millimetres(size: Size, landscape: bool) -> None:
    listing = Listing("表", COLUMNS, ROWS, size=size, landscape=landscape)
    assert sizes_of(made(Format.PDF, listing)) == [listing.millimetres]


def test_every_page_has_the_head_and_its_number() -> None:
    long = Listing("表", COLUMNS, ROWS * 12, landscape=True)
    paper = pdf.paper(long, "青禾县", NOW)
    pages = words_of(paper.pdf)
    assert paper.pages == len(pages) > 2
    assert [("时限" in words, f"— {number} / {len(pages)} —" in words) for number, words in enumerate(pages, 1)] == [(True, True)] * len(pages)


def test_rare_names_are_drawn_and_what_no_font_has_is_told() -> None:
    rare = Listing("名单", (Column("姓名", 9),), (("㛃𬍛䶮𫖯𣲗",), ("江𡋤",)))
    paper = pdf.paper(rare, "青禾县", NOW)
    assert "㛃𬍛䶮𫖯𣲗" in words_of(paper.pdf)[0]
    assert [("𡋤" in note, "手写" in note) for note in paper.notes] in ([(True, True)], [])


@pytest.mark.parametrize("form", Format)
def test_an_empty_listing_is_a_file_all_the_same(form: Format) -> None:
    assert len(made(form, Listing("名单", COLUMNS, ()))) > 2000
