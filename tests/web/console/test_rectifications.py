"""限期整改 in the console: the head answers, the office checks; others' orders and absent ones look the same; bad input in a sentence."""

from collections.abc import Callable

import pytest

from tests.bureau import Bureau
from tests.services.test_rectifications import do, progress, rated
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
