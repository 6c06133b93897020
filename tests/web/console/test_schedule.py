"""配档表, 报送 and 报送情况 in the console: shown, handed in, reviewed, changed after a preview (A2–A4, A25, F03, F04, F07)."""

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from xlsxwriter import Workbook

from domain.schedule.sheet import HEADINGS
from services import schedule_changes
from tests.bureau import Bureau
from tests.services.test_schedule_table import entry
from tests.services.test_submissions import MEETING, hand_in
from tests.services.test_todos import load, mine, start
from tests.web.conftest import Browser, words_of

Staff = Callable[[str], Browser]
HERE = "/console/schedule/spring"


@pytest.fixture
def office(staff: Staff, bureau: Bureau) -> Browser:
    """The office at its desk; the campaign runs."""
    start(bureau)
    return staff("office")


def see(browser: Browser, path: str, expect: int = 200) -> str:
    return words_of(browser.get(path, expect))


def post(browser: Browser, path: str, expect: int = 303, **form: Any) -> str:
    return str(browser.post(path, expect, **form).get_data(as_text=True))


def workbook(rows: list[list[Any]]) -> io.BytesIO:
    held = io.BytesIO()
    with Workbook(held, {"in_memory": True}) as book:
        page = book.add_worksheet("配档表")
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    held.seek(0)
    return held


def test_the_list_has_a_card_for_every_open_phase(office: Browser) -> None:
    page = see(office, "/console/schedule/")
    assert "春季示范活动进行中" in page
    assert "动员部署2026-11-01至2026-11-30" in page


@pytest.mark.parametrize(
    ("view", "words"),
    [
        ("", "制定实施细则并报送"),
        ("?view=table&phase=2", "汇总报审"),
        ("?view=month&month=2026-11", "2026年11月"),
        ("?view=month&month=x", "2026年11月"),
        ("?view=bars", "今天"),
    ],
)
def test_the_table_is_seen_as_table_month_and_bars(office: Browser, view: str, words: str) -> None:
    assert words in see(office, HERE + view)


def test_a_campaign_is_started_after_its_preview(staff: Staff, bureau: Bureau) -> None:
    load(bureau)
    desk = staff("office")
    assert "有2项任务的期限已过" in see(desk, f"{HERE}/start")
    post(desk, f"{HERE}/start/now")
    assert "活动已启动" in see(desk, HERE)


def test_a_secretary_hands_in_and_reads_the_receipt(office: Browser, staff: Staff, bureau: Bureau) -> None:
    desk, todo = staff("secretary"), mine(bureau, "secretary")[0]
    assert "制定实施细则并报送" in see(desk, "/console/todos/")
    post(desk, f"/console/todos/{todo.id}/hand-in", words="第一稿", file=(io.BytesIO(b"%PDF-1.7 x"), "细则.pdf"))
    page = see(desk, f"/console/todos/{todo.id}")
    assert "收字2026-0001" in page
    assert "细则.pdf" in page


@pytest.mark.parametrize(
    ("form", "says"),
    [({"words": " "}, "还没有可以报送的内容"), ({"words": "字", "file": (io.BytesIO(b"MZ\x90"), "病毒.exe")}, "不是可以接收的文件")],
    ids=["nothing", "wrong file"],
)
def test_a_refused_hand_in_keeps_the_words_and_gives_no_number(
    office: Browser, staff: Staff, bureau: Bureau, form: dict[str, Any], says: str
) -> None:
    desk, todo = staff("secretary"), mine(bureau, "secretary")[0]
    assert says in words_of(post(desk, f"/console/todos/{todo.id}/hand-in", 422, **form))
    assert "还没有报送过" in see(desk, f"/console/todos/{todo.id}")


