"""评价: the form of a landing page, without any script, as citizens use and misuse it."""

import re
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from sqlalchemy import select

from domain.ports import House
from models.letters import Letter
from models.ratings import Rating, Tally
from services import badges
from tests.bureau import Bureau
from tests.conftest import Clock
from tests.web.conftest import Browser, words_of

Browsers = Callable[..., Browser]


def rows(house: House, table: Any = Rating) -> Sequence[Any]:
    with house.database.reading() as db:
        return list(db.scalars(select(table)).all())


@pytest.fixture
def form(bureau: Bureau) -> str:
    return f"/p/{bureau.codes[3]}/ratings"


def test_two_taps_are_one_rating(browser: Browsers, form: str, bureau: Bureau) -> None:
    citizen = browser()
    words = words_of(citizen.get(citizen.rate(form, level="4")))
    assert "谢谢，评价已登记" in words
    [row] = rows(bureau.house)
    assert (row.level, row.window_id, row.post_id) == (4, bureau.windows[3], bureau.windows[3])
    assert (row.channel, row.privacy, row.standing) == ("browser", "anonymous", "browser")


def test_a_bad_rating_gets_a_number_a_day_and_a_letter(browser: Browsers, form: str, bureau: Bureau) -> None:
    citizen = browser()
    words = words_of(citizen.get(citizen.rate(form, level="2", tags2=["等候太久"], note="等了两个小时")))
    assert "A0001" in words
    assert "最迟11月23日（星期一）整改完毕" in words
    assert "无法回访您" in words
    assert [letter.person_id for letter in rows(bureau.house, Letter) if letter.kind == "rectification_open"] == [bureau.people["head"]]


def test_rating_again_the_same_day_changes_the_same_rating(browser: Browsers, form: str, bureau: Bureau) -> None:
    citizen = browser()
    first, second = citizen.rate(form, level="5"), citizen.rate(form, level="3")
    assert first == second
    assert "评价已修改" in words_of(citizen.get(second))
    assert [(row.level, row.changes) for row in rows(bureau.house)] == [(3, 1)]


def test_two_browsers_are_two_people(browser: Browsers, form: str, bureau: Bureau) -> None:
    assert browser().rate(form, level="5") != browser().rate(form, level="1")
    assert sorted(row.level for row in rows(bureau.house)) == [1, 5]


def test_reloading_the_result_sends_nothing(browser: Browsers, form: str, bureau: Bureau) -> None:
    citizen = browser()
    result = citizen.rate(form, level="1")
    assert citizen.get(result) == citizen.get(result)
    assert len(rows(bureau.house)) == 1


def test_the_result_page_changes_the_rating_on_a_later_day(browser: Browsers, form: str, bureau: Bureau, clock: Clock) -> None:
    citizen = browser()
    result = citizen.rate(form, level="1")
    clock.pass_(days=2)
    citizen.post(result, level="4", tags4=["态度友好"], note="后来办好了")
    assert "整改通知A0001随之撤销" in words_of(citizen.get(result))
    assert [(row.level, row.tags, row.note) for row in rows(bureau.house)] == [(4, ["态度友好"], "后来办好了")]
    assert sum(tally.n for tally in rows(bureau.house, Tally)) == 1


def test_after_its_term_a_rating_stands(browser: Browsers, form: str, clock: Clock) -> None:
    citizen = browser()
    result = citizen.rate(form, level="4")
    clock.pass_(days=8)
    assert "保存修改" not in citizen.get(result)
    assert "7天后不能再修改" in words_of(citizen.post(result, expect=409, level="5").get_data(as_text=True))


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_nobody_else_sees_or_changes_a_rating(browser: Browsers, form: str, bureau: Bureau, method: str) -> None:
    result = browser().rate(form, level="4")
    other = browser()
    other.rate(f"/p/{bureau.codes[5]}/ratings", level="4")
    other.open(method, result, 404, data={"level": "1"} if method == "POST" else None)
    assert {row.level for row in rows(bureau.house)} == {4}


def test_a_browser_without_cookies_is_told_that_the_rating_is_in(browser: Browsers, form: str) -> None:
    assert "评价已经登记，不用再提交" in words_of(browser().get(browser().rate(form, level="4"), expect=404))


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        pytest.param({}, "请先选一项满意程度", id="no-level"),
        pytest.param({"level": "9"}, "没有看懂满意程度", id="no-such-level"),
        pytest.param({"level": "满" * 5000}, "没有看懂满意程度", id="long-level"),
        pytest.param({"level": "4", "tags4": "拖着不办"}, "拖着不办", id="tag-of-another-level"),
        pytest.param({"level": "4", "tags": "没有这项"}, "“没有这项”不在可选范围内", id="no-such-tag"),
        pytest.param({"level": "4", "note": "好" * 501}, "最多500个字", id="long-note"),
        pytest.param({"level": "4", "note": "我是110101199001011234"}, "像是有身份证号", id="id-number"),
        pytest.param({"level": "4", "privacy": "confidential"}, "只能匿名", id="not-anonymous"),
        pytest.param({"level": "4", "website": "http://x"}, "看不到的内容", id="honeypot"),
    ],
)
def test_a_form_that_cannot_be_taken_comes_back_filled_in(browser: Browsers, form: str, bureau: Bureau, sent: dict[str, str], told: str) -> None:
    page = browser().open("POST", form, 422, data=sent).get_data(as_text=True)
    assert told in words_of(page)
    assert "不动产登记窗口" in page
    assert not rows(bureau.house)


