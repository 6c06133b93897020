"""岗位与座牌、窗口、打印与导出、公示登记 at the console: what each role finds there, and a plate from the tick to the scan."""

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from PIL import Image
from python_calamine import CalamineWorkbook

from domain.ports import House
from scheduler.jobs import draw
from services import posts, register
from tests.bureau import Bureau
from tests.scanning import pages_of, sizes_of, zbar, zxing
from tests.scanning import words_of as printed_words
from tests.web.conftest import Browser, words_of

Browsers = Callable[..., Browser]
SITE = "https://ln.qinghe.gov.cn"


@pytest.fixture
def given(tmp_path: Path) -> dict[str, Any]:
    return {"base_url": "http://localhost", "files": {"folder": str(tmp_path / "files")}, "browser": {"pages_per_minute": 10_000}}


def printed(desk: Browser, house: House, path: str, **form: Any) -> bytes:
    """The PDF that a form's print leads to, fetched as a person would."""
    job = desk.post(path, **form).headers["Location"]
    assert "排队中" in desk.get(job)
    draw.draw(house)
    page = desk.get(job)
    assert "可以下载" in page
    link = re.findall(r'href="(/files/[^"]+)"', page)[0]
    return bytes(desk.open("GET", link, 200).get_data())


PAGES = {"/console/posts/": "岗位与座牌", "/console/windows/": "窗口", "/console/prints/": "打印与导出", "/console/prints/log": "打印登记"}
PAGES |= {"/console/publicity/": "公示登记"}
MAY = {"office": list(PAGES), "secretary": list(PAGES), "committee": list(PAGES), "auditor": list(PAGES)[:-1], "clerk": []}


@pytest.mark.parametrize("who", MAY)
@pytest.mark.parametrize("path", PAGES)
def test_each_page_opens_for_those_who_have_to_do_with_it(staff: Browsers, who: str, path: str) -> None:
    page = staff(who).get(path, 200 if path in MAY[who] else 403)
    assert (f'href="{path.removesuffix("log")}"' in page) == (path in MAY[who])


def test_ticked_posts_are_printed_and_each_code_opens_its_page(staff: Browsers, house: House, bureau: Bureau) -> None:
    desk = staff("office")
    pdf = printed(desk, house, "/console/posts/print", post=[bureau.windows[3], bureau.windows[5]], layout="stand")
    assert sizes_of(pdf) == [(200, 100)] * 2
    for page, number in zip(pages_of(pdf), (3, 5), strict=True):
        assert zbar(page) == zxing(page) == [f"http://localhost/p/{bureau.codes[number]}"]
        assert f"{number}号窗口" in words_of(desk.get(f"/p/{bureau.codes[number]}"))


@pytest.mark.parametrize(("window", "count"), [("", 3), (5, 1), (9, 0)])
def test_all_posts_are_printed_without_ticking_each(staff: Browsers, house: House, bureau: Bureau, window: Any, count: int) -> None:
    desk, form = staff("secretary"), {"layout": "stand", "everything": "yes", "window": bureau.windows.get(window, window)}
    if not count:
        desk.post("/console/posts/print", 422, **form)
        return
    assert len(pages_of(printed(desk, house, "/console/posts/print", **form), 40)) == count


