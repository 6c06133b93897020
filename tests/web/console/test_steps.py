"""办理记录 on the console: the auditor reads and verifies all of it, others only their own; a hand edit is told."""

from collections.abc import Callable

import pytest
from sqlalchemy import text

from domain.ports import House
from tests.bureau import Bureau
from tests.services.test_steps import without_triggers
from tests.web.conftest import Browser, words_of

Browsers = Callable[..., Browser]


def test_the_auditor_reads_who_did_what_as_which_seat(staff: Browsers) -> None:
    page = words_of(staff("auditor").get("/console/steps/?thing=pledge"))
    assert "苏明礼（支部书记）" in page
    assert "审核通过待审核→已审定" in page


def test_a_name_and_a_thing_narrow_it(staff: Browsers) -> None:
    page = words_of(staff("auditor").get("/console/steps/?name=禾小满&thing=pledge"))
    assert "禾小满" in page
    assert "苏明礼" not in page
    assert "没有符合条件" in words_of(staff("auditor").get("/console/steps/?name=无此人"))


@pytest.mark.parametrize("asked", ["before=x", "since=2026-13-45", "thing=drop table", "before=99999999999999999999", "until=%00"])
def test_a_nonsense_question_is_read_as_none(staff: Browsers, asked: str) -> None:
    staff("auditor").get(f"/console/steps/?{asked}")


def test_others_read_only_their_own(staff: Browsers) -> None:
    desk = staff("secretary")
    desk.get("/console/steps/", 403)
    desk.get("/console/steps/verify", 403)
    page = words_of(desk.get("/console/steps/mine"))
    assert "审核通过" in page
    assert "禾小满" not in page


def test_a_hand_edit_is_told_with_its_number(staff: Browsers, house: House, bureau: Bureau) -> None:
    assert "环环相扣" in words_of(staff("auditor").get("/console/steps/verify"))
    without_triggers(house, lambda db: db.execute(text("UPDATE steps SET why = 'x' WHERE no = 4")))
    assert "第4步对不上校验" in words_of(staff("auditor").get("/console/steps/verify"))
