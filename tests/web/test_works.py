"""重点工程 in a browser: planned beside actual, what is late with its reason."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from tests.bureau import Bureau
from tests.services.test_works import PLAN, go, written
from tests.web.conftest import Browser, words_of

Browsers = Callable[..., Browser]


def test_a_citizen_sees_planned_and_actual_dates(browser: Browsers, bureau: Bureau) -> None:
    late = replace(PLAN[1], expected=date(2027, 1, 3), note="管线迁改")
    code = written(bureau, milestones=(PLAN[0], late))
    assert "目前没有公开的重点工程" in browser().get("/works")
    go(bureau, code, "publish")
    words = words_of(browser().get(f"/works/{code}"))
    assert "进场按期完成计划2026年9月1日；实际2026年9月1日" in words
    assert "竣工推迟14天计划2026年12月20日；调整到2027年1月3日说明：管线迁改" in words
    assert "文明路改造" in browser().get("/works")


def test_a_pledge_and_its_work_lead_to_each_other(browser: Browsers, bureau: Bureau) -> None:
    code = written(bureau)
    go(bureau, code, "publish")
    page = browser().get(f"/works/{code}")
    pledge = page.partition('href="/board/')[2].partition('"')[0]
    assert f"/works/{code}" in browser().get(f"/board/{pledge}")


def test_a_work_that_is_not_public_looks_like_none(browser: Browsers, bureau: Bureau) -> None:
    draft = written(bureau)
    pages = [browser().get(f"/works/{code}", expect=404) for code in (draft, "nothing")]
    assert len(set(pages)) == 1
    browser().get("/works/%00", expect=404)