def test_what_was_written_stays_in_the_form(browser: Browsers, form: str) -> None:
    page = browser().post(form, expect=422, level="4", tags4=["业务熟练", "没有这项"], note="很耐心").get_data(as_text=True)
    assert "很耐心</textarea>" in page
    assert len(re.findall(r'value="4" required checked|value="业务熟练" checked', page)) == 2


def test_reasons_of_a_level_that_was_left_are_not_sent_along(browser: Browsers, form: str, bureau: Bureau) -> None:
    browser().rate(form, level="5", tags2=["等候太久"], tags5=["办理很快"])
    assert rows(bureau.house)[0].tags == ["办理很快"]


@pytest.mark.parametrize("note", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</textarea><b>"])
def test_a_note_is_text_and_nothing_else(browser: Browsers, form: str, note: str) -> None:
    citizen = browser()
    page = citizen.get(citizen.rate(form, level="4", note=note))
    assert note not in page
    assert "&lt;" in page


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "", "Referer": "https://evil.example/p"},
        {"Origin": "http://[", "Referer": ""},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
    ids=str,
)
def test_a_form_from_elsewhere_is_not_taken(browser: Browsers, form: str, bureau: Bureau, headers: dict[str, str]) -> None:
    assert "没有登记" in words_of(browser().post(form, expect=403, headers=headers, level="1").get_data(as_text=True))
    assert not rows(bureau.house)


@pytest.mark.parametrize("headers", [{"Origin": "http://127.0.0.1:8000"}, {"Origin": "", "Referer": "http://localhost/p/x"}, {"Origin": ""}], ids=str)
def test_a_form_from_our_pages_or_from_an_old_browser_is_taken(browser: Browsers, form: str, headers: dict[str, str]) -> None:
    browser().post(form, headers=headers, level="5")


def test_the_cookie_tells_nothing_and_ends_with_the_term(browser: Browsers, form: str) -> None:
    cookie = browser().post(form, level="5").headers["Set-Cookie"]
    for said in ("HttpOnly", "SameSite=Lax", "Path=/", f"Max-Age={8 * 86400}"):
        assert said in cookie


@pytest.mark.parametrize("cookie", ["forged", "forged.c2lnbmVk", "x" * 3000, "%00", '"é"'])
def test_a_forged_cookie_is_no_cookie(browser: Browsers, form: str, bureau: Bureau, cookie: str) -> None:
    citizen = browser()
    citizen.client.set_cookie("liangnuo_device", cookie)
    citizen.rate(form, level="5")
    assert len(rows(bureau.house)) == 1


def test_one_address_is_asked_to_wait_and_told_how_long(browser: Browsers, form: str, bureau: Bureau) -> None:
    for _ in range(20):
        browser("198.51.100.7").rate(form, level="5")
    answer = browser("198.51.100.7").post(form, expect=429, level="5")
    assert "请30分钟后再来" in words_of(answer.get_data(as_text=True))
    assert answer.headers["Retry-After"] == "1800"
    browser("198.51.100.8").rate(form, level="5")
    assert len(rows(bureau.house)) == 21


def test_a_revoked_plate_takes_no_rating_but_shows_the_window(browser: Browsers, form: str, bureau: Bureau, clock: Clock) -> None:
    with bureau.house.database.transaction() as db:
        badges.revoke(db, bureau.actor("office"), bureau.codes[3], "遗失", clock.now())
    page = browser().post(form, expect=410, level="5").get_data(as_text=True)
    assert f'href="/windows/{bureau.windows[3]}"' in page
    assert not rows(bureau.house)


def test_a_window_without_a_code_can_be_rated(browser: Browsers, bureau: Bureau) -> None:
    browser().rate(f"/windows/{bureau.windows[5]}/ratings", level="3")
    [row] = rows(bureau.house)
    assert (row.window_id, row.post_id) == (bureau.windows[5], None)


def test_a_body_that_is_too_large_is_refused_before_it_is_read(browser: Browsers, form: str, bureau: Bureau) -> None:
    page = browser().post(form, expect=413, level="5", note="x" * 70_000).get_data(as_text=True)
    assert "内容太多了" in words_of(page)
    assert not rows(bureau.house)
