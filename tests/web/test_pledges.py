"""承诺公示 /board: what stands published, a page at a time."""

import re
from collections.abc import Callable

from models.pledges import Pledge
from tests.bureau import Bureau
from tests.conftest import Clock
from tests.services.test_publicity_term import in_campaign
from tests.web.conftest import Browser, words_of

Browsers = Callable[..., Browser]


def more_pledges(bureau: Bureau, n: int) -> None:
    with bureau.house.database.transaction() as db:
        same = {"campaign": "demo", "author_id": bureau.people["stranger"], "window_id": bureau.windows[5], "state": "published"}
        db.add_all(Pledge(code=f"more{i}", content=f"第{i}项承诺", **same) for i in range(n))


def test_the_board_shows_the_four_clears_and_no_full_name(browser: Browsers) -> None:
    words = words_of(browser().get("/board"))
    assert "3号窗口（不动产登记窗口）" in words
    assert "内容办证材料一次告知措施印制清单，逐项讲解标准群众少跑一趟，差评为零时限2026年12月31日" in words
    assert "禾小满" not in words
    assert "还在起草" not in words


def test_every_pledge_is_on_exactly_one_page(browser: Browsers, bureau: Bureau) -> None:
    more_pledges(bureau, 24)
    path, seen = "/board", []
    while path:
        page = browser().get(path)
        seen += re.findall(r"第(\d+)项承诺", page)
        onward = re.search(r'href="(/board\?after=[^"]+)">下一页', page)
        path = onward[1].replace("&amp;", "&") if onward else ""
    assert seen == [str(n) for n in range(24)]


def test_the_board_can_be_narrowed_to_one_window(browser: Browsers, bureau: Bureau) -> None:
    more_pledges(bureau, 12)
    page = browser().get(f"/board?window={bureau.windows[5]}")
    assert "办证材料一次告知" not in page
    assert f"window={bureau.windows[5]}" in re.findall(r'href="([^"]+)">下一页', page)[0]


def test_a_window_without_pledges_says_so(browser: Browsers, bureau: Bureau) -> None:
    assert "没有符合条件的承诺" in words_of(browser().get(f"/board?window={bureau.windows[1]}"))


def test_after_its_term_a_pledge_says_so_and_no_more(browser: Browsers, bureau: Bureau, clock: Clock) -> None:
    code, reader = in_campaign(bureau), browser()
    reader.get(f"/board/{code}")
    clock.pass_(days=90)
    told = reader.get(f"/board/{code}", 410)
    assert "承诺公示到2027年1月30日为止" in told
    assert "窗口材料一次告知" not in told
    assert "“亮诺活动1”已经结束" in reader.get("/board")
    reader.get(f"/board/{code}/objections", 410)
    reader.get(f"/api/v1/pledges/{code}", 410)
    assert "承诺公示到2027年1月30日为止" in reader.get("/api/v1/pledge-choices")
