"""Boards, posters and slogans: exact millimetres, codes that two decoders read, the text of the pledge whole and nothing pushed out."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from domain.listings import Size
from domain.notice_boards import Entry, Hanging, NoticeBoard
from domain.papers import Document
from gateways import notice_boards
from gateways.typesetting import Paper
from tests.scanning import pages_of, sizes_of, words_of, zbar, zxing

NOW = datetime(2026, 11, 16, 1, 30, tzinfo=UTC)
ENTRY = Entry(
    number="诺0012",
    who="欧阳同志",
    where="窗口党支部\u30003号窗口",
    content="办证材料一次告知",
    measures="印制清单，逐项讲解",
    standard="群众少跑一趟",
    deadline=date(2026, 12, 31),
    slogan="一次告知，少跑一趟",
    state="推进中",
    published_on=date(2026, 11, 16),
    version=2,
    link="https://ln.qinghe.gov.cn/board/a1b2c3d4e5f6",
)
FULL = replace(ENTRY, who="欧" * 40, where="窗" * 80, content="内" * 300, measures="措" * 300, standard="标" * 300, slogan="诺" * 40, deadline=None)
BARE = replace(ENTRY, where="", measures="", slogan="不说空话", published_on=None)
BOARD = NoticeBoard("青禾县住房和城乡建设局", "窗口党支部", "https://ln.qinghe.gov.cn/board?branch=12", 57, date(2026, 11, 16), (ENTRY, FULL, BARE))
SIDES = {
    (Document.BOARD, Size.A4): (210, 297),
    (Document.BOARD, Size.A3): (420, 297),
    (Document.POSTER, Size.A4): (210, 297),
    (Document.POSTER, Size.A3): (297, 420),
    (Document.SLOGANS, Size.A4): (297, 210),
    (Document.SLOGANS, Size.A3): (420, 297),
}


def drawn(document: Document = Document.BOARD, size: Size = Size.A4, *entries: Entry) -> Paper:
    board = replace(BOARD, entries=entries or BOARD.entries)
    return notice_boards.draw(document, board, Hanging(size, "公示期：2026年11月16日至11月30日"), NOW)


@pytest.mark.parametrize(("document", "size"), SIDES, ids=[f"{document.value} {size.value}" for document, size in SIDES])
def test_every_page_has_its_millimetres_and_a_code_that_both_decoders_read(document: Document, size: Size) -> None:
    paper = drawn(document, size)
    pages = pages_of(paper.pdf)
    assert paper.pages == len(pages) >= 1
    assert set(sizes_of(paper.pdf)) == {SIDES[document, size]}
    link = ENTRY.link if document is Document.POSTER else BOARD.link
    assert [zbar(page) for page in pages] == [zxing(page) for page in pages] == [[link]] * len(pages)


@pytest.mark.parametrize("size", Size)
@pytest.mark.parametrize("document", [Document.BOARD, Document.POSTER])
def test_the_longest_text_stands_there_whole(document: Document, size: Size) -> None:
    words = "".join(words_of(drawn(document, size, FULL).pdf))
    assert (words.count("内"), words.count("措"), words.count("标")) == (301, 301, 301)


def test_a_board_says_which_edition_it_is_how_long_it_hangs_and_which_page_this_is() -> None:
    first, second = words_of(drawn(Document.BOARD, Size.A4, *[ENTRY] * 6).pdf)
    for said in ("窗口党支部承诺公示", "青禾县住房和城乡建设局", "第57版", "2026年11月16日公示，第2版", "诺0012", "公示期：2026年11月16日至11月30日"):
        assert said in first
        assert said in second
    assert "第1页，共2页" in first
    assert "第2页，共2页" in second


def test_a_hundred_pledges_are_all_there_and_no_card_is_torn() -> None:
    entries = [replace(ENTRY, who=f"第{number}人", content=f"内容{number}。") for number in range(100)]
    pages = words_of(drawn(Document.BOARD, Size.A3, *entries).pdf)
    assert [sum(f"第{number}人" in page and f"内容{number}。" in page for page in pages) for number in range(100)] == [1] * 100


def test_every_slogan_hangs_once() -> None:
    pages = words_of(drawn(Document.SLOGANS, Size.A3, ENTRY, ENTRY, replace(ENTRY, slogan=""), BARE).pdf)
    assert [("一次告知" in page, "不说空话" in page) for page in pages] == [(True, False), (False, True)]


def test_rare_names_are_drawn_on_a_board() -> None:
    assert "㛃𬍛䶮𫖯" in words_of(drawn(Document.BOARD, Size.A4, replace(ENTRY, who="㛃𬍛䶮𫖯")).pdf)[0]
