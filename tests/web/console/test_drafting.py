"""An office clerk pastes a notice, corrects what was read, and has a campaign; nothing typed is lost on the way."""

import html
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from domain.ports import House
from services import campaigns
from tests.web.conftest import Browser, words_of

Browsers = Callable[..., Browser]
NOTICE = (Path(__file__).parent.parent.parent / "domain" / "notices" / "pioneers.txt").read_text(encoding="utf-8")
ROOM = "/console/drafting"
FIELD = re.compile(r'<(?:input|select)[^>]* name="([^"]+)"([^>]*)>')


def fields(page: str) -> dict[str, str]:
    """What a browser would send back: every field as it stands."""
    found = {}
    for name, rest in FIELD.findall(page):
        value = re.search(r'value="([^"]*)"', rest)
        if value and ('type="checkbox"' not in rest or "checked" in rest):
            found[name] = html.unescape(value[1])
    for name, inside in re.findall(r'<select[^>]* name="([^"]+)"[^>]*>(.*?)</select>', page, re.S):
        chosen = re.search(r'<option value="([^"]*)" selected', inside)
        found[name] = chosen[1] if chosen else ""
    return found


def table(desk: Browser) -> dict[str, str]:
    return fields(desk.post(f"{ROOM}/draft", 200, text=NOTICE).get_data(as_text=True))


def test_every_line_of_the_draft_shows_the_sentence_it_came_from(staff: Browsers) -> None:
    page = words_of(staff("office").post(f"{ROOM}/draft", 200, text=NOTICE).get_data(as_text=True))

    assert "4个阶段，7项任务，其中3项有日期" in page
    assert "原文：由所在" not in page
    assert "原文：各党支部要结合实际，制定本支部的实施细则、活动计划，并于8月24日前报" in page


def test_the_corrected_draft_becomes_a_campaign(staff: Browsers, house: House) -> None:
    desk = staff("office")
    given = table(desk) | {"title": "岗位承诺季", "key": "promise_season", "task-1-title": "召开动员大会"}
    given.pop("task-6-keep")

    assert desk.post(f"{ROOM}/load", 303, **given).headers["Location"] == "/console/"

    assert "“岗位承诺季”已载入" in words_of(desk.get("/console/"))
    with house.database.reading() as db:
        loaded = campaigns.definition(db, "promise_season")
    assert loaded.title == "岗位承诺季"
    assert [task.title for task in loaded.tasks][1] == "召开动员大会"
    assert len(loaded.tasks) == 6


def test_it_leaves_as_a_file_too(staff: Browsers) -> None:
    desk = staff("office")
    answer = desk.post(f"{ROOM}/load", 200, as_file="1", **table(desk))

    assert "attachment" in answer.headers["Content-Disposition"]
    assert "due: 2010-08-24" in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("key", "Überschrift", "标识"),
        ("year", "二〇一〇", "年份“二〇一〇”读不懂"),
        ("task-0-due", "明天", "日期“明天”读不懂"),
        ("title", "", "title"),
    ],
    ids=["key", "year", "day", "title"],
)
def test_what_cannot_be_loaded_comes_back_as_it_was_filled_in(staff: Browsers, field: str, value: str, says: str) -> None:
    desk = staff("office")
    given = table(desk) | {"task-1-title": "改过的标题", field: value}

    page = desk.post(f"{ROOM}/load", 422, **given).get_data(as_text=True)

    assert says in page
    assert fields(page)["task-1-title"] == "改过的标题"


def test_a_text_without_a_schedule_stays_in_its_field(staff: Browsers) -> None:
    page = staff("office").post(f"{ROOM}/draft", 422, text="2027年没有安排的一段话", year="").get_data(as_text=True)

    assert "没有在这段文字里找到阶段或时间" in page
    assert "2027年没有安排的一段话</textarea>" in page


def test_markup_in_a_notice_stays_words(staff: Browsers) -> None:
    page = staff("office").post(f"{ROOM}/draft", 200, text="各党支部于2027年3月20日前报送<script>alert(1)</script>方案。").get_data(as_text=True)

    assert "<script>alert" not in page


def test_drafting_is_the_offices(staff: Browsers) -> None:
    staff("secretary").get(f"{ROOM}/", 403)
    staff("clerk").post(f"{ROOM}/load", 403)
