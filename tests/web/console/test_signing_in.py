"""登录工作台: by a scan and a “1” in the chat, by password and number; nothing is told to who guesses, nothing typed is lost (R30)."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pyotp
import pytest
from flask import Flask

from domain.ports import House
from domain.sealing import Sealer
from models.people import Person
from services import passwords
from tests.bureau import Bureau
from tests.conftest import Clock
from tests.phones import Phone
from tests.web.conftest import Browser, words_of

Browsers = Callable[..., Browser]
PASSWORD = "一段够长的密码 2026"


class Scenes:
    """Stands for WeChat's servers: keeps the scene that was asked for."""

    def __init__(self) -> None:
        self.last = ""

    def post(self, _path: str, body: dict[str, Any]) -> dict[str, Any]:
        self.last = body["action_info"]["scene"]["scene_str"]
        return {"url": "http://weixin.qq.com/q/" + self.last}


@pytest.fixture
def scenes(flask: Flask, house: House) -> Iterator[Scenes]:
    found = Scenes()
    kept = house.wechat
    object.__setattr__(house, "wechat", found)
    yield found
    object.__setattr__(house, "wechat", kept)


def see(browser: Browser, path: str = "/console/", expect: int = 200) -> str:
    return words_of(browser.get(path, expect))


def wait(browser: Browser, expect: int = 303) -> Any:
    return browser.post("/console/sign-in/wait", expect, onward="/console/")


@pytest.fixture
def secretary(phone: Callable[..., Phone], bureau: Bureau) -> Phone:
    taken = phone("secretary")
    bureau.bind("secretary", taken.openid)
    return taken


def test_a_bound_phone_scans_confirms_and_is_in(browser: Browsers, scenes: Scenes, secretary: Phone) -> None:
    desk = browser()
    desk.get("/console/sign-in")
    assert "回复 1" in secretary.do("SCAN", scenes.last)
    wait(desk, 409)
    assert "已确认" in secretary.say("1")
    wait(desk)
    assert "苏明礼" in see(desk)


def test_a_confirmed_code_lets_in_one_browser_once(browser: Browsers, scenes: Scenes, secretary: Phone) -> None:
    desk, other = browser(), browser()
    desk.get("/console/sign-in")
    secretary.do("SCAN", scenes.last)
    secretary.say("1")
    other.client.set_cookie("liangnuo_signing", "guessed", path="/console/")
    wait(other, 409)
    wait(desk)
    desk.client.delete_cookie("liangnuo_desk")
    wait(desk, 409)


def test_a_code_is_worthless_after_two_minutes(browser: Browsers, scenes: Scenes, secretary: Phone, clock: Clock) -> None:
    desk = browser()
    desk.get("/console/sign-in")
    secretary.do("SCAN", scenes.last)
    clock.pass_(minutes=2, seconds=1)
    assert "已过期" in secretary.say("1")
    wait(desk, 409)


def test_who_did_not_open_the_page_refuses(browser: Browsers, scenes: Scenes, secretary: Phone) -> None:
    desk = browser()
    desk.get("/console/sign-in")
    secretary.do("SCAN", scenes.last)
    assert "已拒绝" in secretary.say("0")
    wait(desk, 409)


def test_a_citizens_phone_is_told_what_to_do(browser: Browsers, scenes: Scenes, phone: Callable[..., Phone]) -> None:
    browser().get("/console/sign-in")
    assert "邀请码" in phone("wang").do("subscribe", "qrscene_" + scenes.last)


def test_a_code_scanned_by_one_cannot_be_taken_over(
    browser: Browsers, scenes: Scenes, secretary: Phone, phone: Callable[..., Phone], bureau: Bureau
) -> None:
    clerk = phone("clerk")
    bureau.bind("clerk", clerk.openid)
    browser().get("/console/sign-in")
    secretary.do("SCAN", scenes.last)
    assert "已过期或已用过" in clerk.do("SCAN", scenes.last)


@pytest.fixture
def totp(house: House, bureau: Bureau) -> pyotp.TOTP:
    with house.database.transaction() as db:
        secret = passwords.create(db, bureau.actor("office"), bureau.people["office"], "admin", PASSWORD, house.sealer, house.now())
    return pyotp.TOTP(secret)


