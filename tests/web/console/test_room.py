"""A room of the console: its form comes back filled in, survives a session's end, and its menu shows only what one may do."""

import html
import re
from collections.abc import Callable

import pytest
from flask import Flask, g, render_template_string, request
from werkzeug.wrappers import Response as AnyResponse

import app
from domain.errors import LostRace, ReasonMissing, Unknown
from domain.permissions import Can
from domain.ports import House
from tests.bureau import Bureau
from tests.conftest import Clock
from tests.web.conftest import Browser, words_of
from web.console.drawing import done, filled
from web.console.room import Room
from web.drawing import fresh

Browsers = Callable[..., Browser]
FORM = "{{ fault }}|<input name=why value='{{ why }}'>|{{ note }}"


@pytest.fixture
def flask(house: House, bureau: Bureau) -> Flask:
    """An application of its own: a room is added to it."""
    return app.create_flask(house)


@pytest.fixture(autouse=True)
def trial(flask: Flask) -> Room:
    """A room with one form: an empty reason is refused, “race” is lost, “gone” is about nothing."""
    room = Room("trial", "试用")

    @room.page("/<key>", needs=Can.ISSUE_PLATE, entry="试用")
    def form(key: str) -> AnyResponse:
        return fresh(render_template_string(FORM, fault=_fault(), why=filled("why", "旧的原因"), note=key).encode())

    @room.deed("/<key>/revoke", needs=Can.ISSUE_PLATE, page=form)
    def revoke(key: str) -> AnyResponse:
        why = request.form["why"]
        if why in FAULTS:
            raise FAULTS[why]()
        return done("已停用。", "/console/")

    flask.extensions["web_console"].flask.register_blueprint(room)
    return room


FAULTS = {"": ReasonMissing, "race": LostRace, "gone": Unknown}


def _fault() -> str:
    return str(g.get("fault", ""))


def test_a_deed_says_that_it_is_done(staff: Browsers) -> None:
    desk = staff("office")
    assert desk.post("/console/trial/a1/revoke", 303, why="遗失").headers["Location"] == "/console/"
    assert "已停用。" in words_of(desk.get("/console/"))


@pytest.mark.parametrize(("why", "status", "says"), [("", 422, "请写明原因"), ("race", 409, "有人先一步办理")])
def test_a_refused_form_comes_back_as_it_was(staff: Browsers, why: str, status: int, says: str) -> None:
    page = staff("office").post("/console/trial/a1/revoke", status, why=why).get_data(as_text=True)
    assert says in page
    assert f"value='{why}'" in page
    assert "旧的原因" not in page


def test_what_is_not_there_leads_on(staff: Browsers) -> None:
    page = staff("office").post("/console/trial/a1/revoke", 404, why="gone").get_data(as_text=True)
    assert 'href="/console/"' in page


def test_a_form_survives_the_end_of_its_session(staff: Browsers, clock: Clock) -> None:
    old = staff("office")
    clock.pass_(minutes=31)
    page = old.post("/console/trial/a1/revoke", 401, why="写了半天的原因").get_data(as_text=True)
    kept = dict(re.findall(r'name="(kept:[^"]+|onward)" value="([^"]*)"', html.unescape(page)))
    assert kept == {"kept:why": "写了半天的原因", "onward": "/console/trial/a1/revoke"}
    page = staff("office").post(kept["onward"], 200, **{"why": kept["kept:why"], "restored-form": "1"}).get_data(as_text=True)
    assert "填写的内容还在" in page
    assert "value='写了半天的原因'" in page


def test_a_deeds_address_opened_by_hand_leads_to_its_page(staff: Browsers) -> None:
    assert staff("office").open("GET", "/console/trial/a1/revoke", 303).headers["Location"] == "/console/trial/a1"


def test_a_page_is_for_those_who_could_do_the_deed(staff: Browsers, browser: Browsers) -> None:
    staff("secretary").get("/console/trial/a1")
    assert "不能办理这件事" in words_of(staff("clerk").get("/console/trial/a1", 403))
    browser().get("/console/trial/a1", 401)
    browser().post("/console/trial/a1/revoke", 401, why="x")


def test_a_page_is_kept_by_nobody(staff: Browsers) -> None:
    assert staff("office").open("GET", "/console/", 200).headers["Cache-Control"] == "no-store"


def test_a_zero_byte_in_a_field_is_a_sentence_on_either_database(staff: Browsers) -> None:
    desk = staff("office")
    page = desk.client.post("/console/works/new/save", data={"title": "道路\x00改造", "version": "0"}, headers={"Origin": "http://localhost"})
    assert page.status_code < 500
