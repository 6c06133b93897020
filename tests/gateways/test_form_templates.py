"""Forms as files: A4, every box with its words, room to sign; the Word document opens and says the same."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime

import docx
import pytest

from domain.form_templates import Filled, Page, UnitForm, guide_page, member_page, unit_page
from domain.listings import Format
from gateways import form_templates
from gateways.form_templates import pdf
from tests.scanning import pages_of, sizes_of, words_of, zbar, zxing

NOW = datetime(2026, 11, 16, 1, 30, tzinfo=UTC)
LINK = "https://ln.qinghe.gov.cn/board?branch=12"
FILLED = Filled(
    name="江㛃𬍛",
    branch="窗口党支部",
    post="3号窗口",
    theme="服务群众",
    addressees="党支部、来办事的群众",
    slogan="一次告知",
    content="办证材料一次告知",
    measures="印制清单",
    standard="差评为零",
    deadline=date(2026, 12, 31),
    opinion="同意公示",
    link=LINK,
)
FULL = replace(FILLED, content="内" * 300, measures="措" * 300, standard="标" * 300)
UNIT = UnitForm("房管科", "窗口党支部", "2026年8月20日党员大会", "同意", tuple(replace(FILLED, content=f"第{n}件实事") for n in range(1, 8)), LINK)
CAMPAIGN = "争创先锋岗位主题实践活动"
PAGES: dict[str, tuple[Page, int]] = {
    "blank": (member_page(CAMPAIGN, Filled()), 1),
    "filled": (member_page(CAMPAIGN, FILLED), 1),
    "a unit's, blank": (unit_page(CAMPAIGN, UnitForm()), 1),
    "a unit's with seven rows": (unit_page(CAMPAIGN, UNIT), 2),
    "how to fill it in": (guide_page(), 1),
    "everything as long as may be": (member_page(CAMPAIGN, FULL), 2),
}


@pytest.mark.parametrize(("page", "count"), PAGES.values(), ids=PAGES.keys())
def test_a_form_is_on_a4_and_every_box_has_its_words(page: Page, count: int) -> None:
    paper = pdf.paper([page], "青禾县住房和城乡建设局", NOW)
    sides = (297, 210) if page.landscape else (210, 297)
    assert (paper.pages, sizes_of(paper.pdf)) == (count, [sides] * count)
    said = "".join("".join(words_of(paper.pdf)).split())
    assert ["" for row in page.rows for box in row if "".join(box.words.split()) not in said] == []


def test_the_code_of_a_published_pledge_is_read_by_both_decoders() -> None:
    (page,) = pages_of(pdf.paper([member_page(CAMPAIGN, FILLED)], "青禾县", NOW).pdf)
    assert zbar(page) == zxing(page) == [LINK]


def test_a_form_without_a_public_page_has_no_code() -> None:
    (page,) = pages_of(pdf.paper([member_page(CAMPAIGN, replace(FILLED, link=""))], "青禾县", NOW).pdf)
    assert zbar(page) == zxing(page) == []


def test_a_word_document_has_the_same_boxes() -> None:
    pages = [page for page, _ in PAGES.values()]
    read = docx.Document(io.BytesIO(form_templates.file(pages, Format.DOCX, "青禾县", NOW)))
    assert len(read.tables) == len(pages)
    for page, table in zip(pages, read.tables, strict=True):
        said = "".join(cell.text for row in table.rows for cell in row.cells)
        assert [box.words for row in page.rows for box in row if box.words not in said] == []
    assert [round(section.page_width.mm) for section in read.sections] == [297 if page.landscape else 210 for page in pages]


def test_a_form_is_no_workbook() -> None:
    with pytest.raises(ValueError, match="workbook"):
        form_templates.file([], Format.XLSX, "青禾县", NOW)
