"""异议办理 in the console: the branch answers, another releases; citizens' words are judged by a person."""

from collections.abc import Callable

from domain.ratings import Privacy
from services import text_checks
from services.text_checks import Verdict
from tests.bureau import Bureau
from tests.conftest import MONDAY
from tests.services.test_objections import objected, progress
from tests.web.conftest import Browser, words_of

Staff = Callable[[str], Browser]


def test_from_the_desk_to_the_released_answer(staff: Staff, bureau: Bureau) -> None:
    number = objected(bureau)
    secretary, office = staff("secretary"), staff("office")
    assert f"/console/objections/{number}" in secretary.get("/console/")
    secretary.post(f"/console/objections/{number}/answer", answer="已补印清单")
    assert "核定异议的答复" in office.get("/console/")
    office.post(f"/console/objections/{number}/release")
    assert progress(bureau, number).answer == "已补印清单"


def test_an_empty_answer_brings_the_page_back(staff: Staff, bureau: Bureau) -> None:
    number = objected(bureau)
    page = staff("secretary").open("POST", f"/console/objections/{number}/answer", 422, data={"answer": " "}, headers={"Origin": "http://localhost"})
    assert "请写明核实的情况" in page.get_data(as_text=True)


def test_another_branch_and_a_member_see_none_of_it(staff: Staff, bureau: Bureau) -> None:
    number = objected(bureau)
    other = staff("other_secretary")
    assert number not in other.get("/console/objections/")
    pages = [other.get(f"/console/objections/{which}", expect=404).replace(which, "") for which in (number, "异9999")]
    assert pages[0] == pages[1]
    staff("clerk").get("/console/objections/", expect=403)


def test_the_phone_is_shown_once_to_who_answers(staff: Staff, bureau: Bureau) -> None:
    number = objected(bureau, privacy=Privacy.CONFIDENTIAL, phone_sealed=bureau.house.sealer.seal("13812345678"))
    secretary = staff("secretary")
    assert "13812345678" not in secretary.get(f"/console/objections/{number}")
    shown = secretary.post(f"/console/objections/{number}/phone", expect=200, phone_why="回访").get_data(as_text=True)
    assert "13812345678" in shown


def test_held_words_are_judged_by_a_person(staff: Staff, bureau: Bureau) -> None:
    objected(bureau, "都是王八蛋")
    with bureau.house.database.transaction() as db:
        (one,) = text_checks.take(db, MONDAY)
        text_checks.settle(db, one.id, Verdict(False, "自有词表：辱骂"), MONDAY)
    office = staff("office")
    assert "自有词表：辱骂" in office.get("/console/objections/")
    office.post(f"/console/objections/texts/{one.id}", verb="hide")
    assert "自有词表" not in words_of(office.get("/console/objections/"))
    office.post(f"/console/objections/texts/{one.id}", expect=409, verb="clear")
