"""限期整改 in the console: the head answers, the office checks; others' orders and absent ones look the same; bad input in a sentence."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from domain.marks import Mark
from domain.ports import House
from domain.ratings import Privacy
from models.steps import Step
from models.windows import ServiceWindow
from services import ratings
from services import register as registers
from tests.bureau import Bureau
from tests.conftest import MONDAY
from tests.services.test_rectifications import WANG, do, progress, rated
from tests.web.conftest import Browser, words_of

Staff = Callable[[str], Browser]
ROOM = "/console/rectifications/"


def test_the_desk_leads_those_who_must_act_to_the_page(staff: Staff, bureau: Bureau) -> None:
    number = rated(bureau)
    head, office = staff("head"), staff("office")
    assert f"{ROOM}{number}" in head.get("/console/")
    page = head.get(f"{ROOM}{number}")
    assert "等了两个小时，电话138****5678" in words_of(page)
    assert "不满意" in page
    head.post(f"{ROOM}{number}/answer", answer="已增开一个窗口")
    assert "复核限期整改" in office.get("/console/")
    office.post(f"{ROOM}{number}/reopen", why="没有说何时改好")
    assert "复核退回：没有说何时改好" in words_of(head.get(f"{ROOM}{number}"))
    head.post(f"{ROOM}{number}/answer", answer="已增开一个窗口，本周五起开放")
    office.post(f"{ROOM}{number}/close")
    assert progress(bureau, number).answer == "已增开一个窗口，本周五起开放"
    assert number in office.get(f"{ROOM}?view=ended")
    assert number not in office.get(ROOM)


def test_the_form_comes_back_with_a_sentence(staff: Staff, bureau: Bureau) -> None:
    number = rated(bureau)
    assert "请写明核实了什么" in staff("head").post(f"{ROOM}{number}/answer", 422, answer=" ").get_data(as_text=True)
    do(bureau, "answer", "head", number, "办好了")
    assert "请写明还差什么" in staff("office").post(f"{ROOM}{number}/reopen", 422, why="").get_data(as_text=True)
    staff("office").post(f"{ROOM}{number}/answer", 409, answer="又办了一次")


def test_another_branchs_order_and_an_absent_one_look_the_same(staff: Staff, bureau: Bureau) -> None:
    other = staff("other_secretary")
    pages = [other.get(f"{ROOM}{which}", 404).replace(which, "…") for which in (rated(bureau), "A9999")]
    assert pages[0] == pages[1]


@pytest.mark.parametrize("query", ["view=nothing", "after=x", "view=late&after=99999999999999999999"])
def test_a_list_asked_for_oddly_is_still_a_list(staff: Staff, bureau: Bureau, query: str) -> None:
    rated(bureau)
    assert "限期整改" in staff("office").get(f"{ROOM}?{query}")


def test_the_number_left_for_a_call_back_is_read_with_a_purpose_and_a_record(staff: Staff, bureau: Bureau, house: House) -> None:
    """“只有指定的回访人员能看到，被评价的窗口看不到”: what the mini-program says before a confidential rating."""
    number = rated(bureau, privacy=Privacy.CONFIDENTIAL)
    office = staff("office")
    assert "13812345678" not in office.get(f"{ROOM}{number}")
    assert "请写明看联系方式的用途" in office.post(f"{ROOM}{number}/contact", 422, contact_why=" ").get_data(as_text=True)
    shown = office.post(f"{ROOM}{number}/contact", 200, contact_why="回访核实").get_data(as_text=True)
    assert "群众原话：<b>等了两个小时，电话13812345678</b>" in shown
    assert "13812345678" not in office.get(f"{ROOM}{number}")
    with house.database.reading() as db:
        looks = db.scalars(select(Step).where(Step.verb == "read_phone")).all()
    assert [(one.thing, one.why, one.who) for one in looks] == [("rectification", "回访核实", bureau.actor("office").label)]
    for who in ("head", "secretary", "committee", "auditor"):
        assert f"{number}/contact" not in staff(who).get(f"{ROOM}{number}")
        assert "13812345678" not in staff(who).post(f"{ROOM}{number}/contact", 403, contact_why="想看看").get_data(as_text=True)


def test_who_stays_anonymous_is_called_by_nobody(staff: Staff, bureau: Bureau, house: House) -> None:
    number, office = rated(bureau), staff("office")
    assert f"{number}/contact" not in office.get(f"{ROOM}{number}")
    answer = office.post(f"{ROOM}{number}/contact", 409, contact_why="回访核实").get_data(as_text=True)
    assert "评价人选的是匿名" in answer
    assert "13812345678" not in answer


def test_without_a_number_there_is_nobody_to_call(staff: Staff, bureau: Bureau, house: House) -> None:
    with house.database.transaction() as db:
        said = ratings.rate_window(db, WANG, bureau.windows[5], Mark.DISSATISFIED, "等了两个小时", MONDAY, privacy=Privacy.CONFIDENTIAL)
    assert "没有留下联系方式" in staff("office").post(f"{ROOM}{said.number}/contact", 404, contact_why="回访核实").get_data(as_text=True)
    assert "查看联系方式" not in staff("office").get(f"{ROOM}{said.number}")


def test_the_own_windows_rater_is_not_called_by_its_head(staff: Staff, bureau: Bureau, house: House) -> None:
    number = rated(bureau, privacy=Privacy.PUBLIC)
    with house.database.transaction() as db:
        db.get_one(ServiceWindow, bureau.windows[3]).head_id = bureau.people["office"]
        registers.grow(db)
    staff("office").post(f"{ROOM}{number}/contact", 403, contact_why="回访核实")
