"""Every route says which deed it needs, and every answer carries the headers of the house."""

from collections.abc import Callable

import pytest
from flask import Flask

from domain.permissions import Can
from tests.bureau import Bureau
from tests.web.conftest import Browser
from tests.web.walking import both
from web.deeds import DEED

Browsers = Callable[..., Browser]


def test_every_route_of_this_door_states_its_deed(flask: Flask) -> None:
    ours = {name: view for one in both(flask) for name, view in one.view_functions.items() if name.startswith("web_")}
    assert len(ours) >= 16
    assert [name for name, view in ours.items() if not isinstance(getattr(view, DEED, None), Can)] == []


def test_every_route_that_writes_needs_more_than_being_there(flask: Flask) -> None:
    for one in both(flask):
        writing = [rule for rule in one.url_map.iter_rules() if rule.endpoint.startswith("web_") and "POST" in (rule.methods or ())]
        assert Can.BE_ANYONE not in {getattr(one.view_functions[rule.endpoint], DEED) for rule in writing}


@pytest.mark.parametrize("path", ["/", "/p/x", "/nothing", "/healthz", "/board"])
def test_every_answer_is_dressed(browser: Browsers, path: str) -> None:
    headers = browser().client.get(path).headers
    assert headers["Content-Security-Policy"].startswith("default-src 'self'")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


def test_what_is_one_persons_is_kept_by_nobody(browser: Browsers, bureau: Bureau) -> None:
    citizen = browser()
    result = citizen.rate(f"/p/{bureau.codes[3]}/ratings", level="5")
    assert citizen.open("GET", result, 200).headers["Cache-Control"] == "no-store"
