"""大厅大屏: what stands on it, what does not, and that it goes on without a script."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from domain.marks import Mark
from domain.policy import STANDARD
from domain.ratings import RatingDeed
from services import figures, ratings
from tests.bureau import Bureau
from tests.conftest import MONDAY
from tests.services.test_works import go, written
from tests.web.conftest import Browser, words_of

Browsers = Callable[..., Browser]


def rate(bureau: Bureau, n: int) -> None:
    with bureau.house.database.transaction() as db:
        deeds = [RatingDeed(bureau.actor("auditor").__class__(rater=f"r{i}"), bureau.windows[3], Mark(5 if i else 1)) for i in range(n)]
        ratings.rate_windows(db, deeds, MONDAY, STANDARD)
        figures.publish(db, MONDAY + timedelta(days=1))


def test_pledges_stand_in_the_chosen_form_with_codes_to_rate(browser: Browsers, bureau: Bureau) -> None:
    page = browser().get("/screen")
    words = words_of(page)
    assert "一次告知，少跑一趟" in words
    assert "禾同志" in words
    assert "禾小满" not in words
    assert page.count('role="img"') == 2
    assert "还在起草" not in words


@pytest.mark.parametrize(("n", "shown"), [(4, False), (5, True)])
def test_no_rate_stands_without_its_number_or_under_the_minimum(browser: Browsers, bureau: Bureau, n: int, shown: bool) -> None:
    rate(bureau, n)
    words = words_of(browser().get("/screen"))
    assert ("80%5条" in words) is shown
    assert ("另有2个窗口评价不足5条" in words) is shown


def test_works_stand_with_their_milestones(browser: Browsers, bureau: Bureau) -> None:
    go(bureau, written(bureau), "publish")
    words = words_of(browser().get("/screen"))
    assert "文明路改造" in words
    assert "进场计划9月1日按期完成" in words


def test_without_a_script_the_next_slide_comes_by_itself(browser: Browsers, bureau: Bureau) -> None:
    go(bureau, written(bureau), "publish")
    page = browser().get("/screen?at=1")
    assert 'url=/screen?at=2"' in page
    assert page.count("slide_on") == 1
    for said in ("999999999999", "-1", "x", ""):
        assert browser().get(f"/screen?at={said}").count("slide_on") == 1


def test_it_is_drawn_once_an_edition(browser: Browsers, bureau: Bureau) -> None:
    first = browser().open("GET", "/screen", 200).headers["ETag"]
    browser().open("GET", "/screen", 304, headers={"If-None-Match": first})
    go(bureau, written(bureau), "publish")
    assert browser().open("GET", "/screen", 200, headers={"If-None-Match": first}).headers["ETag"] != first
