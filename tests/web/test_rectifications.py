"""查进度: what anybody who holds the number may know, and nothing more."""

from collections.abc import Callable

import pytest

from tests.bureau import Bureau
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
