"""订阅提醒: the client reports its popup; the balance is shown in a sentence; foreign templates and repeats of a tap count nothing."""

from collections.abc import Callable
from typing import Any

import pytest

from domain.ports import House
from services import message_consents
from tests.conftest import AES_KEY, Clock
from tests.miniapp_api.conftest import Mini

Minis = Callable[[str], Mini]


@pytest.fixture
def given(given: dict[str, Any]) -> dict[str, Any]:
    account = {
        "appid": "wxfedcba0987654321",
        "secret": "s" * 32,
        "token": "bureau-token",
        "encoding_aes_key": AES_KEY,
        "api_base": "http://127.0.0.1:9",
    }
    return given | {"miniprogram": account | given.get("miniprogram", {}) | {"templates": {"reminder": "T1"}}}


def test_a_yes_is_counted_and_said(mini: Minis) -> None:
    wang = mini("wang")
    assert wang.ask(200, "GET", "/message-consents")["sentence"] == "不会再收到微信提醒，请点一下订阅"
    answer = wang.ask(200, "POST", "/message-consents", {"answers": {"T1": "accept", "T9": "accept"}})
    assert answer == {"templates": ["T1"], "left": 1, "for_good": False, "sentence": "还可收到1次提醒"}


def test_the_event_of_the_same_tap_counts_nothing_more(mini: Minis, house: House, clock: Clock) -> None:
    wang = mini("wang")
    wang.ask(200, "POST", "/message-consents", {"answers": {"T1": "accept"}})
    with house.database.transaction() as db:
        message_consents.accept(db, house.pseudonyms.contact("mini", "o-wang"), "T1", clock.now(), proved=True)
    assert wang.ask(200, "GET", "/message-consents")["left"] == 1


def test_a_no_ends_all(mini: Minis, clock: Clock) -> None:
    wang = mini("wang")
    wang.ask(200, "POST", "/message-consents", {"answers": {"T1": "accept"}})
    clock.pass_(minutes=5)
    assert wang.ask(200, "POST", "/message-consents", {"answers": {"T1": "reject"}})["left"] == 0


@pytest.mark.parametrize("answers", [{"T1": "yes"}, [], {f"T{n}": "accept" for n in range(6)}])
def test_what_is_no_popup_is_refused(mini: Minis, answers: Any) -> None:
    mini("wang").ask(422, "POST", "/message-consents", {"answers": answers})


@pytest.mark.parametrize("name", ["", "T1\x00", "another account's template"])
def test_a_template_that_is_not_ours_counts_for_nothing(mini: Minis, name: str) -> None:
    assert mini("wang").ask(200, "POST", "/message-consents", {"answers": {name: "accept"}})["left"] == 0