def try_password(desk: Browser, expect: int, number: str, password: str = PASSWORD, login: str = "admin") -> str:
    return words_of(desk.post("/console/sign-in", expect, login=login, password=password, totp=number).get_data(as_text=True))


def test_password_and_number_let_in_and_the_number_counts_once(browser: Browsers, totp: pyotp.TOTP, clock: Clock) -> None:
    number = totp.at(clock.now())
    try_password(browser(), 303, number)
    assert "不对" in try_password(browser(), 422, number)


def test_a_secret_sealed_under_another_key_lets_nobody_in(browser: Browsers, totp: pyotp.TOTP, clock: Clock, house: House) -> None:
    object.__setattr__(house, "sealer", Sealer(b"x" * 32))
    assert "不对" in try_password(browser(), 422, totp.at(clock.now()))


def test_a_wrong_name_looks_like_a_wrong_password(browser: Browsers, totp: pyotp.TOTP, clock: Clock) -> None:
    number, desk = totp.at(clock.now()), browser()
    answers = {try_password(desk, 422, number, "wrong"), try_password(desk, 422, number, login="nobody"), try_password(desk, 422, "000000")}
    assert len({re.sub(r"\d", "", answer) for answer in answers}) == 1


@pytest.mark.parametrize("login", ["admin", "nobody"])
def test_five_wrong_tries_lock_for_a_quarter_of_an_hour(browser: Browsers, totp: pyotp.TOTP, clock: Clock, login: str) -> None:
    for _ in range(5):
        try_password(browser(), 422, "000000", login=login)
    assert "15分钟后" in try_password(browser(), 429, totp.at(clock.now()), login=login)
    clock.pass_(minutes=14)
    try_password(browser(), 429, totp.at(clock.now()), login=login)
    clock.pass_(minutes=1, seconds=1)
    try_password(browser(), 303 if login == "admin" else 422, totp.at(clock.now()), login=login)


def test_a_session_ends_after_half_an_hour_unused_and_after_twelve_hours(staff: Browsers, clock: Clock) -> None:
    desk = staff("office")
    for _ in range(24):
        clock.pass_(minutes=29)
        see(desk)
    clock.pass_(minutes=29)
    assert "请先登录" in see(desk, expect=401)
    desk = staff("office")
    clock.pass_(minutes=31)
    see(desk, expect=401)


def test_signing_out_ends_the_session_in_the_house(staff: Browsers) -> None:
    desk = staff("office")
    token = desk.client.get_cookie("liangnuo_desk").value
    desk.post("/console/sign-out", 303)
    desk.client.set_cookie("liangnuo_desk", token)
    see(desk, expect=401)


def test_who_has_left_is_out_at_once(staff: Browsers, bureau: Bureau, house: House, clock: Clock) -> None:
    desk = staff("secretary")
    see(desk)
    end_the_service_of(house, bureau.people["secretary"], clock)
    see(desk, expect=401)


def end_the_service_of(house: House, person_id: int, clock: Clock) -> None:
    with house.database.transaction() as db:
        db.get(Person, person_id).left_on = (clock.now() - timedelta(days=1)).date()


def test_a_form_from_elsewhere_is_not_taken(staff: Browsers) -> None:
    desk = staff("office")
    desk.post("/console/sign-out", 403, headers={"Origin": "https://elsewhere.example"})
    desk.open("POST", "/console/sign-out", 403)
    see(desk)


@pytest.mark.parametrize("onward", ["//elsewhere.example", "https://elsewhere.example", "/console//elsewhere", "/console/\\elsewhere"])
def test_signing_in_leads_nowhere_else(browser: Browsers, onward: str) -> None:
    assert "elsewhere" not in browser().open("GET", "/console/sign-in", 200, query_string={"onward": onward}).get_data(as_text=True)


def test_the_demos_entrance_is_not_there_otherwise(browser: Browsers, bureau: Bureau) -> None:
    browser().post("/console/sign-in/demo", 404, person=bureau.people["office"])
