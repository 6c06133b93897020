"""Papers: exact millimetres, codes that two decoders read, rare names really drawn, a thousand plates in one file."""

import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from PIL import Image

from domain.errors import FontsMissing, LogoUnusable
from domain.papers import Face, Layout, spelt
from gateways import fonts, pdf
from tests.scanning import corners, pages_of, sizes_of, words_of, zbar, zxing

NOW = datetime(2026, 11, 16, 1, 30, tzinfo=UTC)
FACE = Face(
    code="abcdefghjkmnp",
    link="https://ln.qinghe.gov.cn/p/abcdefghjkmnp",
    plate_number="0003-01",
    number=3,
    window="不动产登记窗口",
    post="登记受理岗",
    honours=("党员先锋岗",),
    holders=("禾同志",),
    slogan="一次告知，少跑一趟",
    services=(("不动产首次登记", "5个工作日"), ("不动产登记资料查询", "当场办结")),
    issued_on=date(2026, 11, 16),
    bureau="青禾县住房和城乡建设局",
    edition=57,
)
BARE = replace(FACE, number=None, honours=(), holders=(), slogan="", services=())
FULL = replace(
    FACE, number=128, window="窗" * 40, post="岗" * 40, slogan="诺" * 40, bureau="局" * 40, honours=("党员先锋岗", "党员示范窗口"),
    holders=("欧阳同志", "司马同志"), services=(("事" * 60, "限" * 40),) * 5,
)  # fmt: skip
KINDS = {"usual": FACE, "nothing but a post": BARE, "everything as long as may be": FULL}
SHEETS = {Layout.TENT: (210, 297, 2), Layout.STAND: (200, 100, 1), Layout.BADGE: (210, 297, 1), Layout.POSTER: (210, 297, 1)}
"""Width, height, codes of one face."""
RARE = "㛃𬍛䶮𫖯𣲗𨱇犇垚翀玥㭎𬭎𫘜𬘓𬱖"
NO_FONT = "𡋤"


def numbered(count: int) -> list[Face]:
    return [replace(FACE, code=f"abcdefghjk{n:03d}", link=f"https://ln.qinghe.gov.cn/p/abcdefghjk{n:03d}") for n in range(count)]


def drawn(face: Face, layout: Layout = Layout.STAND, **more: Any) -> pdf.Paper:
    return pdf.draw(layout, [face], NOW, **more)


def sign(text: str, **more: Any) -> bytes:
    """The picture of a window's name in its place on a stand."""
    (page,) = pages_of(drawn(replace(BARE, window=text), **more).pdf, 72)
    return page.crop((0, 40, 360, 280)).tobytes()


@pytest.mark.parametrize("layout", Layout)
@pytest.mark.parametrize("face", KINDS.values(), ids=KINDS.keys())
def test_every_page_has_its_millimetres_and_codes_that_both_decoders_read(layout: Layout, face: Face) -> None:
    width, height, codes = SHEETS[layout]
    paper = drawn(face, layout)
    assert sizes_of(paper.pdf) == [(width, height)]
    (page,) = pages_of(paper.pdf)
    assert zbar(page) == zxing(page) == [face.link] * codes


def test_ten_badges_stand_on_a_sheet_the_eleventh_on_the_next() -> None:
    faces = numbered(11)
    paper = pdf.draw(Layout.BADGE, faces, NOW)
    pages = pages_of(paper.pdf, 200)
    assert paper.pages == len(pages) == 2
    links = [face.link for face in faces]
    assert [zxing(page) for page in pages] == [zbar(page) for page in pages] == [links[:10], links[10:]]


@pytest.mark.parametrize("layout", [Layout.STAND, Layout.BADGE, Layout.POSTER])
def test_the_code_has_33_modules_white_around_and_no_colour_in_it(layout: Layout) -> None:
    (page,) = pages_of(drawn(FACE, layout).pdf, 300)
    ((left, top, right, bottom),) = corners(page)
    module = (right - left) / 33
    border = int(4 * module) - 1
    around = page.crop((left - border, top - border, right + border, bottom + border))
    inside = around.crop((border - 2, border - 2, around.width - border + 2, around.height - border + 2))
    assert module >= 0.6 / 25.4 * 300
    assert {red - blue for red, _, blue in set(around.get_flattened_data())} == {0}
    around.paste("white", (border - 2, border - 2, border - 2 + inside.width, border - 2 + inside.height))
    assert around.getcolors() == [(around.width * around.height, (255, 255, 255))]


SAID = ("3", "号窗口", "不动产登记窗口", "登记受理岗", "禾同志", "“一次告知，少跑一趟”", "党员先锋岗", "青禾县住房和城乡建设局")
SMALL = ("0003-01", "2026年11月16日", "第57版", "abcd-efgh-jkmnp", "不收款")


@pytest.mark.parametrize("layout", [Layout.TENT, Layout.STAND, Layout.POSTER])
def test_all_that_belongs_on_a_plate_stands_there(layout: Layout) -> None:
    (words,) = words_of(drawn(FACE, layout).pdf)
    assert [said for said in SAID + SMALL if said not in words] == []


def test_a_poster_tells_three_ways_and_the_limits() -> None:
    (words,) = words_of(drawn(FACE, Layout.POSTER).pdf)
    ways = ("评价 3号窗口 满意", "https://ln.qinghe.gov.cn/p/", "不动产首次登记", "5个工作日", "当场办结")
    assert [said for said in ways if said not in words] == []


