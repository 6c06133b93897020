"""写承诺、报告、变更 at the console: nothing typed is lost, hints come while writing, each reader sees his own buttons."""

import html
import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from domain.calendar import local_day
from domain.ports import House
from models.pledges import pledge as by_code
from models.works import Work
from tests.bureau import Bureau
from tests.conftest import MONDAY
from tests.pledging import load, pledged, section
from tests.web.conftest import Browser, words_of

Browsers = Callable[..., Browser]
ROOM = "/console/pledges"
WORDS = {"content": "窗口材料一次告知", "measures": "印制十二类业务清单逐项讲解", "standard": "因漏告知再跑的每月为零", "deadline": "2026-12-31"}
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def campaign(bureau: Bureau) -> None:
    load(bureau, "pledge-pioneer-2010", MONDAY)


def begun(desk: Browser, **more: str) -> str:
    """The address of a new draft."""
    where = desk.post(f"{ROOM}/begin", 303, campaign="pledge_pioneer_2010", **more).headers["Location"]
    return str(where).removesuffix("/edit")


def version(desk: Browser, at: str) -> str:
    found = re.search(r'name="version"[^>]*value="(\d+)"', desk.get(f"{at}/edit"))
    assert found is not None
    return found[1]


def test_a_draft_is_saved_while_one_writes_and_hints_come_back(staff: Browsers) -> None:
    desk = staff("clerk")
    at = begun(desk)
    said = desk.post(f"{at}/autosave", 200, HTMX, version=version(desk, at), **(WORDS | {"standard": "群众满意"})).get_data(as_text=True)
    assert "已自动保存" in said
    assert "没有数字，也没有看得见的结果" in said
    assert f'value="{version(desk, at)}" hx-swap-oob="true"' in said
    assert "窗口材料一次告知" in desk.get(f"{at}/edit")


@pytest.mark.parametrize("page", ["edit", "change"])
def test_who_may_read_but_not_save_opens_no_form(staff: Browsers, page: str) -> None:
    at = begun(staff("clerk"))
    absent = f"{ROOM}/{'0' * 12}"
    for reader in ("secretary", "office", "auditor"):
        desk = staff(reader)
        desk.get(at)
        assert words_of(desk.get(f"{at}/{page}", 404)) == words_of(desk.get(f"{absent}/{page}", 404))


def test_an_empty_draft_is_taken_up_again_not_doubled(staff: Browsers) -> None:
    desk = staff("clerk")
    assert begun(desk) == begun(desk)


def test_writing_on_after_the_session_has_ended_loses_nothing(staff: Browsers, browser: Browsers) -> None:
    at = begun(staff("clerk"))
    out = browser()
    assert "登录已失效" in out.post(f"{at}/autosave", 200, HTMX, **WORDS).get_data(as_text=True)
    page = out.post(f"{at}/save", 401, **WORDS).get_data(as_text=True)
    assert "窗口材料一次告知" in html.unescape(page)


def test_two_windows_do_not_overwrite_each_other(staff: Browsers) -> None:
    desk = staff("clerk")
    at = begun(desk)
    old = version(desk, at)
    desk.post(f"{at}/save", 303, version=old, **WORDS)
    page = desk.post(f"{at}/save", 409, version=old, **(WORDS | {"content": "另一个窗口写的"})).get_data(as_text=True)
    assert "有人先一步办理" in page
    assert "另一个窗口写的" in page


def test_a_missing_clear_comes_back_with_what_was_typed(staff: Browsers) -> None:
    desk = staff("clerk")
    at = begun(desk)
    page = desk.post(f"{at}/save", 422, submit="1", version=version(desk, at), **(WORDS | {"deadline": ""})).get_data(as_text=True)
    assert "“四明确”还缺：时限" in page
    assert "窗口材料一次告知" in page


def test_hostile_words_are_shown_as_words(staff: Browsers) -> None:
    desk = staff("clerk")
    at = begun(desk)
    evil = "<script>alert(1)</script>\"'>{{7*7}}"
    desk.post(f"{at}/save", 303, version=version(desk, at), content=evil, measures="\u202e" + "长" * 299)
    page = desk.get(at)
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page
    assert "49" not in re.findall(r"<dd>(.*?)</dd>", page)[0]


def test_fields_that_cannot_be_read_get_a_sentence(staff: Browsers) -> None:
    desk = staff("clerk")
    at = begun(desk)
    for given, says in (({"deadline": "年底"}, "读不懂"), ({"kind": "x"}, "承诺类别请选"), ({"content": "长" * 301}, "最多300个字")):
        assert says in desk.post(f"{at}/save", 422, version=version(desk, at), **(WORDS | given)).get_data(as_text=True)


