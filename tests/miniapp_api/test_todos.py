"""待办 and 报送 on the phone: a secretary hands in from the phone and gets a number; the office returns it (A3, A4, F04)."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.bureau import Bureau
from tests.miniapp_api.conftest import Mini
from tests.services.test_submissions import MEETING
from tests.services.test_todos import start

Minis = Callable[[str], Mini]
KEY = {"Idempotency-Key": "hand-in-0001"}


@pytest.fixture
def phones(mini: Minis, bureau: Bureau) -> Callable[[str], Mini]:
    """Somebody of the bureau with the mini-program; the campaign runs."""
    start(bureau)

    def take(name: str) -> Mini:
        bureau.bind(name, f"o-{name}", "mini")
        return mini(name)

    return take


def first(secretary: Mini) -> dict[str, Any]:
    found: dict[str, Any] = secretary.ask(200, "GET", "/me/todos")["todos"][0]
    return found


def test_a_secretary_hands_in_from_the_phone_and_gets_a_number(phones: Minis) -> None:
    secretary = phones("secretary")
    todo = first(secretary)
    assert (todo["task"], todo["lateness"], todo["firm"]) == ("制定实施细则并报送", "还有8天", True)
    receipt = secretary.ask(201, "POST", f"/me/todos/{todo['id']}/submissions", {"words": "细则共五条"}, headers=KEY)
    assert receipt["receipt"] == "收字2026-0001"
    again = secretary.ask(201, "POST", f"/me/todos/{todo['id']}/submissions", {"words": "细则共五条"}, headers=KEY)
    assert again == receipt
    assert secretary.ask(409, "POST", f"/me/todos/{todo['id']}/submissions", {"words": "又一次"})["code"] == "already_handed_in"


def test_the_office_returns_it_with_a_reason_and_the_phone_shows_both_versions(phones: Minis) -> None:
    secretary, office = phones("secretary"), phones("office")
    todo = first(secretary)
    path = f"/me/todos/{todo['id']}"
    secretary.ask(201, "POST", f"{path}/submissions", {"words": "第一稿"})
    [waiting] = office.ask(200, "GET", "/submissions")["todos"]
    office.ask(422, "POST", f"/me/todos/{waiting['id']}/decision", {"no": 1, "accept": False})
    office.ask(200, "POST", f"/me/todos/{waiting['id']}/decision", {"no": 1, "accept": False, "why": "缺时间表"})
    shown = secretary.ask(200, "GET", path)
    assert (shown["todo"]["state_words"], shown["todo"]["why"]) == ("已退回", "缺时间表")
    assert "hand_in" in shown["may"]
    secretary.ask(201, "POST", f"{path}/submissions", {"words": "第二稿"})
    office.ask(409, "POST", f"{path}/decision", {"no": 1, "accept": True})
    accepted = office.ask(200, "POST", f"{path}/decision", {"no": 2, "accept": True})
    assert [one["decision"] for one in accepted["versions"]] == ["returned", "accepted"]


def test_a_file_goes_along_and_a_meeting_is_one_form(phones: Minis) -> None:
    secretary = phones("secretary")
    todo = first(secretary)
    path = f"/me/todos/{todo['id']}"
    secretary.ask(422, "POST", f"{path}/submissions", {"meeting": {"level": "党支部党员大会"}})
    secretary.ask(201, "POST", f"{path}/submissions", {"meeting": MEETING})
    shown = secretary.ask(200, "DELETE", f"{path}/submissions")
    assert shown["versions"][0]["meeting"]["place"] == "二楼会议室"
    assert shown["todo"]["state"] == "open"


def test_more_time_is_asked_for(phones: Minis) -> None:
    secretary = phones("secretary")
    path = f"/me/todos/{first(secretary)['id']}/extensions"
    assert secretary.ask(201, "POST", path, {"until": "2026-11-30", "why": "等县里批复"})["until"] == "2026-11-30"
    secretary.ask(409, "POST", path, {"until": "2026-11-30", "why": "等县里批复"})
    secretary.ask(422, "POST", path, {"until": "2026-02-31", "why": "没有这一天"})


@pytest.mark.parametrize("id", ["99999", "x", "9" * 30, "１"])
def test_another_branchs_and_no_todo_look_alike(phones: Minis, id: str) -> None:
    assert phones("secretary").ask(404, "GET", f"/me/todos/{id}")["code"] == "no_such_todo"


def test_a_citizen_has_none(phones: Minis, mini: Minis) -> None:
    phones("secretary")
    mini("wang").ask(403, "GET", "/me/todos")


@pytest.mark.parametrize("body", [{"words": 1}, {"words": "x", "more": 1}, {"files": ["x" * 40]}, {"words": "字" * 5001}, {}], ids=str)
def test_a_wrong_body_is_refused_by_its_field(phones: Minis, body: dict[str, Any]) -> None:
    secretary = phones("secretary")
    secretary.ask(422, "POST", f"/me/todos/{first(secretary)['id']}/submissions", body)