def test_rare_characters_are_really_drawn() -> None:
    every_sign = replace(fonts.lettering(), known=fonts.lettering().known | {ord(NO_FONT)})
    no_shape = sign(NO_FONT, lettering=every_sign)
    shapes = {one: sign(one) for one in RARE}
    assert [one for one, shape in shapes.items() if shape == no_shape] == []
    assert len(set(shapes.values())) == len(RARE)


def test_a_character_without_a_shape_is_a_square_to_fill_in_and_is_told() -> None:
    paper = drawn(replace(FACE, holders=(f"沈{NO_FONT}",)))
    assert [note for note in paper.notes if f"“{NO_FONT}”(U+212E4)" in note and "请手写" in note]
    assert sign(NO_FONT, lettering=replace(fonts.lettering(), known=fonts.lettering().known | {ord(NO_FONT)})) != sign(NO_FONT)


def test_another_font_stands_in_for_what_is_missing(tmp_path: Path) -> None:
    _font(tmp_path / "rare.ttf", ord(NO_FONT))
    more = fonts.lettering(rare=tmp_path)
    assert drawn(replace(FACE, window=NO_FONT), lettering=more).notes == ()
    assert len({sign(NO_FONT), sign(NO_FONT, lettering=more), sign("　", lettering=more)}) == 3


def _font(path: Path, character: int) -> None:
    """A font with one triangle in it."""
    pen = TTGlyphPen(None)
    for n, at in enumerate([(0, 0), (500, 900), (1000, 0)]):
        (pen.lineTo if n else pen.moveTo)(at)
    pen.closePath()
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "rare"])
    builder.setupCharacterMap({character: "rare"})
    builder.setupGlyf({".notdef": TTGlyphPen(None).glyph(), "rare": pen.glyph()})
    builder.setupHorizontalMetrics({".notdef": (1000, 0), "rare": (1000, 0)})
    builder.setupHorizontalHeader(ascent=900, descent=-100)
    builder.setupNameTable({"familyName": "Rare", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    builder.save(path)


def test_signs_nobody_writes_by_hand_are_left_out() -> None:
    (words,) = words_of(drawn(replace(FACE, slogan="问我一次😀\u200b\x07，办到底")).pdf)
    assert "“问我一次，办到底”" in words


@pytest.mark.parametrize("text", ['#panic("x")', "*重* _要_", "$x$ @y <z>", '"]) \\', "#import", "= 标题", "//不是注释"])
def test_words_stay_words_whatever_they_look_like(text: str) -> None:
    (words,) = words_of(drawn(replace(FACE, slogan=text)).pdf)
    assert f"“{text}”" in words


def test_without_fonts_the_office_is_told_whom_to_ask(tmp_path: Path) -> None:
    with pytest.raises(FontsMissing):
        fonts.lettering((tmp_path,))


def _picture(kind: str, colour: str = "#c8102e") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (300, 300), colour).save(out, kind)
    return out.getvalue()


SVG = b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><rect width='9' height='9' fill='#c8102e'/></svg>"
LOGOS = {"png": _picture("PNG"), "jpeg": _picture("JPEG"), "svg": SVG}


@pytest.mark.parametrize("logo", LOGOS.values(), ids=LOGOS.keys())
def test_a_logo_takes_a_quarter_at_most_and_the_code_is_still_read(logo: bytes) -> None:
    (page,) = pages_of(drawn(FACE, logo=logo).pdf, 300)
    assert zbar(page) == zxing(page) == [FACE.link]
    ((left, top, right, bottom),) = corners(page)
    row = [page.getpixel((x, (top + bottom) // 2)) for x in range(left, right)]
    coloured = [x for x, (red, _, blue) in enumerate(row) if red - blue > 60]
    assert 0 < coloured[-1] - coloured[0] <= 0.25 * (right - left)


BAD = {"no picture": b"hello", "broken": _picture("PNG")[:60], "too large": LOGOS["png"] + bytes(1024 * 1024)}


@pytest.mark.parametrize("logo", BAD.values(), ids=BAD.keys())
def test_what_is_no_logo_is_refused(logo: bytes) -> None:
    with pytest.raises(LogoUnusable):
        drawn(FACE, logo=logo)


NOTES = {
    "short": ("https://ln.qinghe.gov.cn", ()),
    "a little long": ("https://ln1.qinghe.gov.cn", ("41个字符", "33格")),
    "too long": ("https://liangnuo.qinghe-county.gov.cn", ("53个字符", "37格", "难扫")),
    "this machine": ("http://127.0.0.1:8000", ("只有本机打得开",)),
    "not safe": ("http://ln.qinghe.gov.cn", ("不是 https",)),
}


@pytest.mark.parametrize(("site", "told"), NOTES.values(), ids=NOTES.keys())
def test_what_is_wrong_with_the_link_is_told_once(site: str, told: Sequence[str]) -> None:
    faces = [replace(face, link=f"{site}/p/{face.code}") for face in numbered(3)]
    notes = pdf.draw(Layout.STAND, faces, NOW).notes
    assert len(notes) == bool(told)
    assert [part for part in told if part not in "".join(notes)] == []


def test_the_same_plates_at_the_same_time_are_the_same_file() -> None:
    assert drawn(FACE, Layout.TENT).pdf == drawn(FACE, Layout.TENT).pdf


def test_a_thousand_plates_are_one_file_with_a_progress() -> None:
    faces, heard = numbered(1000), list[int]()
    paper = pdf.draw(Layout.TENT, faces, NOW, tell=heard.append)
    assert (paper.pages, set(sizes_of(paper.pdf)), len(sizes_of(paper.pdf))) == (1000, {(210.0, 297.0)}, 1000)
    assert heard == list(range(1, 1001))
    assert [spelt(face.code) not in page for face, page in zip(faces, words_of(paper.pdf), strict=True)] == [False] * 1000