def test_the_way_from_submitting_to_confirmed(staff: Browsers, bureau: Bureau, house: House) -> None:
    clerk, secretary = staff("clerk"), staff("secretary")
    at = begun(clerk)
    clerk.post(f"{at}/save", 303, submit="1", version=version(clerk, at), **WORDS)
    for verdict in ("yes", "yes"):
        secretary.post("/console/reviews/decide", 303, chosen=chosen(secretary), verdict=verdict)
    report(clerk, at, kind="progress", words="印好六类", percent="50")
    report(clerk, at, kind="fulfil", words="清单已上墙", evidence=(picture(), "清单.jpg"))
    page = secretary.get(at)
    assert "清单.jpg" in page
    link = re.search(r'href="(/files/[^"]+)"', page)
    assert link is not None
    assert b"Exif" not in secretary.open("GET", link[1], 200).data
    secretary.post("/console/reviews/decide", 303, chosen=chosen(secretary), verdict="yes")
    assert "已兑现（已核实）" in clerk.get(at)


def chosen(desk: Browser) -> list[str]:
    return re.findall(r'name="chosen" value="([^"]+)"', desk.get("/console/reviews/"))


def report(desk: Browser, at: str, **given: Any) -> None:
    found = re.search(r'name="version" value="(\d+)"', desk.get(at))
    assert found is not None
    desk.post(f"{at}/report", 303, version=found[1], **given)


def picture() -> BytesIO:
    out, exif = BytesIO(), Image.Exif()
    exif[0x010F] = "Camera"
    Image.new("RGB", (20, 20)).save(out, "JPEG", exif=exif)
    return BytesIO(out.getvalue())


def test_a_change_goes_to_review_and_back(staff: Browsers, bureau: Bureau) -> None:
    at = f"{ROOM}/{pledged(bureau, 'published', MONDAY)}"
    clerk, secretary = staff("clerk"), staff("secretary")
    given = WORDS | {"deadline": "2027-01-31", "why": "供应商延期"}
    clerk.post(f"{at}/change/send", 303, **given)
    secretary.post("/console/reviews/decide", 303, chosen=chosen(secretary), verdict="no", why="说明延到哪天")
    assert "说明延到哪天" in clerk.get(f"{at}/change")
    clerk.post(f"{at}/change/send", 303, **given)
    secretary.post("/console/reviews/decide", 303, chosen=chosen(secretary), verdict="yes")
    page = words_of(clerk.get(at))
    assert "第2版" in page
    assert "2026年12月31日2027年1月31日" in page


def test_absent_and_not_yours_look_the_same(staff: Browsers, bureau: Bureau) -> None:
    code = pledged(bureau, "submitted", MONDAY)
    stranger = staff("stranger")
    pages = [stranger.get(f"{ROOM}/{one}", 404).replace(one, "") for one in (code, "nothing")]
    assert pages[0] == pages[1]
    stranger.post(f"{ROOM}/{code}/withdraw", 404)


def test_a_unit_is_chosen_and_asked_for_its_meeting(staff: Browsers, bureau: Bureau, house: House) -> None:
    unit = section(bureau, "clerk")
    desk = staff("clerk")
    at = desk.post(f"{ROOM}/begin", 303, campaign="pledge_pioneer_2010", unit=str(unit)).headers["Location"].removesuffix("/edit")
    page = desk.post(f"{at}/save", 422, submit="1", version=version(desk, at), **WORDS).get_data(as_text=True)
    assert "党员大会" in page
    desk.post(f"{at}/save", 303, submit="1", version=version(desk, at), meeting="11月10日党员大会", **WORDS)
    with house.database.reading() as db:
        assert getattr(by_code(db, at.rpartition("/")[2]), "state", "") == "submitted"


def test_a_pledge_names_the_key_work_it_moves(staff: Browsers, bureau: Bureau, house: House) -> None:
    with house.database.transaction() as db:
        db.add(Work(code="road1", name="文明路改造工程", section="市政养护部", state="published", updated_on=local_day(MONDAY)))
    desk = staff("clerk")
    at = begun(desk)
    theme = {"theme": "道路建设改造、农村危房改造等重点为民工程"}
    assert "请关联一项重点工程" in desk.post(f"{at}/autosave", 200, HTMX, version=version(desk, at), **WORDS, **theme).get_data(as_text=True)
    said = desk.post(f"{at}/autosave", 200, HTMX, version=version(desk, at), **WORDS, **theme, work="road1").get_data(as_text=True)
    assert "请关联一项重点工程" not in said
    assert "关联重点工程：文明路改造工程" in desk.get(at)
    desk.post(f"{at}/save", 404, version=version(desk, at), **WORDS, work="none")