def test_posts_are_shown_a_page_at_a_time(staff: Browsers, bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(posts, "PER_PAGE", 2)
    desk, page, seen = staff("office"), "/console/posts/", []
    while page:
        said = desk.get(page)
        seen += re.findall(r'href="/console/posts/(\d+)"', said)
        onward = re.search(r'href="([^"]+after=\d+)">下一页', said)
        page = onward[1].replace("&amp;", "&") if onward else ""
    assert seen == [str(window) for window in bureau.windows.values()]


def test_nothing_ticked_and_no_reason_are_told_on_the_page(staff: Browsers, bureau: Bureau) -> None:
    desk = staff("office")
    assert "请先勾选" in desk.post("/console/posts/print", 422, layout="tent").get_data(as_text=True)
    page = desk.post("/console/posts/print", 422, post=bureau.windows[3], layout="tent", reprint="yes").get_data(as_text=True)
    assert "请写明原因" in page
    assert re.search(rf'name="post" value="{bureau.windows[3]}"[^>]*checked', page)


def test_a_reprint_warns_and_stops_the_old_code(staff: Browsers, house: House, bureau: Bureau) -> None:
    desk, page = staff("secretary"), f"/console/posts/{bureau.windows[3]}"
    printed(desk, house, f"{page}/print", layout="tent")
    assert "已打印过1次" in desk.get(page)
    pdf = printed(desk, house, f"{page}/print", layout="tent", reprint="yes", why="遗失")
    (new,) = set(zbar(pages_of(pdf)[0]))
    desk.get(f"/p/{bureau.codes[3]}", 410)
    desk.get(new.removeprefix("http://localhost"), 200)


def test_a_plate_is_revoked_with_a_reason(staff: Browsers, bureau: Bureau) -> None:
    desk, page = staff("office"), f"/console/posts/{bureau.windows[3]}"
    assert "请写明原因" in desk.post(f"{page}/revoke", 422, code=bureau.codes[3]).get_data(as_text=True)
    desk.post(f"{page}/revoke", 404, code=bureau.codes[5], why="遗失")
    desk.post(f"{page}/revoke", code=bureau.codes[3], why="遗失")
    desk.get(f"/p/{bureau.codes[3]}", 410)


def test_a_post_is_handed_over_and_the_scan_shows_who_came(staff: Browsers, bureau: Bureau) -> None:
    desk, page = staff("secretary"), f"/console/posts/{bureau.windows[3]}"
    form = {"out": bureau.people["clerk"], "into": bureau.people["head"], "from_day": "2026-11-16", "why": "轮岗"}
    assert "日期读不懂" in desk.post(f"{page}/hand-over", 422, **(form | {"from_day": "明天"})).get_data(as_text=True)
    desk.post(f"{page}/hand-over", **form)
    assert "林同志" in words_of(desk.get(f"/p/{bureau.codes[3]}"))


def test_a_pioneer_post_and_a_model_window_are_named(staff: Browsers, bureau: Bureau) -> None:
    desk, window = staff("committee"), bureau.windows[3]
    desk.post(f"/console/posts/{window}/name", wanted="no", why="复评")
    desk.post(f"/console/windows/{window}/name", wanted="yes", why="评选")
    page = words_of(desk.get(f"/p/{bureau.codes[3]}"))
    assert ("党员先锋岗" in page, "党员示范窗口" in page) == (False, True)


def test_the_office_keeps_a_window_and_a_stale_form_changes_nothing(staff: Browsers, bureau: Bureau) -> None:
    desk, page = staff("office"), f"/console/windows/{bureau.windows[3]}"
    form = {"name": "不动产登记窗口", "number": "3", "aliases": "房产登记、办证", "services": "首次登记｜当场受理｜5个工作日", "version": "1"}
    desk.post(f"{page}/keep", **form)
    assert "首次登记" in desk.get(f"/p/{bureau.codes[3]}")
    said = desk.post(f"{page}/keep", 409, **(form | {"services": "别的事项"})).get_data(as_text=True)
    assert "别的事项" in said
    assert "别的事项" not in desk.get(f"/p/{bureau.codes[3]}")


def test_a_new_window_and_its_post_are_opened(staff: Browsers) -> None:
    desk = staff("office")
    assert "已有一个窗口" in desk.post("/console/windows/open", 422, name="不动产登记窗口").get_data(as_text=True)
    window = desk.post("/console/windows/open", name="潮汐窗口").headers["Location"]
    post = desk.post(f"{window}/posts", title="机动岗").headers["Location"]
    assert "机动岗" in desk.get(post)


def test_a_board_says_what_the_public_page_says_and_its_code_opens_it(staff: Browsers, house: House, bureau: Bureau) -> None:
    desk = staff("office")
    for scope, page in (("", "/board"), (f"window:{bureau.windows[3]}", f"/board?window={bureau.windows[3]}")):
        pdf = printed(desk, house, "/console/prints/board", kind="board", scope=scope, size="A3", period="公示期五天")
        (sheet,) = pages_of(pdf)
        assert zbar(sheet) == zxing(sheet) == [f"http://localhost{page}"]
        public, said = words_of(desk.get(page)), re.sub(r"\s", "", printed_words(pdf)[0])
        for words in ("禾同志", "办证材料一次告知", "印制清单，逐项讲解", "群众少跑一趟，差评为零", "2026年12月31日", "一次告知，少跑一趟", "推进中"):
            assert (words in public, words in said) == (True, True), words


@pytest.mark.parametrize("kind", ["pledge", "slogans"])
def test_posters_and_slogans_open_the_board_too(staff: Browsers, house: House, bureau: Bureau, kind: str) -> None:
    desk = staff("secretary")
    pdf = printed(desk, house, "/console/prints/board", kind=kind, scope=f"branch:{bureau.branch}", size="A4")
    (sheet,) = pages_of(pdf)
    (link,) = set(zbar(sheet)) | set(zxing(sheet))
    assert "一次告知，少跑一趟" in desk.get(link.removeprefix("http://localhost"))


@pytest.mark.parametrize(("encoding", "python"), [("utf-8-sig", "utf-8-sig"), ("gb18030", "gb18030"), ("nonsense", "utf-8-sig")])
def test_screen_texts_are_one_line_a_pledge(staff: Browsers, encoding: str, python: str) -> None:
    answer = staff("office").open("GET", f"/console/prints/screen?scope=&limit=99999&encoding={encoding}", 200)
    assert answer.get_data().decode(python) == "禾同志承诺：一次告知，少跑一趟\r\n"


def test_forms_are_had_blank_of_a_branch_and_of_one_pledge(staff: Browsers, bureau: Bureau, house: House) -> None:
    desk = staff("secretary")
    assert len(docx.Document(io.BytesIO(desk.open("GET", "/console/prints/forms/blank.docx", 200).get_data())).tables) == 3
    pdf = desk.open("GET", f"/console/prints/forms/branch-{bureau.branch}.pdf", 200).get_data()
    (sheet,) = pages_of(pdf)
    assert zbar(sheet) == zxing(sheet)
    assert "办证材料一次告知" in desk.get(zbar(sheet)[0].removeprefix("http://localhost"))
    desk.get(f"/console/prints/forms/branch-{bureau.other_branch}.pdf", 403)
    desk.get("/console/prints/forms/blank.exe", 404)
    desk.get("/console/prints/pledges/nothing.pdf", 404)


LISTS = [(kind, "xlsx") for kind in ("pledges", "people", "leading_group", "plates", "prints")]


@pytest.mark.parametrize(("kind", "form"), [*LISTS, ("leading_group", "docx"), ("leading_group", "pdf")])
def test_lists_are_had_in_every_form(staff: Browsers, kind: str, form: str) -> None:
    answer = staff("office").open("GET", f"/console/prints/lists/{kind}.{form}", 200)
    assert "no-store" in answer.headers["Cache-Control"]
    if form == "xlsx":
        assert CalamineWorkbook.from_filelike(io.BytesIO(answer.get_data())).get_sheet_by_index(0).total_height >= 2


def test_what_is_no_list_or_not_ones_own_is_told(staff: Browsers) -> None:
    staff("office").get("/console/prints/lists/nothing.xlsx", 404)
    staff("office").get("/console/prints/lists/people.exe", 404)
    staff("secretary").get("/console/prints/lists/leading_group.xlsx", 403)


def test_the_log_shows_ones_own_to_a_secretary_and_all_to_the_office(staff: Browsers, house: House, bureau: Bureau) -> None:
    desk = staff("office")
    printed(desk, house, "/console/prints/board", kind="board", scope="", size="A4")
    assert "青禾县住房和城乡建设局" in desk.get("/console/prints/log")
    assert "还没有打印过" in staff("secretary").get("/console/prints/log")


def test_another_persons_job_is_not_there(staff: Browsers, bureau: Bureau) -> None:
    job = staff("office").post("/console/posts/print", post=bureau.windows[3], layout="tent").headers["Location"]
    staff("secretary").get(job, 404)


def test_a_job_that_waits_long_says_whom_to_ask(staff: Browsers, bureau: Bureau, clock: Any) -> None:
    desk = staff("office")
    job = desk.post("/console/posts/print", post=bureau.windows[3], layout="tent").headers["Location"]
    clock.pass_(seconds=30)
    assert "检查时钟是否在运行" in desk.get(job)


def test_what_hangs_is_logged_with_a_photo_and_taken_down(staff: Browsers, bureau: Bureau) -> None:
    desk, picture = staff("secretary"), io.BytesIO()
    Image.new("RGB", (64, 48), "red").save(picture, "JPEG")
    form = {"channel": "notice_board", "place": "一楼大厅公告栏", "branch": bureau.branch, "from_day": "2026-11-16", "to_day": "2026-11-20"}
    assert "请写明公示地点" in desk.post("/console/publicity/put-up", 422, **(form | {"place": ""})).get_data(as_text=True)
    desk.post("/console/publicity/put-up", **form, photo=(io.BytesIO(picture.getvalue()), "公告栏.jpg"))
    page = desk.get("/console/publicity/")
    assert "正在公示" in page
    desk.open("GET", re.findall(r'<img src="(/files/[^"]+)"', page)[0], 200)
    desk.post("/console/publicity/1/end", verb="take_down")
    assert "已撤下" in desk.get("/console/publicity/")
    staff("other_secretary").post("/console/publicity/1/end", 404, verb="take_down")


HOSTILE = ("<script>alert(1)</script>", "'; DROP TABLE posts;--", "{{7*7}}", "\u202e\x00", "=cmd|' /C calc'!A0", "一" * 5000, "9" * 400)


@pytest.mark.parametrize("said", HOSTILE)
def test_hostile_words_in_any_field_are_a_sentence_or_stand_as_words(staff: Browsers, bureau: Bureau, house: House, said: str) -> None:
    desk, window = staff("office"), bureau.windows[3]
    names = ("why", "name", "number", "aliases", "place", "hours", "phone", "services", "title", "scope", "kind", "size", "period", "layout")
    names += ("channel", "branch", "from_day", "to_day", "paper", "post", "code", "out", "into", "version", "wanted", "verb", "reprint")
    form = dict.fromkeys(names, said)
    deeds = ("posts/print", f"posts/{window}/print", f"posts/{window}/revoke", f"posts/{window}/hand-over", f"posts/{window}/name")
    deeds += (f"windows/{window}/keep", f"windows/{window}/posts", f"windows/{window}/name", "windows/open", "prints/board", "publicity/put-up")
    for deed in deeds:
        answer = desk.client.post(f"/console/{deed}", data=form, headers={"Origin": "http://localhost"})
        assert answer.status_code in (303, 403, 404, 409, 422), (deed, answer.status_code)
        assert "<script>alert" not in answer.get_data(as_text=True)
    with house.database.reading() as db:
        assert register.current(db, house.now().date()).posts