def test_a_meeting_is_recorded_by_one_form(office: Browser, staff: Staff, bureau: Bureau) -> None:
    desk, todo = staff("secretary"), mine(bureau, "secretary")[0]
    post(desk, f"/console/todos/{todo.id}/meeting", **MEETING)
    assert "二楼会议室" in see(desk, f"/console/todos/{todo.id}")


def test_the_office_returns_with_a_reason_and_versions_are_compared(office: Browser, staff: Staff, bureau: Bureau) -> None:
    desk, todo = staff("secretary"), mine(bureau, "secretary")[0]
    hand_in(bureau, todo.id, "一是学习，二是走访。")
    assert "制定实施细则并报送" in see(office, "/console/todos/")
    assert "请写明原因" in words_of(post(office, f"/console/todos/{todo.id}/decide", 422, no=1, verb="return"))
    post(office, f"/console/todos/{todo.id}/decide", no=1, verb="return", why="缺时间表")
    assert "缺时间表" in see(desk, f"/console/todos/{todo.id}")
    hand_in(bureau, todo.id, "一是学习，二是结对。")
    assert "<del>二是走访。</del><ins>二是结对。</ins>" in desk.get(f"/console/todos/{todo.id}")
    assert "请刷新" in words_of(post(office, f"/console/todos/{todo.id}/decide", 409, no=1, verb="accept"))
    post(office, f"/console/todos/{todo.id}/decide", no=2, verb="accept")


def test_an_extension_is_asked_for_and_granted(office: Browser, staff: Staff, bureau: Bureau) -> None:
    desk, todo = staff("secretary"), mine(bureau, "secretary")[0]
    post(desk, f"/console/todos/{todo.id}/extension", until="2026-11-30", extension_why="等县里批复")
    assert "等县里批复" in see(office, "/console/todos/")
    assert "延到11月30日" in office.get("/console/")
    post(office, f"/console/todos/{todo.id}/extension/1", verb="grant")
    assert "2026年11月30日" in see(desk, f"/console/todos/{todo.id}")
    post(desk, f"/console/todos/{todo.id}/extension", 422, until="不是日期", extension_why="x")


def test_arrears_are_seen_urged_and_taken_along(office: Browser) -> None:
    page = office.get("/console/arrears/")
    assert "窗口党支部" in words_of(page)
    assert "会收到提醒" in see_after(office, "/console/arrears/urge", todo=["1", "2"], campaign="spring")
    for form in ("xlsx", "docx"):
        assert office.open("GET", f"/console/arrears/list?campaign=spring&form={form}", 200).get_data()[:2] == b"PK"
    post(office, "/console/arrears/urge", 409, todo=["999"], campaign="spring")


def see_after(browser: Browser, path: str, **form: Any) -> str:
    return see(browser, str(browser.post(path, 303, **form).headers["Location"]))


def test_a_row_is_changed_after_a_preview_that_names_who_is_told(office: Browser, bureau: Bureau) -> None:
    form = {"title": "制定实施细则并报送", "last_day": "2026-11-27", "wording": "11月24日前", "deliverable": "实施细则", "note": ""}
    page = words_of(post(office, f"{HERE}/rows/t1/preview", 200, **form))
    assert "苏明礼“制定实施细则并报送”的截止日期改为2026-11-27" in page
    with bureau.house.database.reading() as db:
        version = schedule_changes.of_row(db, bureau.actor("office"), "spring", "t1", {}, bureau.house.now()).version
    post(office, f"{HERE}/rows/t1/apply", 409, version=version - 1, **form)
    post(office, f"{HERE}/rows/t1/apply", version=version, **form)
    assert str(entry(bureau, "t1").due_on) == "2026-11-27"


