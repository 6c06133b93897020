"""查进度: what anybody who holds the number may know, and nothing more."""

from collections.abc import Callable

import pytest

from tests.bureau import Bureau
from tests.services.test_rectifications import do
from tests.web.conftest import Browser, words_of

Browsers = Callable[..., Browser]


@pytest.mark.parametrize("said", ["A0001", "a1", "Ａ０００１", "A-0001"])
def test_a_number_tells_state_and_date(browser: Browsers, bureau: Bureau, said: str) -> None:
    browser().rate(f"/p/{bureau.codes[3]}/ratings", level="1", note="等了两个小时")
    words = words_of(browser().open("GET", "/progress", 200, query_string={"number": said}).get_data(as_text=True))
    assert "现在正在整改" in words
    assert "整改期限2026年11月23日" in words
    assert "两个小时" not in words
    assert "不动产" not in words


def test_a_number_nobody_was_given_is_not_known(browser: Browsers) -> None:
    assert "没有查到这个编号" in words_of(browser().get("/progress?number=A0001", expect=404))


def fixed(bureau: Bureau, browser: Browser) -> None:
    """Rated badly in this browser, answered and checked."""
    browser.rate(f"/p/{bureau.codes[3]}/ratings", level="1", note="等了两个小时")
    do(bureau, "answer", "head", "A0001", "已增开一个窗口")
    do(bureau, "close", "office", "A0001")


def test_the_browser_that_rated_is_asked_for_the_verdict_and_no_other(browser: Browsers, bureau: Bureau) -> None:
    own, other = browser(), browser()
    fixed(bureau, own)
    assert "您对整改结果满意吗" in own.get("/progress?number=A0001")
    page = words_of(other.get("/progress?number=A0001"))
    assert "已增开一个窗口" in page
    assert "您对整改结果满意吗" not in page
    assert "只有评价人本人" in words_of(other.post("/progress/A0001", 403, verdict="satisfied").get_data(as_text=True))


def test_a_verdict_is_given_once_and_sends_the_order_back(browser: Browsers, bureau: Bureau) -> None:
    own = browser()
    fixed(bureau, own)
    assert "请选择“满意”或“不满意”" in own.post("/progress/A0001", 422, verdict="x", note="还是排队").get_data(as_text=True)
    where = own.post("/progress/A0001", verdict="dissatisfied", note="还是排队").headers["Location"]
    assert "已转二次督办" in own.get(where)
    assert "已转二次督办" not in browser().get(where)
    own.post("/progress/A0001", 409, verdict="satisfied")
    own.post("/progress/A9999", 404, verdict="satisfied")
