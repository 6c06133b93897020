"""首页: finding a window by whatever people type."""

from collections.abc import Callable

import pytest

from tests.bureau import Bureau
from tests.web.conftest import Browser, words_of

Browsers = Callable[..., Browser]


def test_the_front_page_offers_the_three_things(browser: Browsers) -> None:
    words = words_of(browser().get("/"))
    assert [told for told in ("我要评价", "承诺公示", "查进度", "1号综合受理窗口") if told not in words] == []


@pytest.mark.parametrize("said", ["3", "３号窗口", "三号窗口", "不动产登记窗口", "房产登记", " 3号 "])
def test_exact_words_lead_straight_to_the_window(browser: Browsers, bureau: Bureau, said: str) -> None:
    answer = browser().open("GET", "/windows", 303, query_string={"said": said})
    assert answer.headers["Location"] == f"/windows/{bureau.windows[3]}"


@pytest.mark.parametrize("form", ["{code}", "p:{code}", "http://127.0.0.1:8000/p/{code}", " {upper} "])
def test_a_code_or_a_whole_link_leads_to_its_plate(browser: Browsers, bureau: Bureau, form: str) -> None:
    said = form.format(code=bureau.codes[3], upper=bureau.codes[3].upper())
    assert browser().open("GET", "/windows", 303, query_string={"said": said}).headers["Location"] == f"/p/{bureau.codes[3]}"


def test_nearly_right_words_are_asked_back(browser: Browsers) -> None:
    assert "您要找的是不是：5号房管服务窗口" in words_of(browser().get("/windows?said=房官"))


def test_words_that_mean_nothing_get_the_whole_list(browser: Browsers) -> None:
    words = words_of(browser().get("/windows?said=%3Cb%3Exyz"))
    assert "没有找到" in words
    assert "1号综合受理窗口" in words


def test_without_a_code_the_page_asks_for_one(browser: Browsers) -> None:
    assert "请输入窗口号" in words_of(browser().get("/p/"))


def test_collectors_are_asked_to_stay_away(browser: Browsers) -> None:
    assert "Disallow: /" in browser().get("/robots.txt")