def test_the_workbook_goes_out_and_comes_back_with_a_diff(office: Browser, bureau: Bureau) -> None:
    assert office.open("GET", f"{HERE}/sheet", 200).get_data()[:2] == b"PK"
    with bureau.house.database.reading() as db:
        rows = [[*row] for row in schedule_changes.sheet_rows(db, bureau.actor("office"), "spring")]
    rows[0][HEADINGS.index("截止日期")] = "11月28日前"
    page = post(office, f"{HERE}/import/preview", 200, file=(workbook([[*HEADINGS], *rows]), "改好的表.xlsx"))
    assert "2026-11-28" in page
    hidden = dict(part.split('" value="') for part in page.replace('">', '"').split('name="')[1:] if '" value="' in part)
    given = {name: value.split('"')[0] for name, value in hidden.items() if name in ("code", "version")}
    post(office, f"{HERE}/import/apply", **given)
    assert str(entry(bureau, "t1").due_on) == "2026-11-28"


@pytest.mark.parametrize(
    ("name", "content", "status", "says"),
    [("不是表.pdf", b"%PDF-1.7", 200, "没有找到配档表的表头"), ("坏表.xlsx", b"PK\x03\x04 broken", 422, "不是可以接收的文件")],
    ids=["a PDF", "broken"],
)
def test_a_file_that_is_no_table_is_said_to_be_none(office: Browser, name: str, content: bytes, status: int, says: str) -> None:
    assert says in words_of(post(office, f"{HERE}/import/preview", status, file=(io.BytesIO(content), name)))


def test_the_next_year_is_drawn_up_and_loaded(office: Browser) -> None:
    form = {"key": "spring_2027", "title": "第二年", "years": "1", "first": ""}
    assert "2027-11-24" in post(office, f"{HERE}/copy/preview", 200, **form)
    post(office, f"{HERE}/copy/load", **form)
    assert "第二年" in see(office, "/console/schedule/spring_2027")
    post(office, f"{HERE}/copy/preview", 409, **form)


def test_others_may_look_at_the_table_but_not_change_it(office: Browser, staff: Staff) -> None:
    clerk = staff("clerk")
    assert "制定实施细则并报送" in see(clerk, HERE)
    for path in (f"{HERE}/rows/t1", f"{HERE}/import", f"{HERE}/start", "/console/arrears/"):
        clerk.get(path, 403)
    office.get("/console/schedule/nothing", 404)
    clerk.get("/console/todos/99999", 404)


def test_a_campaign_begins_from_the_template_or_from_a_file_of_ones_own(office: Browser) -> None:
    assert "岗位承诺年（模板）" in see(office, "/console/new-campaign/")
    assert "26项任务" in words_of(post(office, "/console/new-campaign/check", 200, ready="pledge-pioneer-2010"))
    faulty = post(office, "/console/new-campaign/check", 200, file=(io.BytesIO("id: 坏\n".encode()), "坏.yaml"))
    assert "第1行" in words_of(faulty)
    post(office, "/console/new-campaign/load", 422, text="id: x")
    post(office, "/console/new-campaign/load", 303, ready="service-year")
    assert "基层组织服务年" in see(office, "/console/schedule/service_year")


def test_the_members_of_a_branch_have_a_page_of_their_own(office: Browser) -> None:
    assert "党员制定措施" not in see(office, "/console/arrears/?only=owed").split("窗口党支部党员")[-1]
    page = see(office, "/console/arrears/?unit=窗口党支部党员")
    assert "林知远" in page
    assert "返回全部单位" in page


def test_what_several_units_owe_alike_is_one_line_that_opens(office: Browser, staff: Staff, bureau: Bureau) -> None:
    head = staff("head")
    page = head.get("/console/todos/")
    assert words_of(page).count("窗口亮标准") == 1
    assert "3个单位—最早2027-06-30未报3" in words_of(page)
    opened = see(head, re.findall(r"/console/todos/\?task=\d+", page)[0])
    assert opened.count("窗口亮标准") == 3
    assert "不动产登记窗口" in opened
    desk = see(head, "/console/")
    assert "我的待办3件" in desk
    assert "报送“窗口亮标准”，3个单位" in desk
    assert "不动产登记窗口" in desk
