"""审核承诺、单位承诺汇总 at the console: twenty on a phone in one deed; a batch from the branch to the committee."""

import re
from collections.abc import Callable

import pytest

from tests.bureau import Bureau
from tests.conftest import MONDAY
from tests.pledging import load, of_section, pledged, section
from tests.web.conftest import Browser, words_of

Browsers = Callable[..., Browser]
TICKS = re.compile(r'name="chosen" value="([^"]+)"')


def test_twenty_are_approved_in_one_deed(staff: Browsers, bureau: Bureau) -> None:
    for n in range(20):
        pledged(bureau, "submitted", MONDAY, content=f"第{n}件事一次告知")
    desk = staff("secretary")
    desk.post("/console/reviews/decide", 303, chosen=TICKS.findall(desk.get("/console/reviews/")), verdict="yes")
    page = words_of(desk.get("/console/reviews/?turn=review"))
    assert "已办20条。" in page
    assert "待公示20" in page


def test_a_return_needs_its_reason_and_keeps_the_ticks(staff: Browsers, bureau: Bureau) -> None:
    pledged(bureau, "submitted", MONDAY)
    desk = staff("secretary")
    [tick] = TICKS.findall(desk.get("/console/reviews/"))
    page = desk.post("/console/reviews/decide", 422, chosen=tick, verdict="no").get_data(as_text=True)
    assert "请写明退回的原因" in page
    assert "checked" in page
    assert "请先勾选" in desk.post("/console/reviews/decide", 422, verdict="no", why="写清楚").get_data(as_text=True)
    desk.post("/console/reviews/decide", 303, chosen=tick, verdict="no", why="写清办几件")
    assert "写清办几件" in staff("clerk").get("/console/pledges/")


@pytest.mark.parametrize("tick", ["", "x", "review:nothing:1", "review::", "a:b:c", "confirm:" + "9" * 400])
def test_what_nobody_ticked_is_answered_in_words(staff: Browsers, bureau: Bureau, tick: str) -> None:
    staff("secretary").post("/console/reviews/decide", 422, chosen=tick, verdict="yes")


def test_a_batch_goes_from_the_branch_to_the_committee_and_back(staff: Browsers, bureau: Bureau) -> None:
    load(bureau, "pledge-pioneer-2010", MONDAY)
    unit = section(bureau, "clerk", "head")
    codes = [of_section(bureau, unit, MONDAY, by=who) for who in ("clerk", "head", "clerk")]
    branch, committee = staff("secretary"), staff("committee")
    branch.post(f"/console/batches/give-back/{codes[2]}", 303, why="与第一条重复")
    given = {"campaign": "pledge_pioneer_2010", "branch": str(bureau.branch)}
    at = branch.post("/console/batches/compile", 303, chosen=codes[:2], **given).headers["Location"]
    assert "审定单位承诺：窗口党支部" in words_of(committee.get("/console/"))
    assert "请写明退回的原因" in committee.post(f"{at}/decide", 422, chosen=codes[1], verdict="no").get_data(as_text=True)
    committee.post(f"{at}/decide", 303, chosen=codes[1], verdict="no", why="写清办几件")
    committee.post(f"{at}/decide", 303, verdict="yes", number="平建党发[2026]9号")
    page = words_of(branch.get(at))
    assert "已审定文号：平建党发[2026]9号" in page
    assert "写清办几件" in page
    branch.post(f"{at}/decide", 403, verdict="yes")
    staff("other_secretary").get(at, 404)


def test_the_desk_leads_to_what_waits(staff: Browsers, bureau: Bureau) -> None:
    pledged(bureau, "submitted", MONDAY)
    desk = staff("secretary")
    link = re.search(r'href="([^"]+)">待审核的承诺1条', desk.get("/console/"))
    assert link is not None
    assert "禾小满" in desk.get(link[1])
